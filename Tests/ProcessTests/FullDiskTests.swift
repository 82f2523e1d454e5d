/// A disk that is full, or becomes so: nothing acknowledged is lost, and it is said plainly.

import Foundation
import TestKit
import Testing

@testable import Core
@testable import Store

/// **Source** <doc:CommandLine#Exit-statuses>, <doc:SafetyRules#A-disk-that-fills-up>.
@Suite(.serialized, .enabled(if: Tmpfs.isAllowed, "this user may not mount a tmpfs"))
struct FullDiskTests {
    @Test(arguments: [48, 64, 128, 192, 256, 320, 400, 512, 600])
    func initOnAFullDiskLeavesNoHalfHome(kilobytes: Int) throws {
        let disk = try #require(Tmpfs(kilobytes: kilobytes))
        let path = disk.path + "/home"
        let arguments = ["init", "--bots", "2", "--home", path]
        let answer = try Program.run(arguments)
        answer.expect(7, saying: "disk is full", "free some space")
        #expect(try Home.open(path: path, for: .console).has(.database) == false)
        try Program.run(arguments + ["--json"]).expectDocument(7, code: "disk_full")
        // With room, the same command makes the home.
        #expect(disk.resize(kilobytes: 8192))
        #expect(try Program.run(arguments).status == 0)
        #expect(try Program.run(["check", "--home", path]).status == 0)
    }

    @Test func aDemoThatDoesNotFitLeavesNoHalfHome() throws {
        let disk = try #require(Tmpfs(kilobytes: 3072))
        let path = disk.path + "/home"
        let answer = try Program.run(["init", "--bots", "2", "--days", "1", "--home", path])
        answer.expect(7, saying: "disk is full", "free some space")
        #expect(try Home.open(path: path, for: .console).has(.database) == false)
    }

    @Test func anEngineOnAFillingDiskStopsAndLosesNothing() throws {
        let disk = try #require(Tmpfs(kilobytes: 4096))
        let home = try TrialHome.fresh(at: disk.path + "/home")
        let engine = try home.engine(speed: "600")
        let load = LoadClient(home, name: "disk", seed: 1)
        try load.connect()
        for number in 0..<5 { load.submit(.ticketOpen(
            subject: "before \(number)", message: "while there is room", .bot, .low, bot: nil)) }
        #expect(home.eventually { load.hear(); return load.waiting == 0 })
        disk.fill()
        // Only what people write down eats the reserve up.
        let end = Date() + Patience.untilHung
        let words = String(repeating: "why ", count: 80)
        while engine.wait(within: 0.05) == nil, Date() < end {
            let number = load.sent.count
            let reason = "disk \(number) \(words)"
            load.submit(.pause(.named(["bot-\(1 + number % 2)"]), reason: reason))
            load.submit(.resume(.named(["bot-\(1 + number % 2)"]), reason: reason))
            load.hear()
        }
        engine.answer(within: 1).expect(7, saying: "disk is full", "free some space")
        load.hear()
        try home.plutarc("engine", "status", "--json").expectRunning(false)
        disk.empty()
        let ledger = CommandLedger(ofNew: home)
        #expect(try ledger.problems(load.sent) == [])
        try home.expectSound()
        try expectItGoesOn(home)
    }

    /// With room again the same home carries on.
    private func expectItGoesOn(_ home: TrialHome) throws {
        let engine = try home.engine()
        let client = try home.client()
        let request = Command.ticketOpen(
            subject: "after", message: "room again", .bot, .low, bot: nil)
        let answer = try client.perform(
            CommandRequest(key: "after", verb: request.verb, args: request.arguments))
        guard case .outcome(let report) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(report.outcome == .done)
        engine.send(SIGTERM)
        #expect(engine.wait() == 0)
        try home.expectSound()
    }

    /// No engine runs, and not a byte is left: the reserve carries a start, its lease and a pause.
    /// Without a reserve it is said what is wrong.
    @Test(arguments: [true, false]) func aPauseStartsAnEngineOnAFullDisk(hasReserve: Bool) throws {
        let disk = try #require(Tmpfs(kilobytes: 16_384))
        let home = try TrialHome.fresh(at: disk.path + "/home")
        let engine = try home.engine()
        _ = try home.client()
        let place = try home.opened()
        let reserve = DiskReserve(home: place)
        let wanted = try #require(reserve.room).sizes.ballast
        #expect(home.eventually { reserve.held >= wanted })
        engine.kill()
        for name in ["engine.lease", "engine.log"] { unlink(home.path + "/" + name) }
        if !hasReserve { reserve.release() }
        disk.fill()
        let answer = try home.plutarc("pause", "--all")
        guard hasReserve else {
            answer.expect(7, saying: "disk is full")
            let json = try home.run(["pause", "--all", "--json"])
            return try json.expectDocument(7, code: "disk_full")
        }
        answer.expect(0)
        #expect(try home.count("SELECT count(*) FROM bots WHERE is_paused") == 2)
        try home.expectSound()
    }

    /// A world at twenty thousand times real pace fills in seconds what is kept for a month.
    @Test func aFastWorldDoesNotEatTheReserve() throws {
        let disk = try #require(Tmpfs(kilobytes: 65_536))
        let home = try TrialHome.fresh(at: disk.path + "/home")
        let engine = try home.engine(speed: "20000")
        let reserve = DiskReserve(home: try home.opened())
        let sizes = try #require(reserve.room).sizes
        #expect(home.eventually { reserve.held >= sizes.ballast })
        disk.fill()
        #expect(engine.wait(within: 25) == nil, "\(engine.errors)")
        #expect(reserve.held >= sizes.ballast / 2, "\(reserve.held)")
        try home.plutarc("pause", "--all").expect(0)
        engine.send(SIGTERM)
        #expect(engine.wait() == 0)
        try home.expectSound()
    }

    /// Whoever goes on filling the disk gets little of the reserve from starts.
    @Test func manyStartsLeaveTheReserve() throws {
        let disk = try #require(Tmpfs(kilobytes: 65_536))
        let home = try TrialHome.fresh(at: disk.path + "/home")
        let reserve = DiskReserve(home: try home.opened())
        let sizes = try #require(reserve.room).sizes
        let first = try home.engine()
        #expect(home.eventually { reserve.held >= sizes.ballast })
        first.kill()
        let filler = Filler(disk)
        defer { filler.stop() }
        for _ in 0..<12 {
            let engine = try home.engine()
            _ = try home.client()
            engine.kill()
        }
        #expect(reserve.held >= sizes.ballast / 2, "\(reserve.held)")
        try home.plutarc("pause", "--all").expect(0)
        home.endEngine()
        filler.stop()
        disk.empty()
        try home.expectSound()
    }

    /// Commits that only change what is there need no more than the log has.
    @Test func theLogBeginsAnewBeforeItGrows() throws {
        let disk = try #require(Tmpfs(kilobytes: 16_384))
        let home = try TrialHome.fresh(at: disk.path + "/home")
        let reserve = DiskReserve(home: try home.opened())
        let sizes = try #require(reserve.room).sizes
        while reserve.held < sizes.ballast { try reserve.grow(sizes) }
        let database = try Database(opening: home.path + "/plutarc.db")
        try database.keepLogBlocks(true)
        disk.fill()
        var commits = 0
        while commits < 600, reserve.held >= sizes.ballast / 2 {
            _ = reserve.makeRoom(in: database, sizes)
            try database.write { db throws(StoreError) in try db.save(try db.existingWorkspace()) }
            commits += 1
        }
        #expect(reserve.held >= sizes.ballast / 2, "\(commits): \(reserve.held)")
    }

    @Test func aCommandOnAFullDiskIsRefusedWith7() throws {
        let disk = try #require(Tmpfs(kilobytes: 4096))
        let home = try TrialHome.fresh(at: disk.path + "/home")
        // A slow world writes nothing by itself: the command meets the full disk first.
        let engine = try home.engine(speed: "0.001")
        _ = try home.client()
        disk.fill()
        let text = String(repeating: "a long text. ", count: 1200)
        var answer = Answer(status: 0, output: "", errors: "")
        // The reserve carries some of them first.
        for _ in 0..<400 where answer.status == 0 {
            answer = try home.plutarc(
                "ticket", "open", "no room", "--message", text, "--no-engine", "--json")
        }
        try answer.expectDocument(7, code: "disk_full")
        // What is left is for others, and the engine for them.
        try home.plutarc("pause", "--all").expect(0)
        #expect(engine.wait(within: 0) == nil, "\(engine.errors)")
        engine.send(SIGTERM)
        #expect(engine.wait() == 0)
    }
}

extension Answer {
    /// What `engine status --json` says.
    func expectRunning(_ isRunning: Bool, at place: SourceLocation = #_sourceLocation) throws {
        let document = try document(place)
        #expect(document["running"]?.flag == isRunning, "\(output)", sourceLocation: place)
    }
}
