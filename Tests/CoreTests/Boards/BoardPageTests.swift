/// Lists read page by page are the lists read at once, whatever a reader does not see of them.

import Store
import TestKit
import Testing

@testable import Core

@Suite struct BoardPageTests {
    private let database: Database
    private let reader: BoardReader
    private let viewer: BoardReader

    init() throws {
        database = try FleetFixture.database()
        reader = BoardReader(over: database, owner: FleetFixture.owner)
        let mia = Operator(uid: 7, name: "mia", role: .viewer)
        viewer = BoardReader(over: database, owner: FleetFixture.owner, as: .person(mia))
    }

    /// All rows by pages; the limit of a page is that of `read`.
    private func all<Row: PageRow>(
        _ read: (ID<Row.Entity>?) throws -> Page<Row>
    ) throws -> [Row] {
        var rows: [Row] = []
        var next: ID<Row.Entity>?
        for _ in 0..<10_000 {
            let page = try read(next)
            rows += page.rows
            guard let end = page.next else { return rows }
            #expect(end != next, "a page that reads nothing is the last one")
            next = end
        }
        Issue.record("the pages do not end")
        return rows
    }

    @Test(arguments: [1, 2, 3, 100]) func pagesMakeTheWholeList(_ limit: Int) throws {
        #expect(try all { try reader.events(before: $0, limit: limit) } == reader.events().rows)
        #expect(try all { try reader.commands(before: $0, limit: limit) } == reader.commands().rows)
        #expect(try all { try reader.orders(before: $0, limit: limit) } == reader.orders().rows)
        #expect(try all { try reader.trades(before: $0, limit: limit) } == reader.trades().rows)
        #expect(try all { try reader.audit(before: $0, limit: limit) } == reader.audit().rows)
        let whole = try reader.tickets()
        #expect(whole.page.next == nil && whole.rows.count == 3)
        #expect(try all { try reader.tickets(before: $0, limit: limit).page } == whole.rows)
    }

    @Test(arguments: [1, 2, 100]) func pagesOfOneBotToo(_ limit: Int) throws {
        for bot in [ID<Bot>(1), ID(2)] {
            let trades = try reader.trades(of: bot).rows
            #expect(try all { try reader.trades(of: bot, before: $0, limit: limit) } == trades)
            let orders = try reader.orders(of: bot).rows
            #expect(try all { try reader.orders(of: bot, before: $0, limit: limit) } == orders)
        }
    }

    /// Two that were closed at one moment stand in the order of their ids.
    @Test func tradesOfOneMomentAreInOnePageEach() throws {
        let trades = try reader.trades().rows.map(\.trade)
        let first = try #require(trades.first)
        try database.write { db throws(StoreError) in
            for position in try db.positions() {
                var twin = first
                (twin.id, twin.positionID, twin.botID) = (ID(0), position.id, position.botID)
                try db.insert(twin)
            }
        }
        let whole = try reader.trades().rows
        #expect(whole.count > trades.count)
        #expect(try all { try reader.trades(before: $0, limit: 1) } == whole)
    }

    private func addTopUps(_ count: Int) throws {
        try database.write { db throws(StoreError) in
            for number in 0..<count {
                _ = try db.insert(
                    CommandRecord(
                        idempotencyKey: "t\(number)", verb: "top-up", target: "balance",
                        actor: "ana", actorUID: 1000, role: "owner", at: FleetFixture.now,
                        outcome: .done, message: "250 USD added"))
            }
        }
    }

    /// What a reader may not see takes no place in a page, and ends no list.
    @Test func aPageIsFilledBehindWhatIsHidden() throws {
        let seen = try viewer.commands().rows
        try addTopUps(620)
        #expect(try reader.commands(limit: 1000).rows.count == seen.count + 620)
        #expect(try viewer.commands(limit: 1).rows == Array(seen.prefix(1)))
        #expect(try viewer.commands(limit: 100).rows == seen)
        #expect(try all { try viewer.commands(before: $0, limit: 1) } == seen)
    }

    @Test func whatIsOlderThanAskedForEndsTheList() throws {
        let entries = try reader.events().rows.map(\.activity)
        let since = try #require(entries.dropLast().last).at
        let wanted = entries.filter { $0.at >= since }
        #expect(wanted.count < entries.count)
        let found = try all { try reader.events(before: $0, since: since, limit: 1) }
        #expect(found.map(\.activity) == wanted)
        #expect(try reader.events(since: since, limit: 100).next == nil)
    }
}
