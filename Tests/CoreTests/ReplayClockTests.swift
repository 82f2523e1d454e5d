/// What happens at one instant, in which order, and where a replay's time ends.
import Store
import Testing

@testable import Core

@Suite struct ReplayClockTests {
    private typealias Row = HourlyRow

    private static let fall =
        Array(repeating: Row.flat(101), count: 5)
        + Array(repeating: Row.flat(81), count: 4)

    /// 99 units from 101 to 81, and one funding of 0.01 % at 08:00 on 101.
    @Test func timeEndsWithTheLastCandle() throws {
        let result = try HourlyReplay(Self.fall).run()
        #expect(result.finalEquity == (try .amount("8019.0001")))
        #expect(result.open.map(\.position.quantity) == [Quantity(raw: 99 * 100_000_000)])
        #expect(result.open.first?.mark == Price(nearest: 81))
        #expect(result.equity.last?.at == HourlyReplay.hour(13))
        #expect(result.equity.last?.equity == result.finalEquity)
        #expect(result.equity.count == 13)
    }

    @Test func theEndAsALimitChangesNothing() throws {
        var replay = HourlyReplay(Self.fall)
        let all = try replay.run()
        replay.to = HourlyReplay.hour(13)
        let same = try replay.run()
        #expect(same.equity == all.equity && same.finalEquity == all.finalEquity)
    }

    /// A day passes after the last price; nobody pays for it, though the world goes on.
    @Test func nobodyPaysFundingOnAPriceThatHasEnded() throws {
        let world = try HourlyReplay(Self.fall).world()
        world.advance(to: HourlyReplay.hour(15))
        let key = ID<APIKey>(1)
        let paid = try #require(world.trading.venue.paper.account(key)).funding
        #expect(paid.isPositive)
        world.advance(to: HourlyReplay.hour(48))
        #expect(world.trading.venue.paper.account(key)?.funding == paid)
        #expect(world.now == HourlyReplay.hour(48))
    }

    /// The candle that opens at `to` fills nothing: as if the file ended there.
    @Test(arguments: [4, 5, 7, 9]) func theEndOfTheRangeIsTheEndOfAFile(_ hours: Int) throws {
        var replay = HourlyReplay([Row(101, 101, 100.5, 101), .flat(150)] + Self.fall)
        replay.limits.maxSlippage = .percent(5)
        let cut = try replay.run(hours)
        replay.to = HourlyReplay.hour(Int64(hours))
        let limited = try replay.run()
        #expect(limited.equity == cut.equity && limited.finalEquity == cut.finalEquity)
        #expect(limited.trades == cut.trades && limited.bars == cut.bars)
        #expect(limited.open.map(\.position) == cut.open.map(\.position))
        #expect(limited.open.map(\.mark) == cut.open.map(\.mark))
        // And not in the middle of a candle either.
        replay.to = HourlyReplay.hour(Int64(hours)) - .minutes(1)
        #expect(try replay.run().finalEquity == cut.finalEquity)
    }

    @Test func barsAreThoseOfTheRange() throws {
        var replay = HourlyReplay(Self.fall)
        #expect(try replay.run().bars == 13)
        replay.from = HourlyReplay.hour(2)
        #expect(try replay.run().bars == 11)
        replay.from = HourlyReplay.hour(2) + .minutes(20)
        #expect(try replay.run().bars == 10)
        replay.to = HourlyReplay.hour(5)
        #expect(try replay.run().bars == 2)
    }

    /// The hour from 03:00 rises, and its close would enter.
    @Test(arguments: [(0, 1), (1, 0), (59, 0), (60, 0)])
    func aCandleUnderWayAtTheBeginningOnlyWarmsUp(_ minutes: Int64, _ entries: Int) throws {
        var replay = HourlyReplay(Array(repeating: .flat(101), count: 4))
        replay.from = HourlyReplay.hour(3) + .minutes(minutes)
        let result = try replay.run()
        #expect(result.open.count == entries)
        #expect(result.bars == 4 + entries)
    }

    private static let empty: [(Int64?, Int64?)] = [
        (5, 5), (6, 5), (13, nil), (20, 30), (nil, 0), (nil, -3),
    ]

    @Test(arguments: empty) func aRangeWithoutCandlesIsRefused(_ from: Int64?, _ to: Int64?) throws
    {
        var replay = HourlyReplay(Self.fall)
        replay.from = from.map(HourlyReplay.hour)
        replay.to = to.map(HourlyReplay.hour)
        #expect(throws: ReplayError.self) { try replay.world() }
    }

    /// Between two candles of data that goes on; and after all of it.
    @Test(arguments: [(3, true), (20, false)])
    func aRangeBetweenTwoCandlesIsNotBeyondTheData(_ hour: Int64, _ isInside: Bool) throws {
        var replay = HourlyReplay(Self.fall)
        replay.from = HourlyReplay.hour(hour) + .minutes(30)
        replay.to = isInside ? HourlyReplay.hour(hour) + .minutes(45) : nil
        let error = #expect(throws: ReplayError.self) { try replay.world() }
        let words = error?.headline ?? ""
        #expect(words.contains("no candle of ") == isInside, "\(words)")
        #expect(words.contains("after the last candle of the data") != isInside, "\(words)")
    }

    // MARK: - One instant

    private func daily(_ percent: Int64) -> RiskLimits {
        var limits = HourlyReplay.wide
        limits.dailyLoss = .percent(percent)
        return limits
    }

    /// Hours of one price each, entered at 100 by an hour that rises to it.
    private func days(_ changes: [Int: Double]) throws -> ReplayResult {
        var price = 101.0
        let rows = (4..<48).map { hour -> Row in
            let open = price
            price = (price * (100 + (changes[hour] ?? 0)) * 100).rounded() / 10_000
            return Row(open, max(open, price), min(open, price), price)
        }
        var replay = HourlyReplay(rows.map { $0 }, daily(5))
        replay.tick = 0.0001
        return try replay.run()
    }

    /// What ends at midnight belongs to the day that ends there.
    @Test func theLastHourOfADayCountsForThatDay() throws {
        let latched = try days([10: -3, 23: -3])
        #expect(latched.latchedAt == HourlyReplay.hour(24))
        #expect(try days([23: -3, 30: -2.8]).latchedAt == nil)
        #expect(try days([23: -5.2]).latchedAt == HourlyReplay.hour(24))
        #expect(try days([24: -3, 47: -3]).latchedAt == HourlyReplay.hour(48))
    }

    /// 99 units: the candle from 07:00 to 08:00 closes at 110.
    @Test func fundingIsPaidOnTheMarkOfItsHour() throws {
        let rows =
            Array(repeating: Row.flat(101), count: 3) + [Row(101, 110, 101, 110)]
            + Array(repeating: Row.flat(110), count: 2)
        let result = try HourlyReplay(rows).run()
        #expect(result.open.map(\.position.funding) == [try .amount("1.089")])
        let eight = result.equity.first { $0.at == HourlyReplay.hour(8) }
        #expect(eight?.equity == (try .amount("10889.911")))
    }

    @Test func whatIsStoppedBeforeTheHourPaysNoFunding() throws {
        let rows =
            Array(repeating: Row.flat(101), count: 3) + [Row(101, 101, 90, 95)]
            + Array(repeating: Row.flat(95), count: 2)
        var replay = HourlyReplay(rows)
        replay.template = HourlyReplay.template(stop: "5")
        let trade = try #require(try replay.run().trades.first)
        #expect(trade.closedAt == HourlyReplay.hour(8))
        #expect(trade.funding == .zero)
    }

    /// A point of an hour knows the candle that ends with it, and the last one is the end.
    @Test func pointsOfTheCurveAreThoseOfTheirInstant() throws {
        let rows = [Row.flat(101), .flat(103), .flat(105)]
        let result = try HourlyReplay(rows).run()
        #expect(
            result.equity.suffix(3).map(\.equity)
                == [.units(10_000), .units(10_198), .units(10_396)])
        var short = HourlyReplay(rows)
        short.step = .minutes(20)
        short.template.timeframe = .fiveMinutes
        #expect(throws: ReplayError.self) { try short.world() }
    }

    /// Two symbols end at one instant: both have told their prices before anything is counted.
    @Test func allSymbolsEndBeforeAnythingIsDue() throws {
        let flat = Array(repeating: (100.0, 100.0, 100.0, 100.0), count: 60 * 8 - 1)
        let bench = try WorldBench(flat + [(100, 100, 90, 90)], symbols: ["X", "Y"])
        bench.world.advance(to: WorldBench.start + .minutes(10))
        bench.enter(.long, 10, symbol: 0)
        bench.enter(.long, 10, symbol: 1)
        bench.play(minute: 11)
        try #require(bench.held.count == 2)
        for held in bench.bot.held { held.levels = ExitLevels() }
        bench.play(minute: 60 * 8)
        // 0.01 % of ten at ninety, each.
        #expect(bench.held.map(\.funding) == [try .amount("0.09"), try .amount("0.09")])
    }

    @Test func whatIsDueAtOneInstantComesByRank() throws {
        var timeline = Timeline()
        let at = HourlyReplay.start
        timeline.schedule(.fleet(.heartbeats), at: at)
        timeline.schedule(.trading(.equitySnapshots), at: at)
        timeline.schedule(.trading(.newDay), at: at)
        timeline.schedule(.trading(.funding), at: at)
        timeline.schedule(.fleet(.minute), at: at - .minutes(1))
        let ranks = (0..<5).compactMap { _ in timeline.popFirst()?.event.rank }
        #expect(ranks == [3, 0, 1, 2, 3])
        #expect(timeline.popFirst() == nil && timeline.soonest == .never)
        let turns: [Moment.Turn] = [.open, .due, .close, .price]
        let moments = turns.map { Moment(at, $0) }
        #expect(moments.sorted() == moments.reversed())
        #expect(moments.allSatisfy { $0.at == at && $0 < Moment(at + .milliseconds(1), .price) })
    }
}
