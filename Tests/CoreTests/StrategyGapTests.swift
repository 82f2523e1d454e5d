/// Longer timeframes over candles with holes, and over the bounds of days and sessions.

import Store
import Testing

@testable import Core

/// The expected candles are grouped from the whole series at once, by the clock alone.
@Suite struct StrategyGapTests {
    static let pairs: [(minutes: Int64, longer: Timeframe)] = [
        (1, .fiveMinutes), (1, .fifteenMinutes), (1, .oneHour), (5, .fifteenMinutes),
        (5, .oneHour), (5, .fourHours), (30, .oneHour), (60, .fourHours), (60, .oneDay),
    ]
    /// Not at a bound of any longer candle.
    private static let start = Instant(year: 2026, month: 3, day: 6) + .minutes(22 * 60)

    /// Candles with single ones missing, and now and then a hole of half a day.
    private static func holed(_ minutes: Int64, seed: UInt64, count: Int = 3000) -> [Candle] {
        var dice = Randomness(seed: seed)
        var hole = 0
        var candles: [Candle] = []
        for (index, bar) in StrategyCandles.walk(count, seed: seed).enumerated() {
            if dice.chance(1, in: 300) { hole = Int(720 / minutes) + 3 }
            hole -= 1
            guard hole < 0, !dice.chance(1, in: 7) else { continue }
            candles.append(
                Candle(
                    openTime: start + .minutes(minutes * Int64(index)),
                    open: Price(nearest: bar.open), high: Price(nearest: bar.high),
                    low: Price(nearest: bar.low), close: Price(nearest: bar.close),
                    volume: Quantity(nearest: bar.volume.rounded())))
        }
        return candles
    }

    private static func whole(_ parts: [Candle], _ longer: Timeframe) -> Candle? {
        guard let first = parts.first, let last = parts.last else { return nil }
        return Candle(
            openTime: first.openTime.floored(to: longer.span), open: first.open,
            high: parts.map(\.high).max() ?? first.high,
            low: parts.map(\.low).min() ?? first.low, close: last.close,
            volume: parts.reduce(.zero) { $0 + $1.volume })
    }

    /// Groups of candles that share a longer one, in order of time.
    private static func groups(_ candles: [Candle], _ longer: Timeframe) -> [[Candle]] {
        candles.reduce(into: [[Candle]]()) { groups, candle in
            let start = candle.openTime.floored(to: longer.span)
            if groups.last?.first?.openTime.floored(to: longer.span) == start {
                groups[groups.count - 1].append(candle)
            } else {
                groups.append([candle])
            }
        }
    }

    @Test(arguments: pairs.indices) func holesNeitherShiftNorInventNorLose(_ index: Int) {
        let (minutes, longer) = Self.pairs[index]
        let candles = Self.holed(minutes, seed: UInt64(index + 1))
        var aggregator = CandleAggregator(from: .minutes(minutes), to: longer)
        var built: [Candle] = []
        for candle in candles {
            let closed = aggregator.add(candle)
            built += [closed.late, closed.complete].compactMap { $0 }
            // Nothing closes before its time, and nothing waits once a later one has begun.
            let end = candle.openTime + .minutes(minutes)
            #expect(closed.complete.map { $0.openTime + longer.span == end } ?? true)
            #expect(aggregator.pending.map { $0.openTime + longer.span > end } ?? true)
        }
        if let last = aggregator.pending { built.append(last) }
        #expect(built == Self.groups(candles, longer).compactMap { Self.whole($0, longer) })
        #expect(built.allSatisfy { $0.openTime == $0.openTime.floored(to: longer.span) })
        #expect(built.count > 10)
    }

    @Test func daysBeginAtMidnightInUTCAndQuartersOfThemOnTheirHours() {
        let candles = Self.holed(60, seed: 40)
        let days = Self.groups(candles, .oneDay).compactMap { Self.whole($0, .oneDay) }
        #expect(days.allSatisfy { $0.openTime.inDay == .seconds(0) })
        let quarters = Self.groups(candles, .fourHours).compactMap { Self.whole($0, .fourHours) }
        let hours = Set(quarters.map { $0.openTime.inDay.milliseconds / 3_600_000 })
        #expect(hours == [0, 4, 8, 12, 16, 20])
    }

    /// The average over completed longer candles, those that a hole has ended included.
    @Test(arguments: [UInt64(1), 2, 3]) func theTrendOfALongerTimeframe(_ seed: UInt64) throws {
        let candles = Self.holed(60, seed: seed)
        let filter = try StrategyComponentTests.check(
            "HTF Trend", .filter, ["period": "10"], timeframe: .oneHour)
        let found = candles.map { filter.verdict(Bar($0), MarketContext()) }
        let groups = Self.groups(candles, .fourHours)
        var sides = Set<UInt8>()
        for index in candles.indices {
            let end = candles[index].openTime + .hours(1)
            let closes = groups.compactMap { group -> Double? in
                guard let last = group.last, let first = group.first else { return nil }
                let over = first.openTime.floored(to: .hours(4)) + .hours(4)
                let isOver = over == end || candles[index].openTime >= over
                // Its own parts may still be to come.
                return isOver && last.openTime <= candles[index].openTime
                    ? last.close.double : nil
            }
            let wanted = Self.verdict(closes, period: 10)
            #expect(found[index] == wanted, "candle \(index)")
            sides.insert(wanted.code)
        }
        #expect(sides.count == 3, "long, short and no data")
    }

    private static func verdict(_ closes: [Double], period: Int) -> Verdict {
        guard closes.count >= period, let last = closes.last else { return .noData }
        var average = closes.prefix(period).reduce(0, +) / Double(period)
        for close in closes.dropFirst(period) {
            average += (close - average) * 2 / Double(period + 1)
        }
        return Verdict(long: last > average, short: last < average)
    }

    /// Indicators live through the hours in which entries are not allowed.
    @Test func aClosedSessionChangesTheBlockerAndNothingElse() throws {
        for template in SystemTemplates.all {
            let always = try Strategy(template, tick: Price(nearest: 0.01))
            let partly = try Strategy(template, tick: Price(nearest: 0.01))
            let span = template.timeframe.span.milliseconds / 60_000
            for (index, candle) in Self.holed(span, seed: 9, count: 700).enumerated() {
                let isOpen = index / 50 % 2 == 0
                let one = always.close(candle, MarketContext())
                let other = partly.close(candle, MarketContext(), sessionOpen: isOpen)
                #expect(one.score == other.score && one.lean == other.lean)
                #expect(always.snapshot() == partly.snapshot())
                let expected = isOpen || !one.isWarm ? one.firstBlocker : .session
                #expect(other.firstBlocker == expected)
            }
        }
    }
}
