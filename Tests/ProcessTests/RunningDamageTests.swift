/// Damage that an engine meets at work: an alarm and no entries; it goes on, and closes go through.

import Foundation
import TestKit
import Testing

@testable import Core
@testable import Store

@Suite(.serialized) struct RunningDamageTests {
    /// An engine over a database in which one table is broken and nobody has looked.
    private func engine(_ home: TrialHome, broken table: String?) throws -> Engine {
        let path = home.path + "/plutarc.db"
        if let table { try DamageTests.damage(table, in: path) }
        let database = try Database(path: path, mode: .write, migrations: Schema.migrations)
        try database.raiseEpoch()
        let clock = try database.read { db in try db.existingWorkspace().clock }
        let wall = WallClock(
            utc: clock + .seconds(1), boot: .seconds(9000), monotonic: .seconds(9000))
        let engine = try Engine(
            home: try home.opened(for: .engine), database: database, pace: .real, wall: wall,
            build: "test", weather: .fair)
        try engine.startWhole(at: wall)
        return engine
    }

    private func ask(_ command: Command, _ engine: Engine, _ key: String) -> JSON? {
        let message = ClientMessage.command(
            CommandRequest(key: key, verb: command.verb, args: command.arguments))
        return engine.request(
            message.json(id: 1), from: Peer(uid: geteuid(), pid: getpid(), gid: 0),
            reply: ReplyID(connection: ConnectionID(number: 1), request: 1))
    }

    private func paused(_ engine: Engine) -> Int {
        engine.world.bots.count(where: \.record.isPaused)
    }

    @Test(arguments: ["audit", "commands"], [true, false])
    func aPauseIsDoneWhereItCannotBeWrittenDown(table: String, isOn: Bool) throws {
        let home = try TrialHome.demo()
        let engine = try engine(home, broken: table)
        engine.world.disarmed = isOn ? [] : [.closeWithoutRecord]
        let before = paused(engine)
        // Nothing but pauses and closes is done, and nothing is acknowledged.
        let ticket = Command.ticketOpen(
            subject: "s", message: "m", .bot, .low, bot: nil)
        #expect(ask(ticket, engine, "t")?["error"]?["code"]?.text == "damaged")
        let answer = ask(.pause(.all, reason: nil), engine, "p")
        #expect(answer?["error"]?["code"]?.text == "damaged")
        let words = answer?["error"]?["message"]?.text ?? ""
        #expect(words.contains("not on record") == isOn, "\(words)")
        #expect((paused(engine) == engine.world.bots.count) == isOn)
        #expect(isOn || paused(engine) == before)
        #expect(engine.world.trading.entryStops[.damage] != nil)
        _ = engine.turn(at: .read())
        #expect(engine.failure == nil)
        // What could be written is: the bots are paused also for whoever starts next.
        let rows = try home.count("SELECT count(*) FROM bots WHERE is_paused = 0")
        #expect((rows == 0) == isOn)
        let stopped = try home.rows("SELECT entries_stopped FROM workspace")[0][0] ?? ""
        #expect(stopped.contains("plutarc check"), "\(stopped)")
    }

    /// One look by name before an acknowledgement: without it a command is lost.
    @Test(arguments: [true, false]) func nothingIsPromisedIntoTheVoid(isOn: Bool) throws {
        let home = try TrialHome.demo()
        let engine = try engine(home, broken: nil)
        engine.database.looksAtFiles = isOn
        unlink(home.path + "/plutarc.db")
        let answer = ask(.pause(.all, reason: nil), engine, "p")
        #expect((answer?["error"]?["code"]?.text == "database_moved") == isOn)
        #expect((answer?["type"]?.text == "accepted") == !isOn)
        #expect(engine.turn(at: .read()).stop == isOn)
    }

    /// Emptied in place, before the command or after it: the file keeps its name and number.
    @Test(arguments: ["", "-wal"], [true, false])
    func nothingIsPromisedIntoAFileCutShort(ending: String, isOn: Bool) throws {
        let home = try TrialHome.demo()
        let engine = try engine(home, broken: nil)
        engine.database.looksAtLength = isOn
        engine.world.note("test", "a frame in the log")
        _ = engine.turn(at: .read())
        let path = home.path + "/plutarc.db" + ending
        var facts = stat()
        try #require(stat(path, &facts) == 0 && facts.st_size > 0)
        #expect(truncate(path, facts.st_size / 2) == 0)
        let answer = ask(.pause(.all, reason: nil), engine, "p")
        #expect((answer?["error"]?["code"]?.text == "database_cut_short") == isOn)
        if isOn { #expect(engine.turn(at: .read()).stop) }
    }

    @Test(arguments: [true, false]) func whatWasNotToldYetIsNotTold(isOn: Bool) throws {
        let home = try TrialHome.demo()
        let engine = try engine(home, broken: nil)
        engine.database.looksAtLength = isOn
        #expect(ask(.pause(.all, reason: nil), engine, "p")?["type"]?.text == "accepted")
        #expect(truncate(home.path + "/plutarc.db-wal", 0) == 0)
        let told = engine.turn(at: .read()).replies.map { $0.1["type"]?.text }
        #expect(isOn ? told.allSatisfy { $0 == "refused" } : true, "\(told)")
        var isCut = false
        if case .store(.cutShort)? = engine.failure { isCut = true }
        #expect(isCut == isOn)
    }

    @Test func ticketsThatAreDamagedEndNothing() throws {
        let home = try TrialHome.demo()
        let engine = try engine(home, broken: "tickets")
        let ticket = Command.ticketOpen(
            subject: "s", message: "m", .bot, .low, bot: nil)
        #expect(ask(ticket, engine, "t")?["error"]?["code"]?.text == "damaged")
        #expect(ask(.pause(.all, reason: nil), engine, "p")?["type"]?.text == "accepted")
        _ = engine.turn(at: .read())
        #expect(engine.failure == nil)
    }

    /// The real program over a home whose histories are all broken.
    @Test func aHomeWithoutHistoriesStillCloses() throws {
        let home = try TrialHome.demo()
        let path = home.path + "/plutarc.db"
        try OldHome.grow(path)
        let histories = [
            "trades", "ledger", "candles", "equity", "decisions", "decision_series", "deployments",
            "activity",
        ]
        for table in histories { try DamageTests.damage(table, in: path) }
        let engine = try home.engine(speed: "60")
        defer { engine.kill() }
        do { _ = try home.client() } catch { Issue.record("\(error) \(engine.errors)") }
        let isTold = try home.eventually {
            try home.rows("SELECT entries_stopped FROM workspace")[0][0]?
                .contains("plutarc check") == true
        }
        #expect(isTold, "\(engine.errors)")
        #expect(try home.plutarc("bots").status == 0)
        let preview = try home.run(["close-all", "--all", "--preview", "--json"])
        let token = try #require(try preview.document()["preview_token"]?.text, "\(preview.output)")
        let close = try home.plutarc("close-all", "--all", "--confirm", token)
        #expect([0, 5].contains(close.status), "\(close.output)\(close.errors)")
        let isFlat = try home.eventually {
            try home.count("SELECT count(*) FROM positions") == 0
        }
        #expect(isFlat, "\(engine.errors)")
        #expect(engine.wait(within: 0) == nil, "\(engine.errors)")
    }
}
