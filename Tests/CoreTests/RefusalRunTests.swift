/// Refusals in the audit: the first of a run at once, the others as one number.

import Store
import Testing

@testable import Core

/// **Source** <doc:SafetyRules#Refusals-on-record>.
@Suite struct RefusalRunTests {
    private static let stranger = (uid: Int64(99), session: "pid 4")
    private static let viewer = (uid: Int64(5), session: "pid 5")
    private static let owner = (uid: Int64(1), session: "pid 6")

    private let desk: Desk
    private let database: Database

    init() throws {
        let (first, database) = try FoundedDesk.two(over: ["BTC-USDT"])
        try database.write { db throws(StoreError) in
            try db.insert(
                Member(uid: 5, name: "vera", role: .viewer, joinedAt: FoundedDesk.start))
        }
        self.database = database
        desk = try Desk(
            world: first.world, database: database, owner: (1, "ana"), wall: FoundedDesk.start)
    }

    private func ask(
        _ command: Command, _ peer: (uid: Int64, session: String), key: String
    ) throws -> DeskReply {
        try desk.take(command, key: key, from: peer)
    }

    private func audit() throws -> [AuditEntry] {
        let rows = try database.read { db in try db.audit(after: ID(0), limit: .max) }
        #expect(AuditVerifier.verify(rows).isIntact)
        return rows
    }

    private func pass(_ span: Span) throws {
        desk.wall = desk.wall + span
        _ = try desk.settle()
    }

    /// Ten seconds of hammering, a kilobyte of reason each time.
    @Test(arguments: [true, false]) func aStrangerLeavesTwoRows(isOn: Bool) throws {
        if !isOn { desk.world.disarmed = [.refusalsFold] }
        let before = try audit().count
        let reason = String(repeating: "because ", count: 128)
        for number in 0..<500 {
            let reply = try ask(
                .pause(.all, reason: reason), Self.stranger, key: "k\(number)")
            #expect(reply.refusal == .notAMember(uid: 99))
            #expect(reply.commands.isEmpty)
            try pass(.milliseconds(20))
        }
        try pass(.seconds(11))
        let rows = try audit().dropFirst(before)
        #expect((rows.count == 2) == isOn)
        #expect(rows.allSatisfy { $0.outcome == "refused" && $0.uid == 99 && $0.verb == "pause" })
        #expect(rows.allSatisfy { $0.role == "stranger" && $0.actor == "uid 99" })
        #expect(rows.allSatisfy { $0.reason.utf8.count < 256 && $0.target.utf8.count < 256 })
        #expect(try database.read { db in try db.commands(limit: 10) }.isEmpty)
        guard isOn else { return }
        #expect(rows.last?.after == "499 more like it (not_a_member) since 2026-03-10 00:00:00Z")
    }

    @Test func aLongRunIsWrittenDownEachMinute() throws {
        let before = try audit().count
        for number in 0..<30 {
            _ = try ask(.pause(.all, reason: nil), Self.stranger, key: "k\(number)")
            try pass(.seconds(5))
        }
        let rows = try audit().dropFirst(before)
        // First at 0, 60 and 120 s; counted at 60 and 120 s; the last run is still open.
        #expect(rows.map(\.after).map { $0.prefix(7) } == ["", "11 more", "", "11 more", ""])
        try desk.endRefusals()
        #expect(try audit().last?.after.hasPrefix("5 more") == true)
        try desk.endRefusals()
        #expect(try audit().count == before + 6)
    }

    /// Another verb, another reason, another person: each is news.
    @Test func eachKindIsARunOfItsOwn() throws {
        let before = try audit().count
        for number in 0..<3 {
            _ = try ask(.pause(.all, reason: nil), Self.viewer, key: "p\(number)")
            _ = try ask(.resume(.all, reason: nil), Self.viewer, key: "r\(number)")
            _ = try ask(.resume(.named(["x"]), reason: nil), Self.owner, key: "o\(number)")
            _ = try ask(.pause(.all, reason: nil), Self.stranger, key: "s\(number)")
        }
        #expect(try audit().count == before + 4)
        try desk.endRefusals()
        #expect(try audit().count == before + 8)
        #expect(try audit().suffix(4).allSatisfy { $0.after.hasPrefix("2 more like it") })
        // A member's command has its row, but where a right is missing once more; a stranger's has
        // none.
        #expect(try commands().count == 2 + 3)
    }

    private func commands() throws -> [CommandRecord] {
        try database.read { db in try db.commands(limit: .max) }
    }

    /// Ten seconds of the same, by somebody who is known and lacks the right.
    @Test(arguments: [true, false]) func aMemberWithoutTheRightLeavesOneCommand(
        isOn: Bool
    ) throws {
        if !isOn { desk.world.disarmed = [.refusalsFold] }
        let before = try audit().count
        let reason = String(repeating: "because ", count: 128)
        for number in 0..<200 {
            let command = Command.pause(.named(["bot-\(number)"]), reason: reason)
            let reply = try ask(command, Self.viewer, key: "k\(number)")
            #expect(reply.refusal?.code == "not_permitted")
            try pass(.milliseconds(50))
        }
        try pass(.seconds(11))
        #expect((try commands().count == 1) == isOn)
        #expect((try audit().count == before + 2) == isOn)
        guard isOn else { return }
        #expect(try audit().last?.after.hasPrefix("199 more like it (not_permitted)") == true)
        _ = try ask(.pause(.all, reason: nil), Self.viewer, key: "again")
        #expect(try commands().count == 2)
    }

    /// A preview that nobody may see is a refusal like others.
    @Test func previewsAreFoldedToo() throws {
        for number in 0..<5 {
            let reply = try ask(.previewCloseAll(.all), Self.viewer, key: "k\(number)")
            #expect(reply.refusal?.code == "not_permitted")
        }
        #expect(try commands().map(\.verb) == ["close-all-preview"])
    }

    /// What is kept of the reason of a refused command is no more than of its target.
    @Test func aRefusedReasonIsCut() throws {
        let reason = String(repeating: "because of it; ", count: 60)
        for (number, peer) in [Self.viewer, Self.owner].enumerated() {
            _ = try ask(.pause(.named(["nobody"]), reason: reason), peer, key: "k\(number)")
        }
        let refused = try commands()
        #expect(refused.map(\.outcome) == [.refused, .refused])
        #expect(refused.allSatisfy { $0.reason?.count == 60 })
        // What is done keeps its reason whole.
        _ = try ask(.pause(.named(["bot-1"]), reason: reason), Self.owner, key: "b")
        #expect(try commands().contains { $0.outcome == .done && $0.reason == reason })
    }

    @Test func whatSucceedsEndsTheRun() throws {
        let pause = Command.pause(.named(["bot-1"]), reason: nil)
        _ = try ask(pause, Self.owner, key: "a")
        for number in 0..<3 { _ = try ask(pause, Self.owner, key: "b\(number)") }
        _ = try ask(.resume(.all, reason: nil), Self.owner, key: "c")
        let before = try audit().count
        _ = try ask(pause, Self.owner, key: "d")
        #expect(try audit().dropFirst(before).map(\.outcome) == ["unchanged", "done"])
        #expect(try audit().dropFirst(before).first?.after.hasPrefix("2 more") == true)
    }

    /// One request for many bots, with nothing to do for any of them.
    @Test func manyBotsAreOneRun() throws {
        _ = try ask(.pause(.all, reason: nil), Self.owner, key: "a")
        let before = try audit().count
        let reply = try ask(.pause(.all, reason: nil), Self.owner, key: "b")
        #expect(reply.commands.map(\.outcome) == [.done, .done])
        #expect(!reply.changed)
        #expect(try audit().count == before + 1)
    }

    @Test func aClockThatIsSetBackEndsTheRun() throws {
        for number in 0..<3 {
            _ = try ask(.pause(.all, reason: nil), Self.stranger, key: "k\(number)")
        }
        // A turn of the engine settles by the time at which it began.
        let before = try audit().count
        try pass(.milliseconds(-300))
        #expect(try audit().count == before)
        try pass(.days(-1))
        #expect(try audit().last?.after.hasPrefix("2 more") == true)
    }

    /// The sender does not set how much is kept of what was refused.
    @Test func longRequestsAreKeptAsADigest() throws {
        let names = (0..<2000).map { "nobody-\($0)" }
        let command = Command.pause(.named(names), reason: nil)
        let first = try #require(try ask(command, Self.owner, key: "a").commands.first)
        #expect(first.arguments.utf8.count < 200)
        let again = try ask(command, Self.owner, key: "a")
        #expect(again.isRepeated && again.commands == [first])
        let other = Command.pause(.named(names + ["one-more"]), reason: nil)
        #expect(try ask(other, Self.owner, key: "a").refusal == .keyReused("a"))
        let marks = "a" + String(repeating: "\u{301}", count: 500)
        _ = try ask(.pause(.all, reason: marks), Self.stranger, key: "m")
        #expect(try audit().allSatisfy { $0.reason.utf8.count < 256 && $0.target.utf8.count < 256 })
    }

    /// Looking again and again fills no table.
    @Test func oldPreviewsGo() throws {
        for number in 0..<20 {
            _ = try ask(.previewCloseAll(.all), Self.owner, key: "k\(number)")
            try pass(.minutes(10))
        }
        let kept = try database.read { db in
            try db.rows(sql: "SELECT count(*) FROM previews", limit: 1).rows
        }
        #expect(kept.first?.first.flatMap { $0 }.flatMap { Int($0) }.map { $0 < 9 } == true)
    }
}
