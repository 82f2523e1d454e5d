/// Exit rules as functions of a position's track.

import Store
import Testing

@testable import Core

@Suite struct StrategyExitTests {
    private let context = MarketContext()

    private func track(
        _ side: Side, entry: Double = 100, best: Double? = nil, held: Int = 0, atr: Double? = nil
    ) -> PositionTrack {
        PositionTrack(
            side: side, entryPrice: Price(nearest: entry),
            bestPrice: best.map(Price.init(nearest:)), candlesHeld: held,
            entryATR: atr.map(Price.init(nearest:)))
    }

    private func level(
        _ name: String, _ parameters: [String: String] = [:], _ track: PositionTrack
    ) throws -> Double? {
        let rule = try StrategyComponentTests.make(name, .exit, parameters)
        return try #require(rule as? any LevelRule).level(for: track)?.double
    }

    @Test func fixedLevelsLieOnEitherSideOfTheEntry() throws {
        #expect(try level("Hard Stop Loss", [:], track(.long)) == 98)
        #expect(try level("Hard Stop Loss", [:], track(.short)) == 102)
        #expect(try level("Take Profit", [:], track(.long)) == 104)
        #expect(try level("Take Profit", [:], track(.short)) == 96)
    }

    @Test func levelsAreRoundedAwayFromTheMarket() throws {
        // 2 % below 33.33 is 32.6634, 2 % above 33.9966; 4 %: 34.6632 and 31.9968.
        #expect(try level("Hard Stop Loss", [:], track(.long, entry: 33.33)) == 32.66)
        #expect(try level("Hard Stop Loss", [:], track(.short, entry: 33.33)) == 34.00)
        #expect(try level("Take Profit", [:], track(.long, entry: 33.33)) == 34.67)
        #expect(try level("Take Profit", [:], track(.short, entry: 33.33)) == 31.99)
    }

    @Test func trailingArmsAtItsGainAndFollowsTheBestPrice() throws {
        #expect(try level("Trailing Stop", [:], track(.long, best: 101.49)) == nil)
        #expect(try level("Trailing Stop", [:], track(.long, best: 101.5)) == 100.48)
        #expect(try level("Trailing Stop", [:], track(.long, best: 110)) == 108.9)
        #expect(try level("Trailing Stop", [:], track(.short, best: 98.5)) == 99.49)
        #expect(try level("Trailing Stop", [:], track(.short, best: 98.51)) == nil)
    }

    @Test func breakEvenKeepsItsOffsetOnceArmed() throws {
        #expect(try level("Break-Even Stop", [:], track(.long, best: 100.99)) == nil)
        #expect(try level("Break-Even Stop", [:], track(.long, best: 101)) == 100.1)
        #expect(try level("Break-Even Stop", [:], track(.short, best: 99)) == 99.9)
    }

    @Test func atrStopHangsFromTheDecision() throws {
        var position = track(.long, entry: 101, atr: 1.5)
        position.decisionClose = Price(nearest: 100)
        #expect(try level("ATR Stop", [:], position) == 97)
        position.side = .short
        #expect(try level("ATR Stop", [:], position) == 103)
        #expect(try level("ATR Stop", [:], track(.long)) == nil)
    }

    /// A level is a price: no digit of it comes out of a binary product.
    @Test func theDistanceOfAStopIsExact() throws {
        let rule = try StrategyComponentTests.make("ATR Stop", .exit, ["multiple": "1.1"])
        let position = track(.long, entry: 1_000_000, atr: 470_000)
        let exact = try Price.parse("483000")
        #expect(try #require(rule as? any LevelRule).level(for: position) == exact)
        let binary = position.decisionClose - Price(nearest: 1.1 * 470_000)
        #expect(position.stop(binary, tick: try Price.parse("0.01")) != exact)
    }

    @Test func aStopBelowZeroIsNoLevel() throws {
        #expect(try level("ATR Stop", [:], track(.long, entry: 1, atr: 5)) == nil)
    }

    @Test func chandelierHangsFromTheExtremeOfItsWindow() throws {
        let rule = try StrategyComponentTests.make("Chandelier Exit", .exit)
        let chandelier = try #require(rule as? ChandelierExit)
        #expect(chandelier.level(for: track(.long)) == nil)
        for index in 0..<60 { chandelier.follow(StrategyCandles.bar(100, at: index)) }
        #expect(chandelier.level(for: track(.long))?.double == 95)
        #expect(chandelier.level(for: track(.short))?.double == 105)
    }

    @Test func timeStopTriggersAtItsCandle() throws {
        let rule = try StrategyComponentTests.make("Time Stop", .exit)
        let stop = try #require(rule as? TimeStop)
        let idle = Decision(score: 0, lean: nil, side: nil, isWarm: true, firstBlocker: .score)
        #expect(!stop.triggers(for: track(.long, held: 47), idle))
        #expect(stop.triggers(for: track(.long, held: 48), idle))
    }

    @Test func signalFlipNeedsTheOppositeScorePastTheThreshold() throws {
        let rule = try StrategyComponentTests.make("Signal Flip Exit", .exit)
        let flip = try #require(rule as? SignalFlipExit)
        func decision(_ lean: Side?) -> Decision {
            Decision(score: -0.6, lean: lean, side: nil, isWarm: true, firstBlocker: .direction)
        }
        #expect(flip.triggers(for: track(.long), decision(.short)))
        #expect(!flip.triggers(for: track(.long), decision(nil)))
        #expect(!flip.triggers(for: track(.short), decision(.short)))
    }

    @Test func volatilityExitComparesWithTheEntry() throws {
        let rule = try StrategyComponentTests.make("Volatility Exit", .exit)
        let exit = try #require(rule as? VolatilityExit)
        for index in 0..<60 { exit.follow(StrategyCandles.bar(100, at: index)) }
        let idle = Decision(score: 0, lean: nil, side: nil, isWarm: true, firstBlocker: .score)
        #expect(exit.triggers(for: track(.long, atr: 0.9), idle))
        #expect(!exit.triggers(for: track(.long, atr: 1.1), idle))
        #expect(!exit.triggers(for: track(.long), idle))
    }

    @Test func theTightestStopAndTheNearestTargetAreTold() throws {
        let template = Template(
            name: "t", timeframe: .oneMinute, mode: .weighted,
            components: [
                ComponentSpec("RSI", .signal), ComponentSpec("Hard Stop Loss", .exit),
                ComponentSpec("Trailing Stop", .exit), ComponentSpec("Take Profit", .exit),
                ComponentSpec("Take Profit", .exit, ["percent": "3"]),
            ])
        let strategy = try Strategy(template, tick: Price(nearest: 0.01))
        let fresh = strategy.levels(for: track(.long))
        #expect(fresh.stop?.price.double == 98 && fresh.stop?.rule == 1)
        #expect(fresh.target?.price.double == 103 && fresh.target?.rule == 4)
        let ahead = strategy.levels(for: track(.long, best: 102))
        #expect(ahead.stop?.price.double == 100.98 && ahead.stop?.rule == 2)
        let short = strategy.levels(for: track(.short, best: 98))
        #expect(short.stop?.price.double == 98.98 && short.target?.price.double == 97)
    }

    @Test func aTrackSeesExtremesOnItsSide() {
        var position = track(.short)
        for price in [99.0, 103, 97, 101] { position.see(Price(nearest: price)) }
        #expect(position.bestPrice.double == 97 && position.worstPrice.double == 103)
    }
}
