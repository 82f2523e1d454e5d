/// A home of twenty bots with sixty positions and resting orders, made ready for the real program.

@testable import Core
import Foundation
import Store
import TestKit
import Testing

enum HaltFleet {
    static let symbols = ["BTC-PERP", "ETH-PERP", "SOL-PERP"]
    static let strangers = 5

    /// The simulated exchange of the home rejects one order in ten.
    /// - Parameter resting: orders that the bots know, one or two for each.
    static func home(resting: Int) throws -> TrialHome {
        let home = try TrialHome.fresh(bots: 20)
        let file = ComputeCatalog.standardText.replacing(
            "order_rejects_percent = 0", with: "order_rejects_percent = 10")
        try file.write(toFile: home.path + "/compute.ini", atomically: true, encoding: .utf8)
        try fill(home, resting)
        return home
    }

    /// Plays the part of the engine for a moment; no other runs.
    private static func fill(_ home: TrialHome, _ resting: Int) throws {
        let database = try Database(opening: home.path + "/plutarc.db")
        _ = try database.raiseEpoch()
        try database.write { db throws(StoreError) in
            for var key in try db.keys() {
                key.instruments = symbols
                try db.save(key)
            }
        }
        let world = try WorldLoader.load(database, weather: .fair)
        world.trading.reconcileAtStart()
        let owner = (uid: Int64(getuid()), name: "owner")
        let desk = try Desk(world: world, database: database, owner: owner, wall: world.now)
        world.advance(to: world.now + .seconds(30))
        for bot in world.bots {
            for symbol in bot.instruments { open(symbol, bot, world) }
        }
        world.advance(to: world.now + .seconds(1))
        for (index, bot) in world.bots.enumerated() {
            let count = index < resting - world.bots.count ? 2 : 1
            for number in 0..<count { rest(number, bot, world) }
        }
        _ = try desk.settle()
        try #require(world.bots.allSatisfy { $0.held.count == 3 })
    }

    private static func open(_ symbol: Int, _ bot: BotMachine, _ world: World) {
        let market = world.markets[symbol]
        guard let price = market.lastPrice else { return }
        bot.limits.maxSlippage = .percent(5)
        world.trading.submit(
            OrderDraft(
                symbol: symbol, side: .buy, quantity: market.instrument.minimumQuantity,
                reduceOnly: false, purpose: .entry, decisionPrice: price, leverage: 3,
                reason: "entry"), for: bot)
    }

    /// In the bot's book and at the exchange.
    private static func rest(_ number: Int, _ bot: BotMachine, _ world: World) {
        let id = world.trading.counters.nextOrder()
        guard let order = farBelow("rest-\(bot.id)-\(number)", id, bot, world) else { return }
        bot.orders.append(order)
        world.journal.note(order)
        place(order, bot, world)
    }

    /// One for each of the last bots, from somebody else with the key: no book has them.
    static func addStrangers(_ world: World) {
        for bot in world.bots.suffix(strangers) {
            // The exchange rejects one in ten.
            for attempt in 0..<50 where strangers(of: bot, world) == 0 {
                farBelow("stranger-\(bot.id)-\(attempt)", ID(0), bot, world)
                    .map { place($0, bot, world) }
            }
        }
    }

    static func strangersLeft(_ world: World) -> Int {
        world.bots.suffix(strangers).reduce(0) { $0 + strangers(of: $1, world) }
    }

    private static func strangers(of bot: BotMachine, _ world: World) -> Int {
        let open = bot.record.keyID.map { world.trading.venue.paper.openOrders($0) } ?? []
        return open.count { $0.clientOrderID.hasPrefix("stranger-") }
    }

    /// A limit order that cannot fill.
    private static func farBelow(
        _ clientOrderID: String, _ id: ID<Order>, _ bot: BotMachine, _ world: World
    ) -> Order? {
        let market = world.markets[bot.instruments[0]]
        let instrument = market.instrument
        guard let last = market.lastPrice else { return nil }
        return Order(
            id: id, botID: bot.id, keyID: bot.record.keyID ?? ID(0),
            clientOrderID: clientOrderID, symbol: instrument.symbol, side: .buy, kind: .limit,
            quantity: instrument.minimumQuantity,
            limitPrice: Price(raw: last.raw / 2 / instrument.tick.raw * instrument.tick.raw),
            reduceOnly: false, purpose: .entry, decisionPrice: last, leverage: 3,
            reason: "entry", createdAt: world.now, deadline: world.now + .days(1), epoch: 1)
    }

    private static func place(_ order: Order, _ bot: BotMachine, _ world: World) {
        world.trading.venue.place(
            order, symbol: bot.instruments[0], maxSlippage: nil, at: world.now)
        world.trading.drainVenue()
    }
}
