/// Each safeguard over recorded candles, on and off: what it keeps right goes wrong without it.
import Store
import Testing

@testable import Core

@Suite struct RecordedSafeguardTests {
    private typealias Row = HourlyRow

    private func off(_ one: Safeguard, _ isOn: Bool) -> Set<Safeguard> { isOn ? [] : [one] }

    /// Leverage 50, a stop of 20 %, and a candle that goes beyond both.
    @Test(arguments: [true, false]) func theNearestLevelComesFirst(_ isOn: Bool) throws {
        var replay = HourlyReplay(
            risingTo: 102, [.flat(102), Row(102, 102, 75, 80), .flat(80)])
        replay.template = HourlyReplay.template(stop: "20", leverage: 50)
        let result = try replay.run(without: off(.nearestFirst, isOn))
        let trade = try #require(result.trades.first)
        #expect((trade.exitReason == "liquidation") == isOn)
        let margin = trade.quantity.value(at: trade.entryPrice).divided(by: 50)
        #expect((-trade.net < margin) == isOn)
    }

    /// Down by 6 % and back inside one hour, with a daily limit of 1 %.
    @Test(arguments: [true, false]) func limitsAndDrawdownSeeTheExtremes(_ isOn: Bool) throws {
        var replay = HourlyReplay([.flat(101), Row(101, 101, 95, 101), .flat(101)])
        replay.limits.dailyLoss = .percent(1)
        let result = try replay.run(without: off(.extremesAreSeen, isOn))
        #expect((result.latchedAt != nil) == isOn)
        #expect(result.drawdown.deepest.isPositive == isOn)
    }

    /// A candle that no limit lies in the way of is passed in one step, and is seen all the same.
    @Test(arguments: [true, false]) func aQuietCandleIsSeenToo(_ isOn: Bool) throws {
        let replay = HourlyReplay([.flat(101), Row(101, 101, 81, 101), .flat(101)])
        let result = try replay.run(without: off(.extremesAreSeen, isOn))
        #expect((result.drawdown.deepest.percentText == "19.8") == isOn)
    }

    /// At its target a position is worth more than what the fee of its close leaves.
    @Test(arguments: [true, false]) func aTargetIsSeenBeforeItsFee(_ isOn: Bool) throws {
        var replay = HourlyReplay([.flat(101), Row(101, 110, 101, 101), .flat(101)])
        replay.template = HourlyReplay.template(target: "5", percent: 50)
        replay.fees = .percent(1)
        let result = try replay.run(without: off(.extremesAreSeen, isOn))
        let trade = try #require(result.trades.first)
        try #require(trade.exitReason == "Take Profit")
        let fees = [trade.entryPrice, trade.exitPrice].map {
            trade.quantity.value(at: $0).times(.percent(1))
        }
        let gain = trade.quantity.value(at: trade.exitPrice - trade.entryPrice)
        let peak = Money.units(10_000) - fees[0] + gain
        #expect((result.drawdown.peak == peak) == isOn)
        #expect((result.drawdown.deepest == fees[1].share(of: peak)) == isOn)
    }

    /// 99 units; the candle from 07:00 to 08:00 closes at 110, and funding is due at 08:00.
    @Test(arguments: [true, false]) func fundingKnowsWhatEndsWithItsHour(_ isOn: Bool) throws {
        let rows =
            Array(repeating: Row.flat(101), count: 3) + [Row(101, 110, 101, 110), .flat(110)]
        let result = try HourlyReplay(rows).run(without: off(.boundaryOrder, isOn))
        let paid = try #require(result.open.first?.position.funding)
        #expect(try paid == .amount(isOn ? "1.089" : "0.9999"))
    }

    /// -3 % in the last hour of a day, and -2.8 % on the next: no day has lost five.
    @Test(arguments: [true, false]) func theLastHourIsOfItsDay(_ isOn: Bool) throws {
        let rows = (4..<40).map { hour in
            hour < 23 ? Row.flat(101) : hour == 23 ? Row(101, 101, 97.97, 97.97)
                : hour < 30 ? .flat(97.97) : Row(97.97, 97.97, 95.2, 95.2)
        }
        var replay = HourlyReplay(rows)
        replay.limits.dailyLoss = .percent(5)
        let result = try replay.run(without: off(.boundaryOrder, isOn))
        #expect((result.latchedAt == nil) == isOn)
    }

    @Test(arguments: [true, false]) func theDataEndsWithItsLastCandle(_ isOn: Bool) throws {
        let world = try HourlyReplay(Array(repeating: .flat(101), count: 9)).world()
        world.disarmed = off(.endOfDataIsTheEnd, isOn)
        let key = ID<APIKey>(1)
        world.advance(to: HourlyReplay.hour(14))
        let paid = try #require(world.trading.venue.paper.account(key)).funding
        world.advance(to: HourlyReplay.hour(48))
        #expect((world.trading.venue.paper.account(key)?.funding == paid) == isOn)
    }

    /// Nine years without a candle cost what their first day costs, and make its points.
    @Test(arguments: [true, false]) func aGapHasNoPrice(_ isOn: Bool) throws {
        var replay = HourlyReplay(Array(repeating: .flat(101), count: 20))
        let whole = try replay.run()
        let gaps = [Span.days(40), .days(3287)]
        let results = try gaps.map { gap in
            replay.gaps = [12: gap]
            return try replay.run(without: gap > .days(99) ? [] : off(.endOfDataIsTheEnd, isOn))
        }
        let funding = results.compactMap { $0.open.first?.position.funding }
        #expect(funding.count == 2 && (funding[0] == funding[1]) == isOn)
        #expect((results[0].equity.count == results[1].equity.count) == isOn)
        #expect(results[1].equity.count <= whole.equity.count + 25)
        #expect(results[1].equity.last?.equity == results[1].finalEquity)
        // A weekend of half a day is none.
        replay.gaps = [12: .hours(24)]
        #expect(try replay.run().open.first?.position.funding != whole.open.first?.position.funding)
    }

    /// Stopped between 05:00 and 06:00, an hour of cool-down: at 07:00 it is over, and the close of
    /// that instant may enter again.
    @Test(arguments: [true, false]) func aCooldownIsOverAtItsEnd(_ isOn: Bool) throws {
        var replay = HourlyReplay(
            [.flat(101), Row(101, 101, 90, 95), Row(95, 96, 95, 96), .flat(96)])
        replay.template = HourlyReplay.template(stop: "5")
        replay.limits.consecutiveLosses = 1
        replay.limits.consecutiveLossCooldownMinutes = 60
        let result = try replay.run(without: off(.cooldownEndsFirst, isOn))
        try #require(result.trades.map(\.closedAt) == [HourlyReplay.hour(6)])
        #expect(result.open.map(\.position.openedAt) == (isOn ? [HourlyReplay.hour(7)] : []))
        replay.limits.consecutiveLossCooldownMinutes = 61
        #expect(try replay.run().open.isEmpty)
    }

    @Test(arguments: [true, false]) func aTradeThatBreaksEvenIsNoLoss(_ isOn: Bool) throws {
        let bench = try WorldBench(limits: RiskLimits(consecutiveLosses: 5))
        bench.world.disarmed = off(.evenIsNoLoss, isOn)
        bench.print(100)
        bench.enter()
        let position = try #require(bench.held.first)
        bench.world.trading.closePosition(position.id, of: bench.bot, command: ID(1))
        #expect(bench.trades.map(\.net) == [.zero])
        #expect(bench.bot.record.consecutiveLosses == (isOn ? 0 : 1))
    }
}
