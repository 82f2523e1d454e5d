/// A home of twenty bots with sixty positions and resting orders, made ready for the real program.

@testable import Core
import Foundation
import Store
import TestKit
import Testing

enum HaltFleet {
    static let symbols = ["BTC-PERP", "ETH-PERP", "SOL-PERP"]

    /// The simulated exchange of the home rejects one order in ten.
    static func home() throws -> TrialHome {
        let home = try TrialHome.fresh(bots: 20)
        let file = ComputeCatalog.standardText.replacing(
            "order_rejects_percent = 0", with: "order_rejects_percent = 10")
        try file.write(toFile: home.path + "/compute.ini", atomically: true, encoding: .utf8)
        try fill(home)
        return home
    }

    /// Plays the part of the engine for a moment; no other runs.
    private static func fill(_ home: TrialHome) throws {
        let database = try Database(opening: home.path + "/plutarc.db")
        _ = try database.raiseEpoch()
        try database.write { db throws(StoreError) in
            for var key in try db.keys() {
                key.instruments = symbols
                try db.save(key)
            }
        }
        let world = try WorldLoader.load(database, weather: .fair)
        world.reconcileAtStart()
        let owner = (uid: Int64(getuid()), name: "owner")
        let desk = try Desk(world: world, database: database, owner: owner, wall: world.now)
        world.advance(to: world.now + .seconds(30))
        for bot in world.bots {
            for symbol in bot.instruments { open(symbol, bot, world) }
        }
        world.advance(to: world.now + .seconds(1))
        for (index, bot) in world.bots.enumerated() {
            for number in 0..<(index < 10 ? 2 : 1) { rest(number, bot, world) }
        }
        _ = try desk.settle()
        try #require(world.bots.allSatisfy { $0.held.count == 3 })
    }

    private static func open(_ symbol: Int, _ bot: BotMachine, _ world: World) {
        let market = world.markets[symbol]
        guard let price = market.lastPrice else { return }
        bot.limits.maxSlippage = .percent(5)
        world.submit(
            OrderDraft(
                symbol: symbol, side: .buy, quantity: market.instrument.minimumQuantity,
                reduceOnly: false, purpose: .entry, decisionPrice: price, leverage: 3,
                reason: "entry"), for: bot)
    }

    /// A limit order far below the market, in the bot's book and at the exchange.
    private static func rest(_ number: Int, _ bot: BotMachine, _ world: World) {
        let symbol = bot.instruments[0]
        let instrument = world.markets[symbol].instrument
        guard let last = world.markets[symbol].lastPrice else { return }
        let limit = Price(raw: last.raw / 2 / instrument.tick.raw * instrument.tick.raw)
        let order = Order(
            id: world.counters.nextOrder(), botID: bot.id, keyID: bot.record.keyID ?? ID(0),
            clientOrderID: "rest-\(bot.id)-\(number)", symbol: instrument.symbol, side: .buy,
            kind: .limit, quantity: instrument.minimumQuantity, limitPrice: limit,
            reduceOnly: false, purpose: .entry, decisionPrice: last, leverage: 3, reason: "entry",
            createdAt: world.now, deadline: world.now + .days(1), epoch: 1)
        bot.orders.append(order)
        world.journal.note(order)
        world.venue.place(
            order, symbol: symbol, maxSlippage: nil, at: world.now, into: &world.venueEvents)
        world.drainVenue()
    }
}
