/// The desk of a new home in memory with two bots, for tests that ask it directly.

import Store

@testable import Core

enum FoundedDesk {
    static let start = Instant(year: 2026, month: 3, day: 10)

    /// Two bots that trade these symbols between them; nothing has happened yet.
    static func two(
        over symbols: [String], market: MarketPlan = .model, at start: Instant = start
    ) throws -> (Desk, Database) {
        let owner = (uid: Int64(1), name: "ana")
        let database = try Database.memory()
        let plan = FoundingPlan(
            name: "t", generation: "abcd", seed: 3, market: market,
            bots: BotPlan.fleet(2, over: symbols), owner: owner)
        let world = try Founding.found(plan, in: database, at: start)
        let desk = try Desk(world: world, database: database, owner: owner, wall: world.now)
        return (desk, database)
    }

    /// On a seeded market of so many symbols, warmed up for some days.
    static func warm(symbols count: Int, days: Int64) throws -> (Desk, Database) {
        let symbols = MarketListing.all.prefix(count).map(\.instrument.symbol)
        let (desk, database) = try two(over: symbols)
        desk.world.catchUp(to: start + .days(days))
        _ = try desk.settle()
        return (desk, database)
    }
}
