/// A fleet for measuring: many bots whose candles all close at one moment.
import Store

/// Built as every world is; then one candle closes on all streams at once, the way the engine
/// closes it, with decision records on. **Source** <doc:CommandLine#Measurements>.
public final class ColdFleet {
    private let world: World
    private let streams: Int
    private var dice: Randomness
    private var level: Int64 = 30_000

    /// - Parameter streams: symbols that the bots share evenly.
    /// - Throws: ``TemplateError`` for a template that cannot be built.
    public init(bots: Int, streams: Int, template: Template) throws(TemplateError) {
        self.streams = streams
        dice = Randomness(seed: 12)
        let start = Instant(year: 2026, month: 3, day: 10)
        let markets = (0..<streams).map { index in
            Market(MarketModel(Self.listing(index), dice: Randomness(seed: 7), start: start))
        }
        world = World(
            settings: WorldSettings(generation: "0000", keepsHouse: false), markets: markets,
            at: start)
        for index in 0..<bots {
            let number = Int64(index + 1)
            let key = ID<APIKey>(number)
            world.trading.openAccount(key, deposit: .units(1_000_000))
            try world.fleet.add(
                Bot(
                    id: ID(number), label: "bot-\(number)", keyID: key,
                    templateName: template.name, createdAt: start),
                limits: RiskLimits(), template: template, symbols: [Self.symbol(index % streams)])
        }
        world.journal = Journal(scope: world.journal.scope)
    }

    private static func symbol(_ index: Int) -> String { "S\(index)-PERP" }

    private static func listing(_ index: Int) -> MarketListing {
        let lot = Quantity(raw: 100_000)
        return MarketListing(
            instrument: Instrument(
                symbol: symbol(index), tick: Price(raw: 1_000_000_000), lot: lot,
                minimumQuantity: lot),
            startPrice: Price(raw: 300_000_000_000_000))
    }

    /// Closes one candle of a minute on every stream: every bot decides once.
    public func closeCandle() {
        let candle = nextCandle()
        world.state.now = candle.openTime + .minutes(1)
        let trading = world.trading
        for symbol in 0..<streams {
            trading.candleClosed(symbol, candle, trading.watchers[symbol])
        }
    }

    /// Decisions that wait to be written down.
    public var recordedDecisions: Int { world.journal.decisions.count }

    /// Forgets what waits to be written, as a commit does.
    public func commit() { world.journal = Journal(scope: world.journal.scope) }

    private func nextCandle() -> Candle {
        let open = level
        level += Int64(dice.integer(in: -60...60))
        let high = max(open, level) + Int64(dice.integer(in: 0...20))
        let low = min(open, level) - Int64(dice.integer(in: 0...20))
        return Candle(
            openTime: world.now, open: .units(open), high: .units(high), low: .units(low),
            close: .units(level), volume: Quantity(raw: 100_000_000))
    }
}

extension Price {
    fileprivate static func units(_ count: Int64) -> Price {
        Price(raw: count * 10_000_000_000)
    }
}
