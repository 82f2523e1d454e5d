/// Days of market that several seeds share, so that bots start warm without playing them again.
import Store

/// Three markets up to one instant: their models as they stand there, their candles before it.
struct SimulatedPast: Sendable {
    static let end = Instant(year: 2026, month: 3, day: 4)
    static let length = Span.days(11)

    let models: [MarketModel]
    let candles: [[Candle]]

    /// A calm market, a wild one with thinner books, and one whose books hold next to nothing.
    static let listings = [
        listing("CALM-PERP", "3150", "0.01", "0.01", volatility: 0.3, spread: 0.8, level: 90_000),
        listing("WILD-PERP", "182", "0.01", "0.1", volatility: 1.5, spread: 0.9, level: 6000),
        listing("THIN-PERP", "17.85", "0.001", "0.1", volatility: 0.9, spread: 1.2, level: 260),
    ]

    static var symbols: [String] { listings.map(\.instrument.symbol) }

    static let all: [SimulatedPast] = (0..<4).map { SimulatedPast(seed: UInt64($0)) }

    private init(seed: UInt64) {
        let dice = Randomness(seed: seed).fork(named: "past")
        var models: [MarketModel] = []
        var candles: [[Candle]] = []
        for listing in Self.listings {
            var model = MarketModel(
                listing, dice: dice, start: Self.end - Self.length, step: .seconds(60))
            candles.append(Self.play(&model))
            models.append(model)
        }
        self.models = models
        self.candles = candles
    }

    private static func play(_ model: inout MarketModel) -> [Candle] {
        var candles: [Candle] = []
        var aggregator = CandleAggregator(from: .minutes(1), to: .fifteenMinutes)
        while model.nextAt <= end {
            guard case .candle(let candle) = model.next().event else { continue }
            if let whole = aggregator.add(candle).complete { candles.append(whole) }
        }
        return candles
    }

    private static func listing(
        _ symbol: String, _ price: String, _ tick: String, _ lot: String, volatility: Double,
        spread: Double, level: Double
    ) -> MarketListing {
        let lot = (try? Quantity.parse(lot)) ?? .zero
        return MarketListing(
            instrument: Instrument(
                symbol: symbol, tick: (try? Price.parse(tick)) ?? .zero, lot: lot,
                minimumQuantity: lot, maxLeverage: 50),
            startPrice: (try? Price.parse(price)) ?? .zero, volatility: volatility,
            spreadBasisPoints: spread, levelValue: level, dailyValue: 300_000_000)
    }
}
