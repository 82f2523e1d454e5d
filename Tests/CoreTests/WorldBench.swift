/// One bot over a few candles of the test's own: prices and orders by hand, to the tick.
import Store
import TestKit

@testable import Core

final class WorldBench {
    static let start = Instant(year: 2026, month: 3, day: 2)
    static let key = ID<APIKey>(1)
    private let scratch = Scratch("plutarc-world")
    let world: World
    let bot: BotMachine

    /// - Parameters:
    ///   - rows: open, high, low and close of one-minute candles; the symbols all play the same.
    ///   - symbols: of the bot's key.
    ///   - contract: what is traded.
    ///   - minimumNotional: what an order must be worth.
    init(
        _ rows: [(Double, Double, Double, Double)] = flat, symbols: [String] = ["X"],
        template: Template = follower, limits: RiskLimits = RiskLimits(),
        contract: Contract = .plain, minimumNotional: Money = .zero, isReplay: Bool = false
    ) throws {
        var text = "open_time_ms,open,high,low,close,volume\n"
        for (index, row) in rows.enumerated() {
            let time = Self.start.milliseconds + Int64(index) * 60_000
            text += "\(time),\(row.0),\(row.1),\(row.2),\(row.3),1000\n"
        }
        let file = scratch.write("X.csv", text)
        let markets = try symbols.map { symbol in
            var instrument = Self.instrument(symbol)
            (instrument.contract, instrument.minimumNotional) = (contract, minimumNotional)
            return Market(
                try RecordedMarket(
                    path: file, symbol: symbol, instrument: instrument,
                    candleSpan: .minutes(1)))
        }
        world = World(
            settings: WorldSettings(generation: "t", latency: .seconds(0), keepsHouse: false),
            markets: markets, at: Self.start, journal: isReplay ? .replay : .everything)
        world.trading.openAccount(Self.key, deposit: .units(10_000))
        try world.fleet.add(
            Bot(
                id: ID(1), label: "trend-1", keyID: Self.key, templateName: template.name,
                templateVersion: 1, createdAt: Self.start),
            limits: limits, template: template, symbols: symbols)
        bot = world.bots[0]
    }

    static let flat = Array(repeating: (100.0, 100.0, 100.0, 100.0), count: 5)

    /// Tick 0.01, lot 0.001, no fees: sums are as round as the prices.
    static func instrument(_ symbol: String) -> Instrument {
        Instrument(
            symbol: symbol, tick: price(0.01), lot: quantity(0.001),
            minimumQuantity: quantity(0.001), makerFee: .zero, takerFee: .zero, maxLeverage: 20)
    }

    /// Enters when a close lies 1 % beyond the one before; stop 2 %, target 4 %.
    static let follower = Template(
        name: "Follower", timeframe: .oneMinute, mode: .any,
        components: [
            ComponentSpec("Rate of Change", .signal, ["period": "1", "threshold": "1"]),
            ComponentSpec("Hard Stop Loss", .exit), ComponentSpec("Take Profit", .exit),
        ])

    static func price(_ units: Double) -> Price { Price(nearest: units) }
    static func quantity(_ units: Double) -> Quantity { Quantity(nearest: units) }

    /// An exchange that rejects every order, though nothing is wrong with it.
    static let busy = weather(VenueWeather.Climate(calmMinutes: 0, rejectPercent: 100))
    /// An exchange that answers nothing.
    static let deaf = weather(VenueWeather.Climate(calmMinutes: 0, strayPerTenThousand: 10_000))

    private static func weather(_ climate: VenueWeather.Climate) -> VenueWeather {
        VenueWeather(climate, dice: Randomness(seed: 1), start: start)
    }

    /// Plays up to a minute of the candles, everything at that instant included.
    func play(minute: Int64, seconds: Int64 = 0) {
        world.advance(to: Self.start + .minutes(minute) + .seconds(seconds))
    }

    /// A trade at a price, now.
    func print(_ units: Double, symbol: Int = 0) {
        world.trading.tradePrinted(symbol, Self.price(units), nil, world.trading.watchers[symbol])
    }

    /// What a recorded candle traded at after its open, now.
    func range(_ symbol: Int, high: Double, low: Double, close: Double) {
        let candle = Candle(
            openTime: world.now, open: Self.price(close), high: Self.price(high),
            low: Self.price(low), close: Self.price(close), volume: .zero)
        world.trading.rangeTraded(symbol, candle, world.trading.watchers[symbol])
    }

    func status(of order: ID<Order>) -> OrderStatus? {
        world.journal.orders.first { $0.id == order }?.status
    }

    /// Sends an entry as if the strategy had decided it.
    @discardableResult
    func enter(
        _ side: Side = .long, _ units: Double = 10, decision: Double = 100, leverage: Int = 3,
        symbol: Int = 0
    ) -> ID<Order> {
        world.trading.submit(
            OrderDraft(
                symbol: symbol, side: side.opening, quantity: Self.quantity(units),
                reduceOnly: false, purpose: .entry, decisionPrice: Self.price(decision),
                leverage: leverage, reason: "entry"), for: bot)
    }

    /// An entry that waits at the exchange for a print, while nobody has heard that it was taken.
    func enterUnheard() -> ID<Order> {
        print(100)
        range(0, high: 100, low: 100, close: 100)
        let order = enter()
        bot.orders[0].status = .intent
        return order
    }

    var trades: [Trade] { world.journal.trades }
    var held: [Position] { bot.positions }
    /// What the feed tells, oldest first: `pause`, `filled`.
    var feed: [String] { world.journal.activities.map(\.what) }
    var paused: PauseCause? { bot.record.isPaused ? bot.record.pauseCause : nil }
}
