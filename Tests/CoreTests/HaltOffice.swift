/// Twenty bots with sixty positions and thirty resting orders, five of which no bot knows.

import Store
import Testing

@testable import Core

final class HaltOffice {
    static let symbols = ["BTC-PERP", "ETH-PERP", "SOL-PERP"]
    let office: LifeOffice
    var world: World { office.desk.world }
    /// Client order ids at the exchange of which the bots know nothing.
    private(set) var strangers: [String] = []

    /// - Parameter rejects: orders in a hundred that the exchange rejects.
    init(rejects: Int = 10) throws {
        office = try LifeOffice(
            bots: 20, [("order_rejects_percent = 0", "order_rejects_percent = \(rejects)")],
            symbols: Self.symbols, basket: Self.symbols)
        try office.pass(.seconds(30))
        for bot in world.bots { bot.limits.maxSlippage = .percent(5) }
        for bot in world.bots {
            for symbol in bot.instruments { try open(bot, symbol) }
        }
        for (index, bot) in world.bots.enumerated() {
            try rest(bot, known: true)
            if index < 5 { try rest(bot, known: true) }
            if index >= 15 { try rest(bot, known: false) }
        }
        try office.pass(.seconds(5))
    }

    /// Asks until the exchange, which rejects one in ten, takes it.
    private func open(_ bot: BotMachine, _ symbol: Int) throws {
        for _ in 0..<50 where !bot.held.contains(where: { $0.symbol == symbol }) {
            let market = world.markets[symbol]
            let price = try #require(market.lastPrice)
            world.trading.submit(
                OrderDraft(
                    symbol: symbol, side: .buy, quantity: market.instrument.minimumQuantity,
                    reduceOnly: false, purpose: .entry, decisionPrice: price, leverage: 3,
                    reason: "entry"), for: bot)
            world.advance(to: world.now + .milliseconds(200))
        }
        try #require(bot.held.contains { $0.symbol == symbol })
    }

    /// A limit order far below the market.
    func rest(_ bot: BotMachine, known: Bool) throws {
        let symbol = bot.instruments[0]
        let instrument = world.markets[symbol].instrument
        let last = try #require(world.markets[symbol].lastPrice)
        let limit = Price(raw: last.raw / 2 / instrument.tick.raw * instrument.tick.raw)
        let id = known ? world.trading.counters.nextOrder() : ID<Order>(0)
        let order = Order(
            id: id, botID: bot.id, keyID: bot.record.keyID ?? ID(0),
            clientOrderID: "rest-\(bot.id)-\(known)-\(id.number)",
            symbol: instrument.symbol, side: .buy, kind: .limit,
            quantity: instrument.minimumQuantity, limitPrice: limit, reduceOnly: false,
            purpose: .entry, decisionPrice: last, leverage: 3, reason: "entry",
            createdAt: world.now, deadline: world.now + .days(1), epoch: 1)
        if known {
            bot.orders.append(order)
            world.journal.note(order)
        } else {
            strangers.append(order.clientOrderID)
        }
        world.trading.venue.place(
            order, symbol: symbol, maxSlippage: nil, at: world.now)
        world.trading.drainVenue()
    }

    var positions: Int { world.bots.reduce(0) { $0 + $1.held.count } }

    /// As the exchange reports them, over all accounts.
    var resting: [VenueOrder] {
        world.bots.compactMap(\.record.keyID).flatMap { world.trading.venue.paper.openOrders($0) }
    }

    var held: Int {
        world.bots.compactMap(\.record.keyID).reduce(0) {
            $0 + world.trading.venue.paper.positions($1).count
        }
    }

    /// Previews and confirms the close of the whole fleet, as the console does.
    @discardableResult
    func halt() throws -> DeskReply {
        let preview = try office.ask(.previewCloseAll(.all))
        let token = try #require(preview.result["preview_token"]?.text)
        return try office.ask(.closeAll(.all, confirmation: .token(token)))
    }

    func progress() throws -> HaltProgress? {
        try BoardReader(over: office.database, owner: (1000, "ada")).fleet().halt
    }
}
