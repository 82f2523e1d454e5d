/// A program of somebody else's that holds the database for writing: the engine lives and says so.

import Foundation
import TestKit
import Testing

@testable import Core
@testable import Store

@Suite(.serialized) struct HeldDatabaseTests {
    private let home: TrialHome
    private let engine: Engine
    /// Somebody else's.
    private let other: Database

    init() throws {
        home = try TrialHome.demo()
        let path = home.path + "/plutarc.db"
        let database = try Database(path: path, mode: .write, migrations: Schema.migrations)
        try database.raiseEpoch()
        let clock = try database.read { db in try db.existingWorkspace().clock }
        let wall = WallClock(
            utc: clock + .seconds(1), boot: .seconds(9000), monotonic: .seconds(9000))
        engine = try Engine(
            home: try home.opened(for: .engine), database: database, pace: .real, wall: wall,
            build: "test", weather: .fair)
        try engine.startWhole(at: wall)
        other = try Database(path: path, mode: .write, migrations: Schema.migrations)
    }

    private let peer = Peer(uid: geteuid(), pid: getpid(), gid: 0)
    private let reply = ReplyID(connection: ConnectionID(number: 1), request: 1)

    private var message: JSON {
        let command = Command.pause(.all, reason: nil)
        return ClientMessage.command(
            CommandRequest(key: "p", verb: command.verb, args: command.arguments)
        ).json(id: 1)
    }

    private func pause() -> JSON? { engine.request(message, from: peer, reply: reply) }

    private func unpaused() throws -> Int {
        try home.count("SELECT count(*) FROM bots WHERE is_paused = 0")
    }

    /// What a pause that came meanwhile waits for; without the look the engine ends.
    @Test(arguments: [true, false]) func aPauseWaitsForTheOther(isOn: Bool) throws {
        engine.hold.isOn = isOn
        engine.hold.patience = .minutes(10)
        try other.connection.execute("BEGIN IMMEDIATE")
        let answer = pause()
        #expect((answer == nil) == isOn, "\(String(describing: answer))")
        engine.world.note("test", "written later")
        let turn = engine.turn(at: .read())
        #expect(turn.stop == !isOn)
        #expect((engine.failure == nil) == isOn)
        try other.connection.execute("ROLLBACK")
        guard isOn else { return }
        #expect(try unpaused() > 0)
        let later = engine.turn(at: .read())
        #expect(later.replies.first?.1["type"]?.text == "accepted")
        #expect(try unpaused() == 0)
        let noted = "SELECT count(*) FROM activity WHERE detail = 'written later'"
        #expect(try home.count(noted) == 1)
    }

    /// Who waits for too long hears why, and it is on record once that can be written.
    @Test func aHoldThatLastsIsToldOf() throws {
        engine.hold.patience = .milliseconds(0)
        try other.connection.execute("BEGIN IMMEDIATE")
        let answer = pause()
        #expect(answer?["error"]?["code"]?.text == "locked")
        let words = answer?["error"]?["message"]?.text ?? ""
        #expect(words.contains("held by") && words.contains("nothing new was accepted"), "\(words)")
        #expect(!engine.turn(at: .read()).stop)
        let notices = "SELECT count(*) FROM notices WHERE kind = 'hold'"
        #expect(try home.count(notices) == 0)
        try other.connection.execute("ROLLBACK")
        #expect(!engine.turn(at: .read()).stop)
        #expect(try home.count(notices) == 1)
        #expect(try unpaused() > 0)
        #expect(pause()?["type"]?.text == "accepted")
    }

    /// A start waits too; what has waited for long enough meanwhile is refused.
    @Test(arguments: [true, false]) func aStartWaitsForTheOther(isOn: Bool) throws {
        let opening = OpeningService(
            home: try home.opened(), build: "test", speed: "1", admission: engine.admission)
        opening.hold.isOn = isOn
        opening.hold.patience = .milliseconds(0)
        let next = try Database(
            path: home.path + "/plutarc.db", mode: .write, migrations: Schema.migrations)
        #expect(!opening.hears(message, from: peer))
        try other.connection.execute("BEGIN IMMEDIATE")
        var reports: [StartProgress] = []
        let epoch = try next.raiseEpoch(waiting: { progress in
            opening.report(progress)
            #expect(opening.hears(message, from: peer) == isOn)
            reports.append(progress)
            if reports.count == 3 { try? other.connection.execute("ROLLBACK") }
            return true
        })
        #expect(reports.map(\.phase) == [.held, .held, .held])
        #expect(next.epoch == epoch)
        let answer = opening.request(message, from: peer, reply: reply)
        #expect(answer?["error"]?["code"]?.text == "locked")
        opening.report(StartProgress(.upgrading))
        #expect(!opening.hears(message, from: peer))
    }

    /// The process beats meanwhile, and says for whom it waits; it goes on as soon as it can.
    @Test func anEngineThatCannotBeginYetLives() throws {
        try other.connection.execute("BEGIN IMMEDIATE")
        let child = try home.engine()
        _ = try home.client(starting: true)
        usleep(6_500_000)
        #expect(child.wait(within: 0) == nil, "it ended")
        let status = try home.plutarc("engine", "status").output
        #expect(status.contains("waiting for process \(getpid())"), "\(status)")
        #expect(!status.contains("silent"), "\(status)")
        let refused = try home.plutarc("pause", "--all", "--json")
        #expect(try refused.document()["error"]?["code"]?.text == "locked", "\(refused.output)")
        #expect(refused.output.contains("held by \(getpid())"), "\(refused.output)")
        #expect(try unpaused() > 0)
        try other.connection.execute("ROLLBACK")
        _ = try home.client()
        #expect(try home.plutarc("pause", "--all").status == 0)
        #expect(try unpaused() == 0)
        child.kill()
    }

    @Test func whoWritesIsFoundAmongTheLocks() {
        let locks = """
            1: POSIX  ADVISORY  WRITE 4711 08:01:1234 120 120
            1: -> POSIX  ADVISORY  WRITE 4712 08:01:1234 120 120
            2: POSIX  ADVISORY  READ 4713 08:01:1234 124 124
            3: POSIX  ADVISORY  WRITE 4714 08:01:99 120 120
            """
        let place = (major: UInt32(8), minor: UInt32(1))
        let writers = LogReader.pids(
            in: locks, device: place, inode: 1234, kind: "WRITE", slots: 120...120)
        #expect(writers == [4711])
        #expect(LogReader.pids(in: locks, device: place, inode: 1234) == [4713])
    }
}
