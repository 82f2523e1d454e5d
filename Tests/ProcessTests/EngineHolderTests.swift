/// One engine a home: started twice at once, stopped, hung, killed, replaced.

import Core
import Foundation
import Store
import TestKit
import Testing

/// **Source** <doc:SafetyRules#The-lease>.
@Suite(.serialized) struct EngineHolderTests {
    private func holder(of home: TrialHome) throws -> LeaseHolder? {
        guard case .held(let holder) = try Lease.status(in: home.opened()) else { return nil }
        return holder
    }

    @Test func twoEnginesAtOnceLeaveOneHolder() throws {
        let home = try TrialHome.fresh()
        var epochs: [Int] = []
        for round in 0..<12 {
            let rivals = try (0..<3).map { _ in try home.engine() }
            _ = try home.client()
            let ended = home.eventually { rivals.count { $0.wait(within: 0) != nil } == 2 }
            #expect(ended, "round \(round): \(rivals.map { $0.wait(within: 0) })")
            let winner = try #require(rivals.first { $0.status == nil })
            #expect(try holder(of: home)?.process.pid == winner.pid)
            for loser in rivals where loser.status != nil {
                loser.answer(within: 1)
                    .expect(7, saying: "an engine runs", "engine stop")
            }
            epochs.append(try home.count("SELECT epoch FROM engine_epoch"))
            if round % 2 == 0 { winner.kill() } else { winner.send(SIGTERM) }
            #expect(winner.wait() == (round % 2 == 0 ? 128 + SIGKILL : 0))
        }
        // The losers never came as far as the database.
        #expect(epochs == Array(epochs[0]..<epochs[0] + epochs.count))
        try home.expectSound()
    }

    @Test func manyCommandsAtOnceStartOneEngine() throws {
        let home = try TrialHome.fresh(bots: 4)
        let callers = try (1...4).map { try home.start("pause", "bot-\($0)", "--verbose") }
        for caller in callers {
            let answer = caller.answer()
            #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
        }
        let pid = try #require(try holder(of: home)?.process.pid)
        for caller in callers {
            #expect(caller.errors.contains("engine \(pid)"), "\(caller.errors)")
        }
        #expect(try home.count("SELECT count(*) FROM bots WHERE is_paused") == 4)
        #expect(try home.plutarc("engine", "stop").status == 0)
    }

    @Test(arguments: [SIGTERM, SIGINT]) func aPoliteSignalEndsItCleanly(signal: Int32) throws {
        let home = try TrialHome.fresh()
        let engine = try home.engine(speed: "60")
        _ = try home.client()
        usleep(200_000)
        engine.send(signal)
        let answer = engine.answer()
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.errors.isEmpty, "\(answer.errors)")
        #expect(try holder(of: home) == nil)
        #expect(try home.opened().has(.socket) == false, "its socket was left")
        let next = try home.engine()
        _ = try home.client()
        next.kill()
        try home.expectSound()
    }

    @Test func stopEndsItAndSaysWhenThereWasNone() throws {
        let home = try TrialHome.fresh()
        let engine = try home.engine()
        _ = try home.client()
        let stop = try home.plutarc("engine", "stop", "--json")
        #expect(stop.status == 0, "\(stop.output)\(stop.errors)")
        #expect(try stop.document()["stopped"]?.flag == true)
        #expect(engine.wait() == 0)
        let again = try home.plutarc("engine", "stop", "--json")
        #expect(again.status == 0)
        #expect(try again.document()["stopped"]?.flag == false)
    }

    @Test func aKilledEngineLeavesTheWayFree() throws {
        let home = try TrialHome.fresh()
        let first = try home.engine()
        _ = try home.client()
        first.kill()
        let second = try home.engine()
        let client = try home.client()
        #expect(client.engine.pid == second.pid)
        second.kill()
    }

    /// ^Z, or a disk that hangs: after five silent seconds another one ends it and takes over.
    @Test func aHungEngineIsReplacedAndNeverComesBack() throws {
        let home = try TrialHome.fresh()
        let hung = try home.engine()
        _ = try home.client()
        hung.send(SIGSTOP)
        // While its heartbeat is fresh nobody may end it.
        let early = try home.engine()
        early.answer().expect(7, saying: "process \(hung.pid)")
        #expect(hung.wait(within: 0) == nil)
        usleep(5_500_000)
        let next = try home.engine()
        let client = try home.client()
        #expect(client.engine.pid == next.pid)
        #expect(hung.wait(within: 1) == 128 + SIGKILL, "it could still send orders")
        #expect(try holder(of: home)?.process.pid == next.pid)
        next.kill()
        try home.expectSound()
    }

    /// What comes second because a command started it too has nothing to tell anybody.
    @Test func aStartThatWasSecondAsksForNothing() throws {
        let home = try TrialHome.fresh()
        let first = try home.engine()
        defer { first.kill() }
        _ = try home.client()
        let second = try Program.run(
            ["engine", "run", "--home", home.path],
            environment: [EngineLauncher.launchedVariable: "1"], within: 60)
        second.expect(7, saying: "plutarc: an engine runs", "Another start was first: nothing")
        #expect(!second.errors.contains("engine stop"), "\(second.errors)")
        // A person who types it hears what helps.
        try home.plutarc("engine", "run").expect(7, saying: "use it, or stop it first")
    }

    /// Whoever shows a state says for how long the engine has been silent, and what helps.
    @Test func aHungEngineIsToldByEveryCommand() throws {
        let home = try TrialHome.fresh()
        let hung = try home.engine()
        _ = try home.client()
        hung.send(SIGSTOP)
        let unheard = ["pause", "bot-1", "--no-engine", "--timeout", "1s"]
        let early = try home.run(unheard)
        early.expect(6, saying: "process \(hung.pid), ")
        early.expect(6, saying: "; nothing was accepted")
        usleep(6_000_000)
        // Nothing was to be started, and an engine is there.
        for words in [unheard, ["pause", "bot-1", "--no-engine"]] {
            let late = try home.run(words)
            late.expect(6, saying: "process \(hung.pid), has been silent for")
            late.expect(
                6, saying: "nothing was accepted\n  plutarc --home '\(home.path)' engine start")
        }
        for words in [["status"], ["bots"], ["bot", "bot-1"], ["positions"], ["engine", "status"]] {
            let told = try home.run(words).output
            for word in ["the engine has been silent for", "engine start ends it"] {
                #expect(told.contains(word), "\(words): \(told)")
            }
        }
        let states = try home.plutarc("bots")
        #expect(!states.output.contains("Online  "), "\(states.output)")
        #expect(try home.plutarc("status", "--json").document()["states_known"] == .bool(false))
        let lag = try home.plutarc("engine", "status", "--json").document()["lag_ms"]?.integer
        #expect(try #require(lag) > 5000)
        #expect(try home.plutarc("engine", "start").status == 0)
        #expect(hung.wait(within: 1) == 128 + SIGKILL)
        let status = try home.plutarc("status")
        #expect(!status.output.contains("silent"), "\(status.output)")
        #expect(try home.plutarc("engine", "stop").status == 0)
    }

    /// A console that is opened over a hung engine does what every command does.
    @Test(.enabled(if: TmuxTerminal.isThere, "tmux is not installed"))
    func aConsoleThatIsOpenedReplacesAHungEngine() throws {
        let home = try TrialHome.fresh()
        let hung = try home.engine()
        _ = try home.client()
        hung.send(SIGSTOP)
        usleep(6_000_000)
        let terminal = try TmuxTerminal(
            columns: 80, rows: 24, running: TerminalJourneyTests.shell(home))
        try terminal.expect("Fleet")
        #expect(hung.wait() == 128 + SIGKILL, "\(terminal.screen)")
        let isNew = try home.eventually {
            try holder(of: home).map { $0.process.pid != hung.pid } ?? false
        }
        #expect(isNew, "\(terminal.screen)")
        home.endEngine()
    }

    @Test func twoInitsAtOnceMakeOneHome() throws {
        for _ in 0..<6 {
            let home = TrialHome()
            let rivals = try (0..<3).map { _ in try home.start("init", "--bots", "3") }
            let answers = rivals.map { $0.answer() }
            #expect(answers.count { $0.status == 0 } == 1, "\(answers)")
            for answer in answers where answer.status != 0 {
                #expect([5, 7].contains(answer.status), "\(answer)")
            }
            #expect(try home.count("SELECT count(*) FROM bots") == 3)
            try home.expectSound()
        }
    }

    /// What the starter of an engine waits for must not hang on the engine.
    @Test func anEngineKeepsNothingOfItsStarter() throws {
        let home = try TrialHome.fresh()
        mkfifo(home.folder + "/pipe", 0o600)
        let script = "exec 7<>\"$0/pipe\"; exec \"$1\" engine start --home \"$0/home\""
        let answer = try Child("/bin/sh", ["-c", script, home.folder, Program.path])
            .answer()
        #expect(answer.status == 0, "\(answer.errors)")
        let pid = try #require(try holder(of: home)?.process.pid)
        let kept = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd")
            .compactMap { try? FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/\(pid)/fd/\($0)") }
        #expect(!kept.contains { $0.hasSuffix("/pipe") }, "\(kept)")
        #expect(try home.plutarc("engine", "stop").status == 0)
    }
}
