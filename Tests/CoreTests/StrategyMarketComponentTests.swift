/// Components that look at ranges, volume, and what the market offers besides candles.

import Store
import Testing

@testable import Core

@Suite struct StrategyMarketComponentTests {
    private typealias Parts = StrategyComponentTests
    private let bar = StrategyCandles.bar(100)

    private func calm(_ count: Int) -> [Double] { (0..<count).map { 100 + Double($0 % 2) * 0.2 } }

    @Test(arguments: ["Donchian Breakout", "ATR Breakout", "Rate of Change", "Keltner Squeeze"])
    func breakoutSignalsFollowAJump(_ name: String) throws {
        let before = calm(100)
        #expect(Parts.votes(try Parts.signal(name), before).last == .neutral)
        #expect(Parts.votes(try Parts.signal(name), before + [110]).last == .long)
        #expect(Parts.votes(try Parts.signal(name), before + [90]).last == .short)
    }

    @Test(arguments: ["Stochastic", "VWAP Deviation"])
    func rangeSignalsFadeItsEdges(_ name: String) throws {
        let down = [100.0, 101] + (0..<60).map { 100 - Double($0) * 0.3 }
        #expect(Parts.votes(try Parts.signal(name), down).last == .long)
        #expect(Parts.votes(try Parts.signal(name), down.map { 200 - $0 }).last == .short)
    }

    @Test func stochasticCrossNeedsTheExtreme() throws {
        let down = (0..<60).map { 100 - Double($0) }
        let closes = down + [60]
        let signal = try Parts.signal("Stochastic", ["on": "cross"])
        let votes = Parts.votes(signal, closes)
        #expect(votes.last == .long && votes.dropLast().allSatisfy { $0 != .long })
        let middle = try Parts.signal("Stochastic", ["on": "cross", "low": "1"])
        #expect(!Parts.votes(middle, closes).contains(.long))
    }

    @Test func squeezeFilterBlocksAQuietMarketOnly() throws {
        let filter = try Parts.check("Keltner Squeeze", .filter)
        var verdict = Verdict.noData
        for (index, close) in calm(60).enumerated() {
            verdict = filter.verdict(StrategyCandles.bar(close, at: index), .init())
        }
        #expect(verdict == .block)
        #expect(filter.verdict(StrategyCandles.bar(120, at: 60), .init()) == .pass)
    }

    @Test func volumeGateAndSignalCompareWithTheCandlesBefore() throws {
        let gate = try Parts.check("Volume Spike", .gate)
        let signal = try Parts.signal("Volume Spike")
        for index in 0..<20 {
            #expect(gate.verdict(StrategyCandles.bar(100, at: index), .init()) == .noData)
            #expect(signal.vote(StrategyCandles.bar(100, at: index), .init()) == .noData)
        }
        #expect(gate.verdict(StrategyCandles.bar(100, volume: 50), .init()) == .pass)
        #expect(gate.verdict(StrategyCandles.bar(100, volume: 40), .init()) == .block)
        var spike = StrategyCandles.bar(101, volume: 200)
        spike.open = 100
        #expect(signal.vote(spike, .init()) == .long)
        spike.open = 102
        spike.volume = 230
        #expect(signal.vote(spike, .init()) == .short)
        spike.volume = 110
        #expect(signal.vote(spike, .init()) == .neutral)
    }

    @Test func obvFollowsTheVolume() throws {
        #expect(Parts.votes(try Parts.signal("OBV"), Parts.rising).last == .long)
        #expect(Parts.votes(try Parts.signal("OBV"), Parts.falling).last == .short)
    }

    @Test func fundingIsFadedBySignalAndBoundedByGate() throws {
        let signal = try Parts.signal("Funding Rate")
        let gate = try Parts.check("Funding Rate", .gate)
        func context(_ raw: Int64) -> MarketContext { MarketContext(fundingRate: Rate(raw: raw)) }
        #expect(signal.vote(bar, context(50_000)) == .short)
        #expect(signal.vote(bar, context(-50_000)) == .long)
        #expect(signal.vote(bar, context(49_999)) == .neutral)
        #expect(signal.vote(bar, .init()) == .noData)
        #expect(gate.verdict(bar, context(-30_000)) == .pass)
        #expect(gate.verdict(bar, context(30_001)) == .block)
        #expect(gate.verdict(bar, .init()) == .noData)
    }

    @Test(arguments: [
        (1.0, 5.0, Vote.long), (-1, 5, .short), (1, -5, .short), (-1, -5, .long),
        (1, 0.1, .neutral),
    ])
    func openInterestConfirmsOrFadesTheMove(
        _ step: Double, _ growth: Double, _ expected: Vote
    ) throws {
        let signal = try Parts.signal("Open Interest Divergence")
        var vote = Vote.noData
        for index in 0..<30 {
            let context = MarketContext(openInterest: 1000 + growth * Double(index))
            let close = 100 + step * Double(index)
            vote = signal.vote(StrategyCandles.bar(close, at: index), context)
        }
        #expect(vote == expected)
        #expect(signal.vote(bar, .init()) == .noData)
        // After a hole it has to see its whole window again.
        #expect(signal.vote(bar, MarketContext(openInterest: 1)) == .noData)
    }

    @Test func bookImbalanceVotesAndBlocksTheOtherSide() throws {
        let signal = try Parts.signal("Order Book Imbalance")
        let filter = try Parts.check("Order Book Imbalance", .filter)
        func context(_ value: Double) -> MarketContext { MarketContext(bookImbalance: value) }
        #expect(signal.vote(bar, context(0.2)) == .long)
        #expect(signal.vote(bar, context(-0.2)) == .short)
        #expect(signal.vote(bar, context(0.19)) == .neutral)
        #expect(signal.vote(bar, .init()) == .noData)
        #expect(filter.verdict(bar, context(0.3)) == .longOnly)
        #expect(filter.verdict(bar, context(-0.3)) == .shortOnly)
        #expect(filter.verdict(bar, context(0)) == .pass)
        #expect(filter.verdict(bar, .init()) == .noData)
    }

    @Test func minimumMoveComparesTheRangeWithTheCost() throws {
        let check = try Parts.check("Minimum move", .guardRole)
        var verdict = Verdict.noData
        func feed(_ cost: Rate?) -> Verdict {
            for index in 0..<25 {
                let bar = StrategyCandles.bar(100, at: index, range: 0.6)
                verdict = check.verdict(bar, MarketContext(roundTripCost: cost))
            }
            return verdict
        }
        #expect(feed(.basisPoints(19)) == .pass)
        #expect(feed(.basisPoints(21)) == .block)
        #expect(feed(nil) == .noData)
    }

    @Test func cooldownWaitsAfterAnExitOnly() throws {
        let check = try Parts.check("Cooldown", .guardRole)
        #expect(check.verdict(bar, .init()) == .pass)
        #expect(check.verdict(bar, MarketContext(candlesSinceExit: 2)) == .block)
        #expect(check.verdict(bar, MarketContext(candlesSinceExit: 3)) == .pass)
    }

    @Test func everyNameOfTheProductIsInTheCatalog() {
        let names = [
            "EMA Cross", "MACD", "Supertrend", "ADX / DMI", "Donchian Breakout",
            "Higher-Timeframe Trend", "RSI", "Stochastic", "Rate of Change",
            "Bollinger Reversion", "Z-Score", "VWAP Deviation", "ATR Breakout",
            "Keltner Squeeze", "ATR", "Volatility Regime Classifier", "Volume Spike", "OBV Trend",
            "Funding Rate", "Open Interest Divergence", "Order Book Imbalance", "Spread",
            "Distance from moving average", "Minimum potential move", "Cooldown",
            "Hard Stop Loss", "Take Profit", "Trailing Stop", "Break-Even Stop",
            "Chandelier Exit", "Volatility Exit", "Time Stop", "Signal Flip Exit",
        ]
        let known = Set(Catalog.components.map(\.name))
        #expect(names.filter { !known.contains($0) }.isEmpty)
        #expect(known.count == Catalog.components.count)
        #expect(known.subtracting(names) == ["ATR Stop"])
    }

    @Test func looksAtTheBookMustAgreeOnTheirDepth() throws {
        let template = Template(
            name: "t", timeframe: .oneMinute, mode: .any,
            components: [
                ComponentSpec("Order Book Imbalance", .signal),
                ComponentSpec("Order Book Imbalance", .filter, ["depth": "5"]),
            ])
        let error = #expect(throws: TemplateError.self) { try template.validate() }
        #expect(error?.key == "depth" && error?.component == 1)
    }
}
