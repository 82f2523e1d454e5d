/// The disk fills up under load: no entries, an alarm, and every pause and close goes through.

import Core
import Foundation
import Store
import TestKit
import Testing

@Suite(.serialized, .enabled(if: Tmpfs.isAllowed, "this user may not mount a tmpfs"))
struct DiskReserveTests {
    /// A demo fleet with positions on a small disk, its engine under load, the reserve in place.
    private struct Trial {
        let disk: Tmpfs
        let home: TrialHome
        let engine: Child
        let load: LoadClient
        /// Of what was there before the load.
        let ledger: CommandLedger
        private(set) var pauses = 0

        init() throws {
            disk = try #require(Tmpfs(kilobytes: 48 * 1024))
            let demo = try TrialHome.demo()
            home = TrialHome(at: disk.path + "/home", clock: demo.clock)
            for _ in 0..<40 where try demo.count("SELECT count(*) FROM positions") == 0 {
                _ = try demo.run(["engine", "run", "--speed", "max", "--for", "2h"])
            }
            try FileManager.default.copyItem(atPath: demo.path, toPath: home.path)
            ledger = try CommandLedger(home)
            // At real pace it would first catch up with the clock, and be over.
            engine = try home.engine(speed: "2")
            load = LoadClient(home, name: "disk", seed: 1)
            try load.connect()
            let path = home.path + "/engine.ballast"
            let isHeld = home.eventually {
                let facts = try? FileManager.default.attributesOfItem(atPath: path)
                return (facts?[.size] as? Int).map { $0 >= 6 << 20 } ?? false
            }
            #expect(isHeld, "the reserve was never put down")
        }

        /// Something to write down, over and over.
        mutating func press() {
            for bot in 1...2 {
                pauses += 1
                load.submit(.pause(.named(["bot-\(bot)"]), reason: "load \(pauses)"))
                load.submit(.resume(.named(["bot-\(bot)"]), reason: "load \(pauses)"))
            }
            load.hear()
        }
    }

    private static func token(_ home: TrialHome) throws -> String {
        let answer = try home.plutarc("close-all", "--all", "--preview", "--json", "--no-engine")
        #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
        return try #require(try answer.document()["preview_token"]?.text)
    }

    @Test
    func everythingIsClosedOnAFullDisk() throws {
        var trial = try Trial()
        let home = trial.home
        for _ in 0..<5 { trial.press() }
        trial.disk.fill()
        for _ in 0..<5 { trial.press() }
        let isTold = try home.eventually {
            try home.count("SELECT count(*) FROM notices WHERE kind = 'disk_full'") == 1
        }
        #expect(isTold, "\(trial.engine.errors)")
        #expect(try home.count("SELECT entries_stopped IS NOT NULL FROM workspace") == 1)
        // Everything that others leave free is gone again before each step.
        trial.disk.fill()
        let token = try Self.token(home)
        trial.disk.fill()
        let closed = try home.plutarc("close-all", "--all", "--confirm", token, "--json")
        #expect(closed.status == 0, "\(closed.output)\(closed.errors)")
        #expect(try closed.document()["flat"]?.flag == true, "\(closed.output)")
        #expect(try home.count("SELECT count(*) FROM positions") == 0)
        #expect(
            try home.count("SELECT count(*) FROM audit WHERE verb = 'close-all'")
                >= home.count("SELECT count(*) FROM bots"))
        trial.engine.send(SIGTERM)
        #expect(trial.engine.wait() == 0, "\(trial.engine.errors)")
        #expect(try trial.ledger.problems(trial.load.sent) == [])

        // A start on the full disk, and a pause after it.
        trial.disk.fill()
        for bot in ["bot-1", "bot-2"] {
            let answer = try home.plutarc("pause", bot, "--reason", "full", "--json")
            #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
            trial.disk.fill()
        }
        // What is left is for pauses and closes.
        let refused = try home.run(["resume", "bot-1", "--reason", "full", "--json"])
        try refused.expectDocument(7, code: "disk_full")
        home.endEngine()
        trial.disk.empty()
        try home.expectSound()
        try expectItIsOver(home)
    }

    /// Whoever goes on filling the disk takes what is given up; what the engine needs it has.
    @Test func aFillerThatGoesOnTakesNoReserve() throws {
        let trial = try Trial()
        let home = trial.home
        let filler = Filler(trial.disk)
        defer { filler.stop() }
        #expect(home.eventually { filler.rounds > 20 && trial.disk.free < 64 << 10 })
        let held = try home.opened()
        #expect(DiskReserve(home: held).held > 4 << 20, "an idle engine gave up the reserve")
        let paused = try home.plutarc("pause", "--all", "--json")
        #expect(paused.status == 0, "\(paused.output)\(paused.errors)")
        let token = try Self.token(home)
        let closed = try home.plutarc("close-all", "--all", "--confirm", token, "--json")
        #expect(closed.status == 0, "\(closed.output)\(closed.errors)")
        #expect(try home.count("SELECT count(*) FROM positions") == 0)
        trial.engine.send(SIGTERM)
        #expect(trial.engine.wait() == 0, "\(trial.engine.errors)")
        // Nor does it keep the next one from its start.
        let again = try home.plutarc("pause", "--all", "--reason", "again", "--json")
        #expect(again.status == 0, "\(again.output)\(again.errors)")
        home.endEngine()
        filler.stop()
        trial.disk.empty()
        try home.expectSound()
    }

    /// With room again entries are allowed, the alarm is gone and the reserve comes back.
    private func expectItIsOver(_ home: TrialHome) throws {
        let engine = try home.engine()
        let isOver = try home.eventually {
            try home.count("SELECT entries_stopped IS NULL FROM workspace") == 1
                && FileManager.default.fileExists(atPath: home.path + "/engine.ballast")
        }
        #expect(isOver)
        engine.send(SIGTERM)
        #expect(engine.wait() == 0)
    }

    /// An alarm that is raised while the engine runs ends by itself when there is room again.
    @Test func theAlarmEndsWithItsReason() throws {
        let disk = try #require(Tmpfs(kilobytes: 16 * 1024))
        let home = try TrialHome.fresh(at: disk.path + "/home")
        let engine = try home.engine()
        _ = try home.client()
        let open = "SELECT count(*) FROM notices WHERE kind = 'disk_full' "
            + "AND acknowledged_at IS NULL"
        disk.fill()
        #expect(try home.eventually { try home.count(open) == 1 })
        disk.empty()
        #expect(try home.eventually { try home.count(open) == 0 })
        #expect(try home.count("SELECT count(*) FROM notices WHERE kind = 'disk_full'") == 1)
        #expect(try home.count("SELECT entries_stopped IS NULL FROM workspace") == 1)
        engine.send(SIGTERM)
        #expect(engine.wait() == 0)
    }

    /// The next engine finds the same and says nothing twice; one that finds room ends what an
    /// earlier one told.
    @Test func aStartTellsNothingTwice() throws {
        let disk = try #require(Tmpfs(kilobytes: 16 * 1024))
        let home = try TrialHome.fresh(at: disk.path + "/home")
        let open = "SELECT count(*) FROM notices WHERE kind IN ('disk_full', 'disk_reserve') "
            + "AND acknowledged_at IS NULL"
        func start() throws -> Child {
            let engine = try home.engine()
            _ = try home.client()
            return engine
        }
        var engine = try start()
        disk.fill()
        #expect(try home.eventually { try home.count(open) >= 1 })
        sleep(2)
        let told = try home.count(open)
        for _ in 0..<2 {
            engine.kill()
            engine = try start()
            sleep(2)
            #expect(try home.count(open) <= max(told, 2))
            let twice = "SELECT count(*) - count(DISTINCT kind) FROM notices WHERE kind IN "
                + "('disk_full', 'disk_reserve') AND acknowledged_at IS NULL"
            #expect(try home.count(twice) == 0)
        }
        engine.kill()
        disk.empty()
        engine = try start()
        #expect(try home.eventually { try home.count(open) == 0 })
        engine.send(SIGTERM)
        #expect(engine.wait() == 0)
    }

    /// What the reserve is for: taken away, the same disk lets nothing through.
    @Test func withoutTheReserveNothingIsAccepted() throws {
        let disk = try #require(Tmpfs(kilobytes: 16 * 1024))
        let home = try TrialHome.fresh(at: disk.path + "/home")
        let engine = try home.engine(speed: "0.001")
        _ = try home.client()
        engine.send(SIGSTOP)
        unlink(home.path + "/engine.ballast")
        disk.fill()
        engine.send(SIGCONT)
        var statuses: [Int32] = []
        // The log has room of its own, which is used up first.
        let reason = String(repeating: "no ", count: 300)
        let end = Date() + Patience.untilHung
        while !statuses.contains(7), engine.wait(within: 0) == nil, Date() < end {
            let words = ["pause", "--all", "--reason", "\(reason)\(statuses.count)", "--no-engine"]
            statuses.append(try home.run(words).status)
        }
        #expect(statuses.contains(7) || engine.wait(within: 0) == 7, "\(statuses)")
    }

    private func write(_ bytes: Int, to database: Database) throws {
        let detail = String(repeating: "x", count: bytes)
        let row = Activity(
            at: Instant(milliseconds: 0), kind: .life, what: "disk", detail: detail)
        try database.write { db throws(StoreError) in _ = try db.insert(row) }
    }

    /// Blocks that the log has taken are there when nothing else is.
    @Test(arguments: [true, false]) func aCommitFindsWhatTheLogHas(takes: Bool) throws {
        let disk = try #require(Tmpfs(kilobytes: 8 * 1024))
        let database = try Database(creating: disk.path + "/db")
        if takes { #expect(database.takeLogRoom(1 << 20) == .taken) }
        disk.fill()
        #expect(database.takeLogRoom(4 << 20) == .full)
        guard takes else {
            #expect { try write(300_000, to: database) } throws: { error in
                if case .full? = error as? StoreError { true } else { false }
            }
            return
        }
        try write(300_000, to: database)
        #expect(database.takeLogRoom(1 << 20) == .taken)
    }

    /// A log that begins anew keeps its blocks only where it is told to.
    @Test(arguments: [true, false]) func aLogKeepsItsBlocks(keeps: Bool) throws {
        let disk = try #require(Tmpfs(kilobytes: 32 * 1024))
        let path = disk.path + "/db"
        let database = try Database(creating: path)
        try database.keepLogBlocks(keeps)
        #expect(database.takeLogRoom(8 << 20) == .taken)
        for _ in 0..<8 {
            try write(900_000, to: database)
            try database.checkpointIfNeeded()
        }
        var facts = stat()
        #expect(stat(path + "-wal", &facts) == 0)
        #expect((Int64(facts.st_blocks) * 512 >= 8 << 20) == keeps, "\(facts.st_blocks)")
    }
}
