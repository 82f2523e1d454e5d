/// Recorded candles as market events: prints at the open, ranges at the close, gaps, restarts.
import Core
import Store
import TestKit
import Testing

@Suite struct MarketRecordedTests {
    private let scratch = Scratch("recorded")

    private func path(_ rows: String...) -> String {
        scratch.write(
            "file.csv",
            "open_time_ms,open,high,low,close,volume\n" + rows.joined(separator: "\n") + "\n")
    }

    private func price(_ text: String) throws -> Price { try Price.parse(text) }

    @Test func eachRowIsAPrintARangeAndACandle() throws {
        var market = Market(
            try RecordedMarket(
                path: path("60000,10,12,9,11,5", "120000,11.5,13,11,12,6"), symbol: "X"))
        #expect(market.phase == .silent && market.lastPrice == nil && market.book == nil)
        var events: [TimedMarketEvent] = []
        while let event = market.next() { events.append(event) }
        let first = Instant(milliseconds: 60_000)
        #expect(events.count == 6)
        #expect(events[0] == TimedMarketEvent(at: first, event: .trade(price: try price("10"))))
        #expect(
            events[1]
                == TimedMarketEvent(
                    at: first + .minutes(1),
                    event: .range(
                        high: try price("12"), low: try price("9"), close: try price("11"))))
        guard case .candle(let candle) = events[2].event else {
            Issue.record("no candle after the range")
            return
        }
        #expect(candle.openTime == first && events[2].at == first + .minutes(1))
        #expect(events[3].event == .trade(price: try price("11.5")))
        #expect(market.nextAt == nil && market.phase == .ended && market.failure == nil)
        #expect(market.lastPrice == (try price("12")))
    }

    @Test func spreadIsOneTickAndFundingIsTheUsual() throws {
        var market = Market(
            try RecordedMarket(
                path: path("0,100,100,99.5,100,5", "60000,100,100,100,100,6"), symbol: "X"))
        _ = market.next()
        #expect(market.instrument.tick == (try price("0.1")))
        #expect(market.spread == .basisPoints(10))
        #expect(market.fundingRate == .basisPoints(1))
        #expect(market.phase == .printing)
        _ = market.next()
        #expect(market.phase == .betweenPrints)
    }

    @Test func gapsLeaveTheMarketBetweenPrints() throws {
        var market = Market(
            try RecordedMarket(
                path: path("0,1,2,1,2,5", "60000,2,2,2,2,6", "600000,3,3,3,3,6"), symbol: "X"))
        for _ in 0..<6 { _ = market.next() }
        #expect(market.phase == .betweenPrints)
        #expect(market.nextAt == Instant(milliseconds: 600_000))
    }

    @Test(arguments: 0...9) func aRestoredMarketGoesOnExactly(_ events: Int) throws {
        var market = Market(
            try RecordedMarket(
                path: path("0,1,2,1,2,5", "60000,2,4,2,3,6", "600000,3,3,3,3,6"), symbol: "X"))
        for _ in 0..<events { _ = market.next() }
        var restored = try Market(market.record)
        #expect(restored.record == market.record && restored.phase == market.phase)
        #expect(restored.lastPrice == market.lastPrice)
        #expect(restored.instrument == market.instrument)
        for _ in events...9 { #expect(restored.next() == market.next()) }
        #expect(restored.nextAt == nil)
    }

    @Test func aShorterFileThanWasPlayedIsRefused() throws {
        let file = path("0,1,2,1,2,5", "60000,2,4,2,3,6", "120000,3,3,3,3,6")
        var market = Market(try RecordedMarket(path: file, symbol: "X"))
        for _ in 0..<9 { _ = market.next() }
        let record = market.record
        _ = path("0,1,2,1,2,5", "60000,2,4,2,3,6")
        let error = try #require(throws: FileError.self) { try Market(record) }
        #expect(error.problem.contains("only 2 rows"))
    }

    @Test func aBadRowEndsTheMarketAndIsNamed() throws {
        let good = path("0,1,2,1,2,5", "60000,2,4,2,3,6")
        let record = Market(try RecordedMarket(path: good, symbol: "X")).record
        _ = path("0,1,2,1,2,5", "60000,2,1,2,3,6")
        #expect(throws: FileError.self) { try RecordedMarket(path: good, symbol: "X") }
        var market = try Market(record)
        var events = 0
        while market.next() != nil { events += 1 }
        #expect(events == 3)
        #expect(market.failure?.line == 3 && market.failure?.key == "high")
    }

    @Test func overlappingCandlesEndTheMarket() throws {
        let file = path("0,1,2,1,2,5", "60000,2,4,2,3,6", "120000,3,3,3,3,6")
        let survey = try CandleSurvey(file)
        var market = Market(
            try RecordedMarket(
                path: file, symbol: "X", instrument: survey.instrument(symbol: "X"),
                candleSpan: .minutes(5)))
        while market.next() != nil {}
        #expect(market.failure?.line == 3)
        #expect(market.failure?.problem.contains("inside the candle before") == true)
    }
}
