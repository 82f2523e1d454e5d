/// The seeded market's state as text, exact to the last bit.
import Store

extension MarketModel {
    /// Goes on from a saved ``state``, fees and grid from the instrument. Nil when it is none.
    public init?(instrument: Instrument, state: String) {
        var words = StateWords(state)
        guard words.word() == "model1", let step = words.whole(),
            let start = words.whole(), let numbers = words.numbers(4),
            let dice = words.word().flatMap({ Randomness(state: $0) })
        else { return nil }
        let listing = MarketListing(
            instrument: instrument, startPrice: Price(raw: start), volatility: numbers[0],
            spreadBasisPoints: numbers[1], levelValue: numbers[2], dailyValue: numbers[3])
        guard start > 0, instrument.tick.isPositive, instrument.lot.isPositive else { return nil }
        self.init(
            listing, dice: dice, start: Instant(milliseconds: 0),
            step: Span(milliseconds: step))
        self.dice = dice
        guard read(&words), words.isAtEnd else { return nil }
        setPace()
    }

    private mutating func read(_ words: inout StateWords) -> Bool {
        guard let clock = words.whole(), let opened = words.whole(), let due = words.whole(),
            let prices = words.wholes(5), let levels = words.numbers(2),
            let regime = words.whole(), let left = words.whole(), let crunch = words.whole(),
            let numbers = words.numbers(9),
            let known = MarketTemper.Regime(rawValue: Int(regime)),
            holds(prices, clock: clock, minutes: [left, crunch])
        else { return false }
        now = Instant(milliseconds: clock)
        (hasOpened, candleIsDue) = (opened == 1, due == 1)
        (last, open, high) = (prices[0], prices[1], prices[2])
        (low, volume) = (prices[3], prices[4])
        (level, minuteOpenLevel) = (levels[0], levels[1])
        (temper.regime, temper.minutesLeft, temper.crunchMinutes) = (known, Int(left), Int(crunch))
        temper.strength = numbers[0]
        temper.variance = numbers[1]
        temper.anchor = numbers[2]
        temper.average = numbers[3]
        temper.funding = numbers[4]
        temper.spread = numbers[5]
        temper.levelValue = numbers[6]
        temper.levelDistance = numbers[7]
        temper.imbalance = numbers[8]
        return true
    }

    /// Whether it could go on from these without an overflow.
    private func holds(_ prices: [Int64], clock: Int64, minutes: [Int64]) -> Bool {
        let far: Int64 = 1 << 53
        let most = max(Countable.largestPrice.raw / listing.instrument.tick.raw, 1)
        return prices[..<4].allSatisfy { 1...most ~= $0 }
            && 0...(Int64.max / listing.instrument.lot.raw) ~= prices[4]
            && ([clock] + minutes).allSatisfy { -far...far ~= $0 }
    }

    /// The exact state: a market made from it goes on as this one would.
    public var state: String {
        var words = ["model1", String(step.milliseconds), String(listing.startPrice.raw)]
        words += [
            listing.volatility, listing.spreadBasisPoints, listing.levelValue, listing.dailyValue,
        ].map(StateWords.text)
        words.append(dice.state)
        words += [now.milliseconds, hasOpened ? 1 : 0, candleIsDue ? 1 : 0].map { String($0) }
        words += [last, open, high, low, volume].map { String($0) }
        words += [level, minuteOpenLevel].map(StateWords.text)
        words += [temper.regime.rawValue, temper.minutesLeft, temper.crunchMinutes].map {
            String($0)
        }
        words += [
            temper.strength, temper.variance, temper.anchor, temper.average, temper.funding,
            temper.spread, temper.levelValue, temper.levelDistance, temper.imbalance,
        ].map(StateWords.text)
        return words.joined(separator: " ")
    }
}

/// Words of a saved state, read one after another.
struct StateWords {
    private var rest: ArraySlice<Substring>

    init(_ text: String) { rest = text.split(separator: " ")[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func word() -> String? { rest.popFirst().map(String.init) }

    mutating func whole() -> Int64? { rest.popFirst().flatMap { Int64($0) } }

    mutating func wholes(_ count: Int) -> [Int64]? {
        let values = (0..<count).compactMap { _ in whole() }
        return values.count == count ? values : nil
    }

    /// Bit patterns in hexadecimal, so that no digit is lost.
    mutating func numbers(_ count: Int) -> [Double]? {
        let values = (0..<count).compactMap { _ in
            rest.popFirst().flatMap { UInt64($0, radix: 16) }.map { Double(bitPattern: $0) }
        }
        return values.count == count && values.allSatisfy(\.isFinite) ? values : nil
    }

    static func text(_ value: Double) -> String { String(value.bitPattern, radix: 16) }
}
