/// A founded home in memory with its desk, for tests of what takes time.

import Store
import Testing

@testable import Core

/// A founded home in memory with its desk.
final class LifeOffice {
    let database: Database
    private(set) var desk: Desk
    private var number = 0
    private let catalog: ComputeCatalog

    /// - Parameter basket: what every bot trades; nil leaves it to the plan.
    init(
        bots: Int = 1, _ edits: [(String, String)] = [],
        symbols: [String] = ["BTC-PERP", "ETH-PERP"], basket: [String]? = nil,
        staff: Member? = nil
    ) throws {
        var text = ComputeCatalog.standardText
        for (old, new) in edits { text = text.replacing(old, with: new) }
        // The network fails only where a test asks for it.
        text = text.replacing("link_hours = 500", with: "link_hours = 0")
        catalog = try ComputeCatalog(parsing: text, file: "compute.ini")
        database = try Database.memory()
        var fleet = BotPlan.fleet(bots, over: symbols)
        if let basket { for index in fleet.indices { fleet[index].symbols = basket } }
        let plan = FoundingPlan(
            name: "personal", generation: "g1", seed: 11, market: .model, bots: fleet,
            owner: (1000, "ada"))
        _ = try Founding.found(
            plan, in: database, at: Instant(year: 2026, month: 3, day: 10) + .seconds(7))
        if let staff {
            try database.write { db throws(StoreError) in _ = try db.insert(staff) }
        }
        desk = try Self.desk(database, catalog)
    }

    /// Version 1.1.0 is out: offered with the next hour.
    static let withUpdate = ("[faults]", "[release]\nnewest = 1.1.0\n[faults]")

    static func desk(_ database: Database, _ catalog: ComputeCatalog) throws -> Desk {
        let world = try WorldLoader.load(database, catalog: catalog)
        world.trading.reconcileAtStart()
        return try Desk(
            world: world, database: database, owner: (1000, "ada"), wall: world.now)
    }

    /// As after kill -9: everything from the last commit.
    func restart() throws { desk = try Self.desk(database, catalog) }

    /// Another desk over the same world: it reads the members again.
    func reopenDesk() throws {
        desk = try Desk(
            world: desk.world, database: database, owner: (1000, "ada"), wall: desk.wall)
    }

    @discardableResult
    func ask(_ command: Command, from uid: Int64 = 1000) throws -> DeskReply {
        number += 1
        let reply = try desk.take(command, key: "k\(number)", from: (uid, "t"))
        return reply
    }

    /// Commits every minute of a long time, every few seconds of a short one.
    func pass(_ span: Span) throws {
        let step = span > .minutes(5) ? Span.minutes(1) : .seconds(5)
        let end = desk.world.now + span
        while desk.world.now < end {
            desk.world.advance(to: min(desk.world.now + step, end))
            _ = try desk.settle()
        }
    }

    func bot(_ label: String) throws -> Bot {
        let bot = try database.read { db throws(StoreError) in try db.findBot(label).match }
        return try #require(bot)
    }

    func instance(_ label: String) throws -> Instance {
        let id = try bot(label).id
        let found = try database.read { db throws(StoreError) in try db.instance(of: id) }
        return try #require(found)
    }

    func link(_ label: String) throws -> BotLink {
        let id = try bot(label).id
        let links = try database.read { db throws(StoreError) in try db.links() }
        return try #require(links.first { $0.botID == id })
    }

    func machine(_ label: String) throws -> BotMachine {
        try #require(desk.world.bots.first { $0.record.label == label })
    }

    var labels: [String] { desk.world.bots.map(\.record.label) }

    /// The network to a bot fails, for so long.
    func cut(_ label: String, for span: Span) throws {
        desk.world.fleet.cutLink(try machine(label), until: desk.world.now + span)
    }

    /// A key named `spare` that no bot has.
    func addSpareKey(_ symbol: String) throws {
        let key = APIKey(
            label: "spare", exchange: "simulated", instruments: [symbol],
            createdAt: desk.world.now)
        try database.write { db throws(StoreError) in _ = try db.insert(key) }
    }

    /// Waits until some bot holds a position.
    func holder() throws -> String {
        for _ in 0..<400 {
            if let bot = desk.world.bots.first(where: \.isHolding) { return bot.record.label }
            try pass(.minutes(15))
        }
        throw Missing()
    }

    struct Missing: Error {}

    func command(_ reply: DeskReply) throws -> CommandRecord {
        let id = try #require(reply.commands.first?.id)
        let row = try database.read { db throws(StoreError) in try db.command(id) }
        return try #require(row)
    }

    func balance() throws -> Money {
        let account = try database.read { db throws(StoreError) in try db.billingAccount() }
        return try #require(account).balance
    }
}
