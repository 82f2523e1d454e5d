/// The way through one candle: which level comes first, and what the account has seen.
import Store
import Testing

@testable import Core

@Suite struct CandleWalkTests {
    private typealias Row = HourlyRow

    private func run(
        _ candle: Row, risingTo price: Double = 102, _ template: Template,
        _ change: (inout HourlyReplay) -> Void = { _ in }
    ) throws -> ReplayResult {
        var replay = HourlyReplay(
            risingTo: price,
            Array(repeating: .flat(price), count: 5) + [candle] + [.flat(80), .flat(80)])
        replay.template = template
        change(&replay)
        return try replay.run()
    }

    /// Leverage 50, a stop of 20 %: liquidation lies nearer, however far the candle goes.
    @Test(arguments: [(75.0, 80.0), (95, 98)]) func liquidationComesBeforeAFartherStop(
        _ low: Double, _ close: Double
    ) throws {
        let template = HourlyReplay.template(stop: "20", leverage: 50)
        let result = try run(Row(102, 102, low, close), template)
        let trade = try #require(result.trades.first)
        #expect(trade.exitReason == "liquidation")
        #expect(trade.net.text(decimals: 2) == "-148.54")
        #expect(-trade.net < trade.quantity.value(at: trade.entryPrice).divided(by: 50))
        // One unit of price away, and no farther.
        #expect(trade.mae == trade.exitPrice.change(from: trade.entryPrice).magnitude)
        #expect(trade.mfe == .zero)
    }

    /// The loss limit of one trade at 5 %, the stop at 3 %: the stop comes first, and the other
    /// way round.
    @Test(arguments: [("3", "Hard Stop Loss", "98"), ("8", "max_loss_per_trade_pct", "97")])
    func theNearerOfStopAndLossLimitComesFirst(
        _ stop: String, _ reason: String, _ exit: String
    ) throws {
        let result = try run(Row(102, 102, 75, 80), HourlyReplay.template(stop: stop)) {
            $0.limits.maxLossPerTrade = .percent(5)
        }
        let trade = try #require(result.trades.first)
        #expect(trade.exitReason == reason)
        #expect(trade.exitPrice == (try Price.parse(exit)))
    }

    /// 5 % of 10,000 at 98 units: 5.1 below the entry, on the tick against the position.
    @Test(arguments: [("3", "Hard Stop Loss"), ("10", "daily_loss_pct")])
    func theDailyLimitHasItsPlaceOnTheWay(_ stop: String, _ reason: String) throws {
        let result = try run(Row(102, 102, 75, 80), HourlyReplay.template(stop: stop)) {
            $0.limits.dailyLoss = .percent(5)
            $0.limits.dailyLossFlattens = true
        }
        let trade = try #require(result.trades.first)
        #expect(trade.exitReason == reason)
        #expect((result.latchedAt != nil) == (reason == "daily_loss_pct"))
        if reason == "daily_loss_pct" { #expect(trade.exitPrice == Price(nearest: 96)) }
    }

    /// The same with shorts, which rise against themselves.
    @Test func aShortWalksTheOtherWay() throws {
        var replay = HourlyReplay(
            risingTo: 98, Array(repeating: .flat(98), count: 3) + [Row(98, 130, 90, 92)])
        replay.template = HourlyReplay.template(stop: "10", target: "5", direction: .short)
        let stopped = try #require(try replay.run().trades.first)
        #expect(stopped.exitReason == "Hard Stop Loss")
        #expect(stopped.exitPrice == Price(nearest: 108))
        replay.rows[7] = Row(98, 99, 90, 92)
        let gained = try #require(try replay.run().trades.first)
        #expect(gained.exitReason == "Take Profit")
        #expect(gained.exitPrice == Price(nearest: 93))
        #expect(gained.mfe == Price(nearest: 93).change(from: Price(nearest: 98)).magnitude)
        #expect(gained.mae == Price(nearest: 99).change(from: Price(nearest: 98)))
    }

    /// Ended at a price, a position sees nothing beyond it.
    @Test func excursionsEndWithThePosition() throws {
        let template = HourlyReplay.template(stop: "10", target: "5")
        let stopped = try #require(try run(Row(102, 120, 75, 80), template).trades.first)
        #expect(stopped.mfe == .zero)
        #expect(stopped.mae == stopped.exitPrice.change(from: stopped.entryPrice).magnitude)
        let gained = try #require(try run(Row(102, 120, 101, 110), template).trades.first)
        #expect(gained.mfe == gained.exitPrice.change(from: gained.entryPrice))
    }

    /// 9.9 units: 2 % of what 10,000 are at 81.19…, between two ticks of one, so 81.
    @Test func theExitOfALossLimitLiesOnTheTick() throws {
        let result = try run(
            Row(101, 101, 75, 79), risingTo: 101,
            HourlyReplay.template(
                percent: 10)
        ) {
            $0.limits.maxLossPerTrade = .percent(2)
            $0.lot = 0.1
        }
        let trade = try #require(result.trades.first)
        #expect(trade.exitReason == "max_loss_per_trade_pct")
        #expect(trade.exitPrice == Price(nearest: 81))
    }

    /// 99 units at 101: the limit is looked for with the equity of each price, not of the open.
    @Test(arguments: [
        (2, 99.0, 101.0, "99.01", "-197.01"), (20, 82, 101, "84.16", "-1667.16"),
        (20, 70, 75, "84.16", "-1667.16"),
    ] as [(Int64, Double, Double, String, String)])
    func theLossLimitIsFoundInsideACandle(
        _ percent: Int64, _ low: Double, _ close: Double, _ exit: String, _ net: String
    ) throws {
        var replay = HourlyReplay([Row(101, 101, low, close), .flat(close)])
        replay.limits.maxLossPerTrade = .percent(percent)
        replay.tick = 0.01
        let trade = try #require(try replay.run().trades.first)
        #expect(trade.exitReason == "max_loss_per_trade_pct")
        #expect(trade.exitPrice == (try Price.parse(exit)))
        #expect(trade.net == (try .amount(net)))
        #expect(try replay.run(without: [.lossPerTrade]).trades.isEmpty)
    }

    // MARK: - What the account sees

    /// The low of one candle and the same way in five-minute candles.
    @Test func theDailyLimitSeesTheExtremeOfACandle() throws {
        var limits = HourlyReplay.wide
        limits.dailyLoss = .percent(1)
        let hourly = HourlyReplay([.flat(101), Row(101, 101, 95, 101), .flat(101)], limits)
        #expect(try hourly.run().latchedAt == HourlyReplay.hour(6))
        let path = [101.0, 99, 97, 95, 97, 99, 101, 101, 101, 101, 101, 101].map(Row.flat)
        var fine = HourlyReplay([], limits)
        fine.rows = fine.rows.flatMap { Array(repeating: $0, count: 12) }
        // The hour that rises does so in its last five minutes.
        fine.rows.replaceSubrange(
            36..<48, with: Array(repeating: .flat(100), count: 11) + [Row(100, 101, 100, 101)])
        fine.rows += Array(repeating: .flat(101), count: 12) + path
        fine.step = .minutes(5)
        let latched = try #require(try fine.run().latchedAt)
        #expect(latched == HourlyReplay.hour(5) + .minutes(5))
    }

    @Test func theDrawdownKnowsTheStartAndEveryExtreme() throws {
        let dip = try HourlyReplay([.flat(101), Row(101, 101, 81, 101), .flat(101)]).run()
        #expect(dip.drawdown.deepest.percentText == "19.8")
        #expect(dip.equity.allSatisfy { $0.equity >= .units(9999) })
        // Straight down from the first trade on: the peak is what there was at the start.
        let fall = try HourlyReplay([Row(101, 101, 91, 91), .flat(91)]).run()
        #expect(fall.drawdown.deepest.percentText == "9.9")
        #expect(fall.drawdown.peak == .units(10_000))
        // Up inside one candle, down in the next: the peak is the favourable extreme.
        let peak = try HourlyReplay(
            [.flat(101), Row(101, 111, 101, 101), Row(101, 101, 91, 101)]).run()
        #expect(peak.drawdown.peak == .units(10_990))
        #expect(peak.drawdown.deepest == Money.units(1980).share(of: .units(10_990)))
        // The adverse extreme comes before the favourable one.
        let wide = try HourlyReplay([.flat(101), Row(101, 111, 91, 101), .flat(101)]).run()
        #expect(wide.drawdown.deepest.percentText == "9.9")
        #expect(wide.drawdown.peak == .units(10_990))
    }

    /// A gap up is a peak of its own, for the very candle that falls from it.
    @Test func theDrawdownKnowsAnOpenFarFromTheCloseBefore() throws {
        let gap = try HourlyReplay([.flat(101), Row(111, 112, 105, 111), .flat(111)]).run()
        #expect(gap.drawdown.deepest == Money.units(99 * 6).share(of: .units(10_990)))
        // The favourable extreme is one too, for the close of its own candle.
        let back = try HourlyReplay([.flat(101), Row(101, 111, 101, 103), .flat(105)]).run()
        #expect(back.drawdown.deepest == Money.units(99 * 8).share(of: .units(10_990)))
        let template = HourlyReplay.template(direction: .short)
        var short = HourlyReplay(risingTo: 99, [.flat(99), Row(89, 95, 88, 89), .flat(89)])
        short.template = template
        let down = try short.run()
        let quantity = try #require(down.open.first).position.quantity
        let peak = Money.units(10_000) + quantity.value(at: Price(nearest: 10))
        #expect(down.drawdown.deepest == quantity.value(at: Price(nearest: 6)).share(of: peak))
    }

    /// The fee of an entry before the first point is a fall from what there was at the start.
    @Test func theDrawdownKnowsTheFeeOfTheFirstEntry() throws {
        var fine = HourlyReplay(Array(repeating: .flat(101), count: 4))
        fine.step = .minutes(5)
        fine.template.timeframe = .fiveMinutes
        fine.template.sizing = .equityShare(.percent(50))
        fine.fees = .percent(1)
        let result = try fine.run()
        #expect(result.drawdown.peak == .units(10_000))
        #expect(result.open.count == 1)
        #expect(
            result.drawdown.deepest
                == (Money.units(10_000) - result.finalEquity).share(of: .units(10_000)))
    }

    /// Another symbol's candle has ended too: what is closed there waits for its next price, and
    /// does not go back to the open of an hour ago.
    @Test func whatIsClosedElsewhereGetsTheNextPrice() throws {
        let rows = WorldBench.flat + [(100, 100, 90, 92), (91, 91, 91, 91), (91, 91, 91, 91)]
        let bench = try WorldBench(
            rows, symbols: ["X", "Y"],
            limits: RiskLimits(
                maxPositionsTotal: 5, maxLossPerTrade: .percent(50), dailyLoss: .basisPoints(50),
                dailyLossFlattens: true))
        bench.play(minute: 4)
        bench.enter(.long, 10, symbol: 0)
        bench.enter(.long, 10, symbol: 1)
        try #require(bench.held.count == 2)
        for held in bench.bot.held { held.levels = ExitLevels() }
        bench.play(minute: 7)
        let exits = Dictionary(
            uniqueKeysWithValues: bench.trades.map { ($0.symbol, $0.exitPrice) })
        #expect(exits == ["X": WorldBench.price(95), "Y": WorldBench.price(91)])
        #expect(bench.paused == .killSwitch)
    }

    /// Print by print, as a seeded market gives them.
    @Test func whatPrintsTellIsSeenToo() throws {
        let bench = try WorldBench(
            limits: RiskLimits(
                maxLossPerTrade: .percent(50), dailyLoss: .percent(50)))
        bench.print(100)
        bench.enter(.long, 10)
        for held in bench.bot.held { held.levels = ExitLevels() }
        for price in [104.0, 92, 100] { bench.print(price) }
        let drawdown = try #require(bench.bot.drawdown)
        #expect(drawdown.peak == .units(10_040) && drawdown.lowest == .units(9920))
        #expect(drawdown.deepest == Money.units(120).share(of: .units(10_040)))
    }
}
