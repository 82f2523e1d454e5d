/// Components candle by candle against their definitions over a whole series.

import Store
import Testing

@testable import Core

/// The definitions are written here a second time, without any state.
@Suite struct StrategyWholeSeriesTests {
    static let seeds: [UInt64] = [2, 19]
    private typealias Laws = StrategyLawTests

    private func bars(_ seed: UInt64) -> [Bar] { Laws.bars(seed) }

    private func votes(
        _ name: String, _ bars: [Bar], _ parameters: [String: String] = [:]
    ) throws -> [Vote] {
        let signal = try StrategyComponentTests.signal(name, parameters)
        return bars.map { signal.vote($0, MarketContext()) }
    }

    private func verdicts(_ name: String, _ role: ComponentRole, _ bars: [Bar]) throws
        -> [Verdict]
    {
        let check = try StrategyComponentTests.check(name, role, timeframe: .fiveMinutes)
        return bars.map { check.verdict($0, MarketContext()) }
    }

    /// What is compared must vary, too.
    private func expectSame<Value: Equatable>(
        _ found: [Value], _ wanted: (Int) -> Value, _ title: String
    ) {
        let wrong = found.indices.filter { found[$0] != wanted($0) }
        #expect(wrong.isEmpty, "\(title) differs at \(wrong.prefix(5))")
        let kinds = found.reduce(into: [Value]()) { if !$0.contains($1) { $0.append($1) } }
        #expect(kinds.count >= 3 || title == "ATR", "\(title) says \(kinds)")
    }

    static func mean(_ values: some Collection<Double>) -> Double {
        values.reduce(0, +) / Double(values.count)
    }

    /// Of the population.
    static func deviation(_ values: some Collection<Double>) -> Double {
        let middle = mean(values)
        return mean(values.map { ($0 - middle) * ($0 - middle) }).squareRoot()
    }

    /// Wilder's average true range at each index; nil before `period`.
    static func ranges(_ bars: [Bar], _ period: Int) -> [Double?] {
        let single = bars.indices.dropFirst().map { index in
            let (bar, before) = (bars[index], bars[index - 1].close)
            return max(bar.high - bar.low, abs(bar.high - before), abs(bar.low - before))
        }
        var all = [Double?](repeating: nil, count: bars.count)
        for index in bars.indices where index >= period {
            guard let before = all[index - 1] else {
                all[index] = mean(single[..<period])
                continue
            }
            all[index] = (before * Double(period - 1) + single[index - 1]) / Double(period)
        }
        return all
    }

    @Test(arguments: seeds) func zScore(_ seed: UInt64) throws {
        let bars = bars(seed)
        expectSame(try votes("Z-Score", bars), { index -> Vote in
            guard index >= 49 else { return .noData }
            let window = bars[(index - 49)...index].map(\.close)
            let score = (bars[index].close - Self.mean(window)) / Self.deviation(window)
            return score <= -2 ? .long : score >= 2 ? .short : .neutral
        }, "Z-Score")
    }

    @Test(arguments: seeds) func vwapDeviation(_ seed: UInt64) throws {
        let bars = bars(seed)
        expectSame(try votes("VWAP Deviation", bars), { index -> Vote in
            let day = bars[index].openTime / 86_400_000
            let today = bars[...index].filter { $0.openTime / 86_400_000 == day }
            guard today.count >= 5 else { return .neutral }
            let weight = today.reduce(0) { $0 + $1.volume }
            let middle = today.reduce(0) { $0 + $1.typicalPrice * $1.volume } / weight
            let spread = today.reduce(0) {
                $0 + ($1.typicalPrice - middle) * ($1.typicalPrice - middle) * $1.volume
            }
            let distance = (bars[index].close - middle) / (spread / weight).squareRoot()
            return distance <= -1.5 ? .long : distance >= 1.5 ? .short : .neutral
        }, "VWAP Deviation")
    }

    @Test(arguments: seeds) func atrBreakoutAndGate(_ seed: UInt64) throws {
        let bars = bars(seed)
        let ranges = Self.ranges(bars, 14)
        expectSame(try votes("ATR Breakout", bars, ["multiple": "0.5"]), { index -> Vote in
            guard index > 0, let usual = ranges[index - 1] else { return .noData }
            let change = bars[index].close - bars[index - 1].close
            return change > 0.5 * usual ? .long : change < -0.5 * usual ? .short : .neutral
        }, "ATR Breakout")
        expectSame(try verdicts("ATR", .gate, bars), { index -> Verdict in
            guard let range = ranges[index] else { return .noData }
            return Verdict(passes: 100 * range / bars[index].close >= 0.2)
        }, "ATR")
    }

    @Test(arguments: seeds) func volatilityRegime(_ seed: UInt64) throws {
        let bars = bars(seed)
        let shares = zip(Self.ranges(bars, 14), bars).map { range, bar in
            range.map { $0 / bar.close }
        }
        var ranks: [Double] = []
        expectSame(try verdicts("Volatility Regime Classifier", .gate, bars), { index -> Verdict in
            guard index >= 113, let newest = shares[index] else { return .noData }
            let window = shares[(index - 99)...index].compactMap { $0 }
            let below = Double(window.count { $0 < newest })
            let rank = below + 0.5 * Double(window.count { $0 == newest })
            ranks.append(rank)
            return Verdict(passes: rank < 80)
        }, "Regime")
        #expect(ranks.allSatisfy { (0.5...99.5).contains($0) })
    }

    @Test(arguments: seeds) func volumeSpikeAsGateAndSignal(_ seed: UInt64) throws {
        let bars = bars(seed)
        func ratio(_ index: Int) -> Double? {
            guard index >= 20 else { return nil }
            return bars[index].volume / Self.mean(bars[(index - 20)..<index].map(\.volume))
        }
        expectSame(try votes("Volume Spike", bars), { index -> Vote in
            guard let ratio = ratio(index) else { return .noData }
            return ratio >= 2 ? Vote(signOf: bars[index].close - bars[index].open) : .neutral
        }, "Volume Spike")
        expectSame(try verdicts("Volume Spike", .gate, bars), { index -> Verdict in
            ratio(index).map { Verdict(passes: $0 >= 0.5) } ?? .noData
        }, "Volume Spike gate")
    }

    @Test(arguments: seeds) func obvTrend(_ seed: UInt64) throws {
        let bars = bars(seed)
        var flow = [bars[0].volume]
        for index in bars.indices.dropFirst() {
            let change = bars[index].close - bars[index - 1].close
            let side = change > 0 ? 1.0 : change < 0 ? -1 : 0
            flow.append(flow[index - 1] + side * bars[index].volume)
        }
        expectSame(try votes("OBV Trend", bars), { index -> Vote in
            guard index >= 19 else { return .noData }
            return Vote(signOf: flow[index] - Self.mean(flow[(index - 19)...index]))
        }, "OBV Trend")
    }

    @Test(arguments: seeds) func keltnerSqueezeFilter(_ seed: UInt64) throws {
        let bars = bars(seed)
        let single = bars.indices.map { index -> Double in
            guard index > 0 else { return 0 }
            let before = bars[index - 1].close
            return max(bars[index].high, before) - min(bars[index].low, before)
        }
        /// Exponential, seeded with the mean of the first twenty from `first` on.
        func average(_ values: [Double], from first: Int) -> [Double] {
            var all = [Double](repeating: 0, count: values.count)
            for index in values.indices where index >= first + 19 {
                all[index] =
                    index == first + 19
                    ? Self.mean(values[first...index])
                    : all[index - 1] * (19.0 / 21) + values[index] * (2.0 / 21)
            }
            return all
        }
        let middles = average(bars.map(\.close), from: 0)
        let widths = average(single, from: 1)
        expectSame(try verdicts("Keltner Squeeze", .filter, bars), { index -> Verdict in
            guard index >= 20 else { return .noData }
            let window = bars[(index - 19)...index].map(\.close)
            let (mean, reach) = (Self.mean(window), 2 * Self.deviation(window))
            let inside =
                mean + reach < middles[index] + 1.5 * widths[index]
                && mean - reach > middles[index] - 1.5 * widths[index]
            return Verdict(passes: !inside)
        }, "Keltner Squeeze")
    }

    /// Growing interest confirms a move, shrinking interest makes it one to fade.
    @Test(arguments: seeds) func openInterestDivergence(_ seed: UInt64) throws {
        let bars = bars(seed)
        let interest = Laws.bars(seed + 1).map { $0.close * 1000 }
        let signal = try StrategyComponentTests.signal("Open Interest")
        let found = bars.indices.map { index in
            signal.vote(bars[index], MarketContext(openInterest: interest[index]))
        }
        expectSame(found, { index -> Vote in
            guard index >= 12 else { return .noData }
            let change = 100 * (interest[index] / interest[index - 12] - 1)
            guard abs(change) >= 3 else { return .neutral }
            let move = bars[index].close - bars[index - 12].close
            return Vote(signOf: change > 0 ? move : -move)
        }, "Open Interest Divergence")
        #expect(Set(found).count == 4)
    }
}
