/// Candles from pipes, rows astray, and numbers and times that no market has.
import Glibc
import Store
import TestKit
import Testing

@testable import Core

@Suite struct CandleInputTests {
    private let scratch = Scratch("plutarc-input")
    private static let header = "open_time_ms,open,high,low,close,volume\n"

    /// A path from which a text can be read once; the reading end stays open with `body`.
    private func piped<Value>(_ text: String, _ body: (String) throws -> Value) throws -> Value {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let bytes = Array(text.utf8)
        // A pipe holds 64 KiB.
        try #require(bytes.count < 60_000 && write(ends[1], bytes, bytes.count) == bytes.count)
        close(ends[1])
        defer { close(ends[0]) }
        return try body("/dev/fd/\(ends[0])")
    }

    @Test func candlesFromAPipeAreReadOnceAndTradeAlike() throws {
        let rows = Array(repeating: HourlyRow.flat(101), count: 5) + [HourlyRow(101, 120, 90, 95)]
        let replay = HourlyReplay(rows)
        let expected = try replay.run()
        var request = replay.request()
        let found = try piped(replay.text(replay.rows[...])) { path in
            request.file = path
            return try World.replaying(request).replay()
        }
        #expect(found.finalEquity == expected.finalEquity && found.equity == expected.equity)
        #expect(found.bars == expected.bars && found.open.count == 1)
        #expect(ReplayRequest.symbol(of: "-") == "stdin")
    }

    /// An engine reads its candles again after each start.
    @Test func aMarketOfAnEngineIsAFile() throws {
        let replay = HourlyReplay([.flat(101)])
        let error = try piped(replay.text(replay.rows[...])) { path in
            try #require(throws: FileError.self) { try RecordedMarket(path: path, symbol: "X") }
        }
        #expect(error.problem.contains("read twice"))
    }

    /// Rows that cannot be read again are all kept, however many.
    @Test func aTapeWithoutABoundIsNeverTorn() throws {
        let bounded = CandleTape(bound: 1 << 18)
        let whole = CandleTape(bound: .max)
        var time: Int64 = 0
        for index in 0..<100_000 {
            time += index % 2 == 0 ? 60_000 : 120_000
            let candle = Candle(
                openTime: Instant(milliseconds: time), open: Price(raw: 5), high: Price(raw: 5),
                low: Price(raw: 5), close: Price(raw: 5), volume: .zero)
            bounded.append(candle, priceDecimals: 10, volumeDecimals: 0)
            whole.append(candle, priceDecimals: 10, volumeDecimals: 0)
        }
        #expect(bounded.isTorn && !whole.isTorn)
        var count = 0
        while whole.next() != nil { count += 1 }
        #expect(count == 100_000)
    }

    // MARK: - Rows astray

    private func survey(_ minutes: [Int], _ name: String = "s.csv") throws -> CandleSurvey {
        let rows = minutes.map { "\(1_700_006_400_000 + $0 * 60_000),2,3,1,2,5\n" }
        let path = scratch.write(name, Self.header + rows.joined())
        let plain = try CandleSurvey(path)
        #expect(try CandleSurvey(path, copy: CandleTape()) == plain)
        return plain
    }

    @Test(arguments: [(50, 20), (50, 48), (100, 30), (10, 4), (20, 12)])
    func oneRowAstrayDoesNotDecideTheTimeframe(_ count: Int, _ place: Int) throws {
        let hours = (0..<count).map { $0 * 60 }
        #expect(try survey(hours).candleSpan == .hours(1))
        for minute in [1, 20, 30, 59] {
            var rows = hours
            rows.insert(place * 60 + minute, at: place + 1)
            let error = try #require(throws: FileError.self) { try survey(rows) }
            #expect(error.key == "open_time_ms" && error.problem.contains("after the row before"))
            #expect(error.line == place + (minute > 30 ? 4 : 3), "\(error.headline)")
        }
    }

    /// Gaps are fine: a market may trade in few of its minutes.
    @Test func aMarketWithManyGapsKeepsItsTimeframe() throws {
        var dice = Randomness(seed: 3)
        let minutes = (0..<2000).filter { _ in dice.chance(2, in: 5) }
        #expect(try survey(minutes).candleSpan == .minutes(1))
        #expect(try survey([0, 10, 15]).candleSpan == .minutes(5))
        #expect(try survey([0, 1, 3, 5, 8]).candleSpan == .minutes(1))
    }

    @Test(arguments: ["0", "1000", "946684800000"]) func aGapOfDecadesIsRefused(
        _ first: String
    ) throws {
        var text = Self.header + "\(first),2,3,1,2,5\n"
        for hour in 0..<20 { text += "\(1_767_225_600_000 + hour * 3_600_000),2,3,1,2,5\n" }
        let path = scratch.write("gap.csv", text)
        let error = try #require(throws: FileError.self) { try CandleSurvey(path) }
        #expect(error.line == 3 && error.problem.contains("years after the row before"))
        #expect(throws: FileError.self) { try CandleSurvey(path, copy: CandleTape()) }
    }

    @Test func theYearThatTimeBeganIsATimeLikeAnyOther() throws {
        var text = Self.header
        for hour in 0..<20 { text += "\(hour * 3_600_000),2,3,1,2,5\n" }
        let survey = try CandleSurvey(scratch.write("old.csv", text))
        #expect(survey.candleSpan == .hours(1) && survey.rows == 20)
    }

    // MARK: - Ranges

    private func volume(_ text: String) throws -> Quantity {
        let file = try CandleFile(
            scratch.write("v.csv", Self.header + "60000,2,3,1,2,\(text)\n"))
        return try #require(try file.next()).volume
    }

    /// Memes trade in numbers that no quantity of ours holds; nothing is computed from the rest.
    @Test(arguments: [
        "120000000000", "120000000000.5", "1.2e11", "92233720369", "92233720368547758",
        "9223372036854775807", "92233720368.547758075",
    ]) func aVolumeBeyondAllQuantitiesIsTheLargest(_ text: String) throws {
        #expect(try volume(text) == (try Quantity.parse("92233720368")))
    }

    @Test func aVolumeThatFitsIsKept() throws {
        #expect(try volume("92233720368") == (try Quantity.parse("92233720368")))
        #expect(try volume("12345678901.12345678") == (try Quantity.parse("12345678901.12345678")))
    }

    /// The lot is that of the rows with volumes that were written down.
    @Test func aLargeVolumeDoesNotMakeTheLotFine() throws {
        var text = Self.header
        for row in 1...20 { text += "\(row * 60_000),2,3,1,2,\(row == 7 ? "120000000000" : "5")\n" }
        #expect(try CandleSurvey(scratch.write("m.csv", text)).lot == (try Quantity.parse("0.1")))
    }

    @Test func aRefusalNamesTheLargestValue() throws {
        let large = try #require(throws: FileError.self) { try volume("99999999999999999999") }
        #expect(large.problem.hasSuffix("is too large; the largest is 9223372036854775807"))
        let path = scratch.write("p.csv", Self.header + "60000,2,99999999999,1,2,5\n")
        let file = try CandleFile(path)
        let price = try #require(throws: FileError.self) { try file.next() }
        #expect(price.problem.hasSuffix("the largest is 900000000"))
    }

    /// Each has words of its own, alike wherever an amount is typed.
    @Test(arguments: [
        ("-2", "\"-2\" is negative"), ("0", "\"0\" is zero; expected a number above zero"),
        ("-0", "\"-0\" is negative"), ("0.00", "\"0.00\" is zero; expected a number above zero"),
        ("+5", "\"+5\" begins with a plus sign; write it without one"),
        ("", "\"\" is not a decimal number; expected digits with at most one point, as 12.5"),
    ]) func signsAndZeroHaveWordsOfTheirOwn(_ text: String, _ words: String) throws {
        let error = try #require(throws: NumberError.self) { try Money.parse(unsigned: text) }
        #expect(error.headline == words)
        #expect(throws: NumberError.self) { try Price.parse(unsigned: text) }
        let refusal = try #require(throws: Refusal.self) { try LifeRules.amount(text) }
        #expect(refusal.headline == "amount: \(words)")
        #expect(Pace(text: text) == nil)
    }

    @Test func zeroIsAFee() throws {
        #expect(try Rate.parse(unsigned: "0", orZero: true) == .zero)
        #expect(throws: NumberError.self) { try Rate.parse(unsigned: "-1", orZero: true) }
        #expect(throws: Refusal.self) {
            try RiskLimits().setting([LimitSetting("max_leverage", "+3")])
        }
        #expect(throws: Refusal.self) {
            try RiskLimits().setting([LimitSetting("daily_loss_pct", "+3")])
        }
    }
}
