/// Seeded prices of one contract: prints on a clock, minute candles, a book, a funding rate.
import Store

/// Equal listing, seed, start and step give the same history on every machine; the state is saved
/// as text and goes on exactly. No allocation per event.
/// **Source** <doc:ProductRules#Seeded-market>.
public struct MarketModel: Sendable, Equatable {
    public let listing: MarketListing
    /// Time from print to print. **Range** 1 s to 60 s, a divisor of the minute.
    public let step: Span
    var dice: Randomness
    var temper: MarketTemper
    /// Moment of the last print; of the first one while there is none.
    var now: Instant
    var hasOpened = false
    var candleIsDue = false
    /// The price before it is brought onto the tick.
    var level: Double
    var minuteOpenLevel: Double
    /// Price in ticks of the last print and of the minute so far; volume in lots.
    var last: Int64
    var open: Int64
    var high: Int64
    var low: Int64
    var volume: Int64 = 0
    private var pace = Pace()

    /// What holds for a whole minute; a function of the rest, so it is not saved.
    private struct Pace: Sendable, Equatable {
        var drift = 0.0
        var pull = 0.0
        var deviation = 0.0
        var lots = 0.0
        var spreadTicks: Int64 = 1
        var levelTicks: Int64 = 1
        var bidLots: Int64 = 1
        var askLots: Int64 = 1
    }

    /// A market whose first print is at `start` (brought down to its minute).
    /// A step that does not divide a minute becomes the next shorter one that does.
    public init(
        _ listing: MarketListing, dice: Randomness, start: Instant, step: Span = .seconds(5)
    ) {
        self.listing = listing
        self.step = Self.lawful(step)
        self.dice = dice.fork(named: listing.instrument.symbol)
        temper = MarketTemper(listing)
        now = start.floored(to: .minutes(1))
        level = listing.startPrice.double
        minuteOpenLevel = level
        last = max(1, listing.startPrice.raw / listing.instrument.tick.raw)
        (open, high, low) = (last, last, last)
        setPace()
    }

    private static func lawful(_ step: Span) -> Span {
        let seconds = min(max(step.milliseconds / 1000, 1), 60)
        var divisor = seconds
        while 60 % divisor != 0 { divisor -= 1 }
        return .seconds(divisor)
    }

    /// When the next event happens.
    public var nextAt: Instant { hasOpened && !candleIsDue ? now + step : now }

    /// The same, with its turn at that instant. A print ends what was before it.
    var nextMoment: Moment { Moment(nextAt, candleIsDue ? .close : .price) }

    /// A print each step; right after the last print of a minute, that minute's candle.
    public mutating func next() -> TimedMarketEvent {
        if candleIsDue { return closeMinute() }
        if hasOpened {
            advance()
        } else {
            hasOpened = true
        }
        return TimedMarketEvent(at: now, event: .trade(price: price(last)))
    }

    private mutating func advance() {
        now = now + step
        let shock = dice.normal()
        let share =
            pace.drift + pace.pull * (temper.anchor - level) / level
            + pace.deviation * shock
        level *= 1 + share
        let tick = listing.instrument.tick.raw
        last = Int64(within: level * Self.priceUnits / Double(tick) + 0.5)
        last = min(max(last, 1), Countable.largestPrice.raw / tick)
        if last > high { high = last }
        if last < low { low = last }
        let rush = shock < 0 ? -shock : shock
        volume += Self.count(pace.lots * (0.4 + 0.6 * rush + 0.4 * dice.uniform()) + 1)
        candleIsDue = now.milliseconds % 60_000 == 0
    }

    private mutating func closeMinute() -> TimedMarketEvent {
        candleIsDue = false
        let candle = Candle(
            openTime: now - .minutes(1), open: price(open), high: price(high), low: price(low),
            close: price(last), volume: listing.instrument.lot * volume)
        let change = level / minuteOpenLevel - 1
        temper.passMinute(listing, level: &level, minuteReturn: change, dice: &dice)
        level = max(level, listing.startPrice.double * 0.02)
        minuteOpenLevel = level
        // The minute's first instant belongs to it: it opens where the last one closed.
        (open, high, low, volume) = (last, last, last, 0)
        setPace()
        return TimedMarketEvent(at: now, event: .candle(candle))
    }

    private static let priceUnits = Double(powerOfTen(Price.scale))

    private func price(_ ticks: Int64) -> Price { listing.instrument.tick * ticks }

    /// A whole number above zero, of which sums of many still can be counted.
    private static func count(_ value: Double) -> Int64 {
        min(max(1, Int64(within: value)), 1 << 48)
    }

    /// Works out what holds until the next minute. Throws no dice.
    mutating func setPace() {
        let seconds = Double(step.milliseconds) / 1000
        // As at the minute's opening, whenever this is called within it.
        let opening = candleIsDue ? now - .minutes(1) : now.floored(to: .minutes(1))
        let level = minuteOpenLevel
        let season = MarketTemper.season(at: opening)
        let minute = MarketTemper.minuteDeviation(listing)
        // 7.746 is the root of sixty minutes: strength counts hourly deviations an hour.
        let hourly = minute * 7.746 * temper.strength * Double(temper.regime.rawValue)
        pace.drift = hourly * seconds / 3600
        pace.pull = temper.regime == .ranging ? 0.22 * seconds / 3600 : 0
        let restless = (temper.variance * season * seconds / 60).squareRoot()
        pace.deviation = minute * restless
        let tick = listing.instrument.tick
        let lotValue = listing.lotValue(at: level)
        let busy = season * (0.4 + 0.6 * temper.variance)
        pace.lots = listing.dailyValue * seconds / 86_400 / lotValue * busy
        pace.spreadTicks = Self.count(level * temper.spread / tick.double + 0.5)
        pace.levelTicks = Self.count(level * temper.levelDistance / tick.double + 0.5)
        let depth = temper.levelValue / lotValue
        pace.bidLots = Self.count(depth * (1 + temper.imbalance))
        pace.askLots = Self.count(depth * (1 - temper.imbalance))
    }
}

extension MarketModel {
    /// The last print; nil before the first.
    public var lastPrice: Price? { hasOpened ? price(last) : nil }

    /// Per eight hours.
    public var fundingRate: Rate { Rate(nearest: temper.funding) }

    /// Open contracts, in base units.
    public var openInterest: Double { temper.openInterest(listing) }

    /// The offers around the last print; nil before it.
    public var book: Book? {
        guard hasOpened else { return nil }
        let instrument = listing.instrument
        let bid = max(1, last - pace.spreadTicks / 2)
        return Book(
            bid: price(bid), ask: price(bid + pace.spreadTicks),
            levelStep: price(pace.levelTicks),
            bidDepth: instrument.lot * pace.bidLots,
            askDepth: instrument.lot * pace.askLots)
    }

    /// Where this market stands for the exchange.
    public var phase: VenuePhase { hasOpened ? .printing : .silent }
}

extension MarketListing {
    /// What one lot is worth at a level of prices.
    fileprivate func lotValue(at level: Double) -> Double {
        let contract = instrument.contract
        if contract.isPlain { return level * instrument.lot.double }
        let value = contract.value(of: instrument.lot, at: Price(nearest: level))
        return max(value, Money(raw: 1)).double
    }
}
