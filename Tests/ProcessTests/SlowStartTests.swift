/// A start that takes a minute: callers are acknowledged meanwhile, and nobody takes it for hung.

import Foundation
import TestKit
import Testing

@testable import Core
@testable import Store

@Suite(.serialized) struct SlowStartTests {
    private func holder(of home: TrialHome) throws -> LeaseHolder? {
        guard case .held(let holder) = try Lease.status(in: home.opened()) else { return nil }
        return holder
    }

    private func phase(of home: TrialHome) throws -> StartPhase? {
        try holder(of: home)?.start?.phase
    }

    private func slow(_ home: TrialHome, _ seconds: Int) -> [String: String] {
        home.environment.merging(["PLUTARC_START_SECONDS": "\(seconds)"]) { $1 }
    }

    /// Four who pause the whole fleet at once; each leaves when it is acknowledged.
    private func pause(_ home: TrialHome, _ seconds: Int) throws {
        let callers = try (1...4).map { _ in
            try Child(
                Program.path, ["pause", "--all", "--no-wait", "--home", home.path],
                environment: slow(home, seconds))
        }
        for caller in callers {
            let answer = caller.answer()
            #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
            #expect(answer.output.contains("was accepted"), "\(answer.output)")
        }
    }

    private func entries(_ home: TrialHome) throws -> Int {
        try home.count("SELECT coalesce(max(id), 0) FROM orders WHERE purpose = 'entry'")
    }

    @Test func fourCallersAreAcknowledgedLongBeforeTheFleetIsThere() throws {
        let home = try TrialHome.demo()
        let first = try home.engine()
        _ = try home.client()
        first.kill()
        let bots = try home.count("SELECT count(*) FROM bots")
        let epoch = try home.count("SELECT epoch FROM engine_epoch")
        try pause(home, 60)
        let engine = try #require(try holder(of: home))
        #expect(engine.start?.phase == .loading, "they waited for the fleet")
        #expect(engine.start?.done ?? .max < bots)
        let known = try entries(home)
        #expect(
            try home.count("SELECT count(*) FROM commands WHERE outcome = 'queued'") >= bots)
        let status = try home.plutarc("engine", "status")
        #expect(status.output.contains("it is starting: loading"), "\(status.output)")
        // Longer than any engine may be silent, and longer than callers once waited.
        #expect(try home.eventually { try phase(of: home) == nil })
        let now = try #require(try holder(of: home))
        #expect(now.process == engine.process, "it was killed")
        #expect(try home.count("SELECT epoch FROM engine_epoch") == epoch + 1)
        #expect(try home.count("SELECT count(*) FROM bots WHERE is_paused = 0") == 0)
        #expect(
            try home.count("SELECT count(*) FROM commands WHERE outcome IN ('queued', 'running')")
                == 0)
        #expect(try entries(home) == known, "something was opened after the acknowledgement")
        #expect(try home.plutarc("engine", "stop").status == 0)
        try home.expectSound()
    }

    /// Nobody has an answer when the engine is killed: whoever may start one starts the next.
    @Test func threeCallersOutliveTheEngineThatTheyStarted() throws {
        let home = try TrialHome.fresh(bots: 3)
        let other = try Database(
            path: home.path + "/plutarc.db", mode: .write, migrations: Schema.migrations)
        // Nothing can be accepted meanwhile.
        try other.connection.execute("BEGIN IMMEDIATE")
        let callers = try (1...3).map {
            try home.start("pause", "bot-\($0)", "--timeout", "120s")
        }
        #expect(try home.eventually { try phase(of: home) == .held })
        usleep(700_000)
        let first = try #require(try holder(of: home))
        kill(first.process.pid, SIGKILL)
        usleep(200_000)
        try other.connection.execute("ROLLBACK")
        for caller in callers {
            let answer = caller.answer()
            #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
        }
        #expect(try holder(of: home)?.process != first.process)
        #expect(try home.count("SELECT count(*) FROM bots WHERE is_paused") == 3)
        #expect(try home.count("SELECT count(*) FROM commands WHERE outcome = 'done'") == 3)
        try home.expectSound()
    }

    @Test func theSameWhileItCatchesUpOnThirtyDays() throws {
        let home = try Self.longAgo(.hours(30 * 24 - 1))
        let engine = try Child(
            Program.path, ["engine", "run", "--home", home.path], environment: slow(home, 30))
        #expect(try home.eventually { try phase(of: home) == .catchingUp })
        let epoch = try home.count("SELECT epoch FROM engine_epoch")
        try pause(home, 30)
        #expect(try phase(of: home) == .catchingUp, "they waited for the present")
        #expect(try home.count("SELECT count(*) FROM bots WHERE is_paused = 0") == 0)
        #expect(try entries(home) == 0)
        #expect(engine.status == nil)
        #expect(try holder(of: home)?.process.pid == engine.pid)
        #expect(try home.count("SELECT epoch FROM engine_epoch") == epoch)
        // The whole of it is heard of while it lasts: it ends at once when it is asked to.
        engine.send(SIGTERM)
        let answer = engine.answer()
        #expect(answer.status == 0, "\(answer.errors)")
        try home.expectSound()
    }

    /// Founded as an engine would have left it then.
    private static func longAgo(_ span: Span) throws -> TrialHome {
        let trial = TrialHome()
        let home = try Home.open(path: trial.path, for: .engine, creating: true)
        let database = try Database(creating: home.path(of: .database))
        let symbols = MarketListing.all.map(\.instrument.symbol)
        let plan = FoundingPlan(
            name: "personal", generation: "g1", seed: 5, market: .model,
            bots: BotPlan.fleet(4, over: symbols), owner: (Int64(getuid()), "owner"))
        let then = WallClock.read().utc - span
        _ = try Founding.found(plan, in: database, at: then)
        for suffix in ["", "-wal", "-shm"] { chmod(trial.path + "/plutarc.db" + suffix, 0o600) }
        return trial
    }

    @Test func aStartEndsWhenItIsAskedToAndKeepsItsPromises() throws {
        let home = try TrialHome.fresh()
        let engine = try Child(
            Program.path, ["engine", "run", "--home", home.path], environment: slow(home, 600))
        let client = try home.client(starting: true)
        #expect(client.greeting.start != nil)
        let pause = Command.pause(.all, reason: nil)
        let request = CommandRequest(
            key: "k", verb: pause.verb, args: pause.arguments, noWait: true)
        guard case .accepted(let id, _) = try client.perform(request) else {
            Issue.record("not accepted")
            return
        }
        client.close()
        engine.send(SIGTERM)
        let answer = engine.answer()
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.errors.isEmpty, "\(answer.errors)")
        let next = try home.engine()
        _ = try home.client()
        #expect(try home.eventually { try phase(of: home) == nil })
        #expect(
            try home.count(
                "SELECT count(*) FROM commands WHERE id >= \(id.number) AND outcome = 'done'") == 2)
        #expect(try home.count("SELECT count(*) FROM bots WHERE is_paused") == 2)
        next.kill()
        try home.expectSound()
    }

    /// Nothing but a pause or a close is taken; who asks for more waits, as long as was said.
    @Test func otherCommandsWaitForTheFleet() throws {
        let home = try TrialHome.fresh()
        let engine = try Child(
            Program.path, ["engine", "run", "--home", home.path], environment: slow(home, 15))
        _ = try home.client(starting: true)
        let short = try home.plutarc("resume", "bot-1", "--timeout", "1s")
        short.expect(6, saying: "the engine is still starting (", "did not answer in time")
        #expect(try home.count("SELECT count(*) FROM commands") == 0)
        _ = try home.plutarc("pause", "bot-1", "--no-wait")
        let long = try home.plutarc("resume", "bot-1", "--timeout", "60s")
        #expect(long.status == 0, "\(long.output)\(long.errors)")
        #expect(try phase(of: home) == nil)
        #expect(engine.status == nil)
        engine.kill()
    }

    /// A start that stands still is replaced, as every engine that hangs.
    @Test func aStartThatNeitherBeatsNorMovesIsReplaced() throws {
        let home = try TrialHome.fresh()
        let hung = try Child(
            Program.path, ["engine", "run", "--home", home.path], environment: slow(home, 600))
        _ = try home.client(starting: true)
        hung.send(SIGSTOP)
        let pause = try home.run(["pause", "--all", "--timeout", "60s"])
        #expect(pause.status == 0, "\(pause.output)\(pause.errors)")
        #expect(hung.wait() == 128 + SIGKILL)
        try home.expectSound()
    }
}
