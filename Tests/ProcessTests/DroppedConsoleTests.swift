/// Whoever asked for a close-all is killed while it runs: the engine finishes it all the same.

import Core
import Foundation
import Store
import TestKit
import Testing

/// **Source** <doc:SafetyRules#A-process-of-its-own>, <doc:ProductRules#Closing-until-flat>.
@Suite struct DroppedConsoleTests {
    private static let open = "SELECT count(*) FROM positions"
    private static let running =
        "SELECT count(*) FROM commands WHERE verb = 'close-all' AND outcome = 'running'"
    private static let done =
        "SELECT count(*) FROM commands WHERE verb = 'close-all' AND outcome = 'done'"

    /// A fleet with open positions and an engine that takes some seconds for a close: its world
    /// runs at a thirtieth of real time.
    private func slowFleet() throws -> (home: TrialHome, engine: Child) {
        let home = try TrialHome.demo()
        try #require(try home.count(Self.open) > 0, "the demo holds nothing")
        let engine = try home.engine(speed: "0.03")
        _ = try home.client()
        return (home, engine)
    }

    /// Flat, done, and nobody was asked a second time.
    private func expectFinished(
        _ count: Int, _ home: TrialHome, _ engine: Child,
        at place: SourceLocation = #_sourceLocation
    ) throws {
        let isDone = try home.eventually {
            try home.count(Self.done) == count && home.count(Self.running) == 0
        }
        let commands = try home.rows("SELECT id, verb, outcome, message FROM commands")
        #expect(isDone, "\(commands)", sourceLocation: place)
        #expect(engine.wait(within: 0) == nil, "\(engine.errors)", sourceLocation: place)
        let closed = try home.rows(
            "SELECT bot_id FROM commands WHERE verb = 'close-all'").compactMap { $0[0] }
        let held = try home.count(
            "SELECT count(*) FROM positions WHERE bot_id IN (\(closed.joined(separator: ",")))")
        #expect(held == 0, sourceLocation: place)
        let entries = try home.count(
            """
            SELECT count(*) FROM orders JOIN commands AS c ON c.id = command_id
            WHERE orders.status = 'filled' AND c.verb = 'close-all'
            """)
        #expect(entries > 0, sourceLocation: place)
        engine.send(SIGTERM)
        #expect(engine.wait() == 0, sourceLocation: place)
        try home.expectSound()
    }

    /// Somebody who waits for the close of all, once at least `running` bots are being closed. A
    /// position that a bot opens meanwhile voids a preview: then the caller looks again.
    private func confirmedClose(_ home: TrialHome, until running: Int) throws -> Child {
        for _ in 1...10 {
            let preview = try home.plutarc("close-all", "--all", "--preview", "--json")
            let token = try #require(try preview.document()["preview_token"]?.text)
            let caller = try home.start("close-all", "--all", "--confirm", token)
            var status: Int32?
            let isAway = try home.eventually {
                status = caller.wait(within: 0)
                return try status != nil || home.count(Self.running) >= running
            }
            guard status == 5, caller.errors.contains("the set grew") else {
                #expect(isAway, "\(caller.errors)")
                return caller
            }
        }
        throw TmuxTerminal.Missing(text: "a preview that holds")
    }

    @Test(arguments: [SIGKILL, SIGHUP, SIGTERM, SIGINT])
    func aCommandThatIsKilledLeavesTheCloseRunning(signal: Int32) throws {
        let (home, engine) = try slowFleet()
        let bots = try home.count("SELECT count(*) FROM bots")
        let caller = try confirmedClose(home, until: bots)
        #expect(try home.count(Self.running) == bots)
        caller.send(signal)
        // It was killed in the middle, or this proves nothing.
        #expect(try home.count(Self.running) > 0)
        #expect(caller.wait() == 128 + signal, "\(caller.errors)")
        try expectFinished(bots, home, engine)
    }

    /// The same while the engine dies too, in the middle of the close.
    @Test func anEngineThatIsKilledAsWellFinishesAfterItsRestart() throws {
        let (home, engine) = try slowFleet()
        let bots = try home.count("SELECT count(*) FROM bots")
        let caller = try confirmedClose(home, until: 1)
        engine.kill()
        caller.kill()
        #expect(try home.count(Self.running) > 0)
        try expectFinished(bots, home, home.engine(speed: "5"))
    }

    @Test(
        .enabled(if: TmuxTerminal.isThere, "tmux is not installed"), arguments: [SIGKILL, SIGHUP])
    func aConsoleThatIsKilledLeavesTheCloseRunning(signal: Int32) throws {
        let (home, engine) = try slowFleet()
        let label = try holder(home)
        let terminal = try TmuxTerminal(
            columns: 120, rows: 40, running: TerminalJourneyTests.shell(home))
        try terminal.expect(label)
        try closeAll(label, terminal)
        #expect(try home.eventually { try home.count(Self.running) == 1 }, "\(terminal.screen)")
        let console: pid_t? = TerminalJourneyTests.console(of: home)
        let pid = try #require(console)
        kill(pid, signal)
        #expect(try home.count(Self.running) == 1, "it was over before the console died")
        try terminal.expect("EXIT=\(128 + signal)")
        try expectFinished(1, home, engine)
    }

    /// The line drops: the terminal itself is gone, with everything that ran on it.
    @Test(.enabled(if: TmuxTerminal.isThere, "tmux is not installed"))
    func aTerminalThatVanishesLeavesTheCloseRunning() throws {
        let (home, engine) = try slowFleet()
        let label = try holder(home)
        var terminal: TmuxTerminal? = try TmuxTerminal(
            columns: 120, rows: 40, running: TerminalJourneyTests.shell(home))
        try terminal?.expect(label)
        try terminal.map { try closeAll(label, $0) }
        #expect(try home.eventually { try home.count(Self.running) == 1 })
        terminal = nil
        #expect(home.eventually { TerminalJourneyTests.console(of: home) == nil })
        #expect(try home.count(Self.running) == 1, "it was over before the terminal went")
        try expectFinished(1, home, engine)
    }

    private func holder(_ home: TrialHome) throws -> String {
        let rows = try home.rows(
            """
            SELECT label FROM bots JOIN positions AS p ON p.bot_id = bots.id
            WHERE is_paused = 0 ORDER BY bots.id LIMIT 1
            """)
        let label = rows.first.flatMap { $0[0] }
        return try #require(label)
    }

    private func closeAll(_ label: String, _ terminal: TmuxTerminal) throws {
        try terminal.press("/")
        try terminal.type(label)
        try terminal.press("Enter")
        usleep(400_000)
        try terminal.press("X")
        try terminal.expect("PAUSE & CLOSE ALL")
        usleep(500_000)
        try terminal.type(label)
        usleep(300_000)
        try terminal.press("Enter")
    }

    /// A console that somebody stopped with ^Z reads nothing, and holds nobody up.
    @Test func stoppedConsolesDelayNobody() throws {
        let home = try TrialHome.fresh()
        let engine = try home.engine(speed: "600")
        let client = try home.client()
        let deaf = try (0..<6).map { _ in
            try EngineClient.connect(to: home.opened(), build: "test", bells: true)
        }
        let watchers = try (0..<4).map { _ in try home.start("events", "--follow", "--json") }
        usleep(500_000)
        for watcher in watchers { watcher.send(SIGSTOP) }
        for number in 0..<20 {
            let command: Command =
                number % 2 == 0
                ? .pause(.named(["bot-1"]), reason: nil) : .resume(.named(["bot-1"]), reason: nil)
            let answer = try client.perform(
                CommandRequest(key: "n\(number)", verb: command.verb, args: command.arguments),
                within: .seconds(Int64(Patience.untilHung)))
            guard case .outcome(let report) = answer, report.outcome == .done else {
                Issue.record("\(answer)")
                continue
            }
        }
        #expect(engine.wait(within: 0) == nil)
        for client in deaf { client.close() }
        engine.kill()
        try home.expectSound()
    }
}
