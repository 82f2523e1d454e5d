/// Laws that votes and verdicts keep whatever the prices are: scale, shift, mirror.

import Store
import Testing

@testable import Core

/// Over every component of the catalog that looks at candles alone.
@Suite struct StrategyLawTests {
    static let seeds: [UInt64] = [3, 11, 77]

    /// Roles other than exits, by the name of the component.
    static let cases: [(name: String, role: ComponentRole)] = Catalog.types
        .filter { !$0.asksMarket }.map { $0.kind }.flatMap { kind in
            kind.roles.filter { $0 != .exit }.map { (kind.name, $0) }
        }

    /// Prices on a grid of 1/64, so that sums of them are exact.
    static func bars(_ seed: UInt64, _ change: (Bar) -> Bar = { $0 }) -> [Bar] {
        StrategyCandles.walk(700, seed: seed, start: 256, step: 0.006).map { bar in
            func grid(_ price: Double) -> Double { (price * 64).rounded() / 64 }
            return change(
                Bar(
                    openTime: bar.openTime, open: grid(bar.open), high: grid(bar.high),
                    low: grid(bar.low), close: grid(bar.close), volume: bar.volume.rounded()))
        }
    }

    static func moved(_ bar: Bar, _ change: (Double) -> Double) -> Bar {
        let (one, other) = (change(bar.high), change(bar.low))
        return Bar(
            openTime: bar.openTime, open: change(bar.open), high: max(one, other),
            low: min(one, other), close: change(bar.close), volume: bar.volume)
    }

    /// What it says at each candle, as code: votes -1, 0, 1 and 9 for no data; verdicts in bits.
    static func says(_ name: String, _ role: ComponentRole, _ bars: [Bar]) throws -> [Int] {
        // Long enough for an average over longer candles, and for moves that stand out.
        let settings = [
            "Higher-Timeframe Trend": ["period": "5"], "ATR Breakout": ["multiple": "0.5"],
        ]
        let component = try StrategyComponentTests.make(
            name, role, settings[name] ?? [:], timeframe: .fiveMinutes)
        if role == .signal {
            let signal = try #require(component as? any SignalComponent)
            return bars.map { Int(signal.vote($0, MarketContext()).rawValue) }
        }
        let check = try #require(component as? any EntryCheck)
        return bars.map { Int(check.verdict($0, MarketContext()).code) }
    }

    private func expectLaw(
        _ role: ComponentRole, _ name: String, from first: Int = 0,
        _ change: (Bar) -> Bar, _ expected: (Int) -> Int = { $0 }
    ) throws {
        for seed in Self.seeds {
            let plain = try Self.says(name, role, Self.bars(seed))
            let other = try Self.says(name, role, Self.bars(seed, change))
            let wrong = plain.indices.filter { $0 >= first && other[$0] != expected(plain[$0]) }
            #expect(wrong.isEmpty, "\(role) \(name), seed \(seed): \(wrong.prefix(5))")
        }
    }

    /// What is said must vary, or the laws would hold for a component that says nothing.
    @Test(arguments: cases.indices) func theWalksMakeItSpeak(_ index: Int) throws {
        let (name, role) = Self.cases[index]
        let said = try Self.seeds.flatMap { try Self.says(name, role, Self.bars($0)) }
        let silent = role == .signal ? Int(Vote.noData.rawValue) : Int(Verdict.noData.code)
        let kinds = Set(said).subtracting([silent])
        // Walks of constant width are never too quiet for the ATR gate.
        #expect(kinds.count > 1 || name == "ATR", "\(role) \(name) says \(kinds)")
    }

    @Test(arguments: cases.indices) func thePriceLevelDoesNotMatter(_ index: Int) throws {
        let (name, role) = Self.cases[index]
        for factor in [1024.0, 1 / 65_536.0] {
            try expectLaw(role, name, { Self.moved($0) { $0 * factor } })
        }
    }

    @Test(arguments: cases.indices) func theUnitOfVolumeDoesNotMatter(_ index: Int) throws {
        let (name, role) = Self.cases[index]
        try expectLaw(role, name, { bar in
            var bar = bar
            bar.volume *= 4096
            return bar
        })
    }

    /// Shares of the price are what a shift changes.
    static let relative: Set<String> = ["Rate of Change", "ATR", "Volatility Regime Classifier"]

    @Test(arguments: cases.indices) func aShiftOfAllPricesDoesNotMatter(_ index: Int) throws {
        let (name, role) = Self.cases[index]
        guard !Self.relative.contains(name) else { return }
        try expectLaw(role, name, { Self.moved($0) { $0 + 4096 } })
    }

    /// Upside down, longs are shorts. Shares of the price, and where a supertrend begins, differ.
    @Test(arguments: cases.indices) func upsideDownLongsAreShorts(_ index: Int) throws {
        let (name, role) = Self.cases[index]
        guard !Self.relative.contains(name) else { return }
        let first = name == "Supertrend" ? 400 : 0
        try expectLaw(role, name, from: first, { Self.moved($0) { 1024 - $0 } }) { said in
            guard role != .signal else {
                return said == Int(Vote.noData.rawValue) ? said : -said
            }
            // Bit 0 is long, bit 1 short.
            return said == Int(Verdict.longOnly.code) ? Int(Verdict.shortOnly.code)
                : said == Int(Verdict.shortOnly.code) ? Int(Verdict.longOnly.code) : said
        }
    }

    /// What came long ago, or comes later, changes nothing that a window has forgotten.
    @Test(arguments: [
        "Donchian Breakout", "Stochastic", "Rate of Change", "Bollinger Reversion", "Z-Score",
    ])
    func whatLiesOutsideTheWindowIsForgotten(_ name: String) throws {
        let bars = Self.bars(5)
        let other = Self.bars(6).prefix(300) + bars.dropFirst(300)
        let plain = try Self.says(name, .signal, bars)
        let mixed = try Self.says(name, .signal, Array(other))
        #expect(plain[400...] == mixed[400...])
        #expect(plain[..<300] != mixed[..<300])
    }
}
