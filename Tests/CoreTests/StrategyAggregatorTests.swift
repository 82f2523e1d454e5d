/// Longer candles from finer ones, by the clock and across gaps.

import Foundation
import Store
import TestKit
import Testing

@testable import Core

@Suite struct StrategyAggregatorTests {
    private func minute(_ minute: Int, _ close: Double) -> Candle {
        StrategyCandles.candle(close, at: minute, volume: 10)
    }

    @Test func fiveMinutesMakeOneCandleWhenTheLastArrives() throws {
        var aggregator = CandleAggregator(from: .minutes(1), to: .fiveMinutes)
        for index in 5..<9 {
            #expect(aggregator.add(minute(index, Double(100 + index))) == .init())
        }
        let closed = aggregator.add(minute(9, 95))
        let candle = try #require(closed.complete)
        #expect(closed.late == nil && aggregator.pending == nil)
        #expect(candle.openTime == Instant(milliseconds: 300_000))
        #expect(candle.open.double == 105 && candle.close.double == 95)
        #expect(candle.high.double == 109 && candle.low.double == 94)
        #expect(candle.volume.double == 50)
    }

    @Test func aGapClosesLateAndNeverShifts() throws {
        var aggregator = CandleAggregator(from: .minutes(1), to: .fiveMinutes)
        #expect(aggregator.add(minute(7, 100)) == .init())
        // Minute 14 is the only part of its candle, and its last one: two candles close.
        let both = aggregator.add(minute(14, 120))
        #expect(both.late?.openTime == Instant(milliseconds: 300_000))
        #expect(both.complete?.openTime == Instant(milliseconds: 600_000))
        #expect(both.late?.close.double == 100 && both.complete?.close.double == 120)
    }

    @Test func silenceClosesByTheClock() {
        var aggregator = CandleAggregator(from: .minutes(1), to: .fiveMinutes)
        _ = aggregator.add(minute(6, 100))
        #expect(aggregator.close(at: Instant(milliseconds: 599_999)) == nil)
        #expect(aggregator.close(at: Instant(milliseconds: 600_000))?.close.double == 100)
        #expect(aggregator.close(at: Instant(milliseconds: 600_000)) == nil)
    }

    @Test func theSameTimeframePassesThrough() {
        var aggregator = CandleAggregator(from: .minutes(5), to: .fiveMinutes)
        let candle = minute(5, 100)
        #expect(aggregator.add(candle).complete == candle)
    }

    @Test func onlyEvenPartsCanBuild() {
        #expect(CandleAggregator.canBuild(.oneHour, from: .minutes(5)))
        #expect(!CandleAggregator.canBuild(.oneHour, from: .minutes(7)))
        #expect(!CandleAggregator.canBuild(.fiveMinutes, from: .hours(1)))
    }

    @Test(.enabled(if: StrategyCandles.shared != nil, "no shared folder"))
    func recordedMinutesMakeTheRecordedFiveMinutes() throws {
        let names = Shared.files("market-data/candles", ending: "-1m.csv").map {
            String($0.lastPathComponent.dropLast("-1m.csv".count))
        }
        // Only where a market was recorded in both.
        for name in names {
            guard let recorded = try? StrategyCandles.candles("\(name)-5m") else { continue }
            try compare(try StrategyCandles.candles("\(name)-1m"), recorded, name)
        }
    }

    private func compare(_ fine: [Candle], _ recorded: [Candle], _ name: String) throws {
        var aggregator = CandleAggregator(from: .minutes(1), to: .fiveMinutes)
        let built = fine.flatMap { candle in
            let closed = aggregator.add(candle)
            return [closed.late, closed.complete].compactMap { $0 }
        }
        let ours = Dictionary(built.map { ($0.openTime, $0) }) { first, _ in first }
        // Both ends may be cut in the middle of one.
        for theirs in recorded.dropFirst().dropLast() {
            guard let candle = ours[theirs.openTime] else { continue }
            #expect(candle.open == theirs.open && candle.close == theirs.close, "\(name)")
            #expect(candle.high == theirs.high && candle.low == theirs.low, "\(name)")
        }
    }
}
