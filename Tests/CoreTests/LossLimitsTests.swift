/// Loss limits and the error threshold: at their values, beside them, and moved across them live.
import Store
import Testing

@testable import Core

@Suite struct LossLimitsTests {
    /// Ten at a hundred, without fees: one price unit is ten of ten thousand.
    private func bench(_ limits: RiskLimits, _ side: Side = .long) throws -> WorldBench {
        let bench = try WorldBench(template: Self.withoutExits, limits: limits)
        bench.print(100)
        bench.enter(side)
        #expect(bench.held.count == 1)
        return bench
    }

    private static let withoutExits = Template(
        name: "Bare", timeframe: .oneMinute, mode: .any,
        components: [
            ComponentSpec("Rate of Change", .signal),
            ComponentSpec("Time Stop", .exit, ["candles": "1000"]),
        ])

    /// 0.1 % of an equity that has lost it: 10 × loss ≥ (10,000 − 10 × loss) × 0.001.
    @Test(arguments: [(99.01, 1), (99.0, 0)]) func lossPerTradeOfALong(
        _ price: Double, _ open: Int
    ) throws {
        let bench = try bench(RiskLimits(maxLossPerTrade: .basisPoints(10)))
        bench.print(price)
        #expect(bench.held.count == open)
        guard open == 0 else { return }
        #expect(bench.trades.map(\.exitReason) == ["max_loss_per_trade_pct"])
        #expect(bench.feed.contains("max_loss_per_trade_pct"))
    }

    @Test(arguments: [(100.99, 1), (101.0, 0)]) func lossPerTradeOfAShort(
        _ price: Double, _ open: Int
    ) throws {
        let bench = try bench(RiskLimits(maxLossPerTrade: .basisPoints(10)), .short)
        bench.print(price)
        #expect(bench.held.count == open)
    }

    @Test func lossPerTradeInsideARecordedCandleFillsAtItsLevel() throws {
        let bench = try bench(RiskLimits(maxLossPerTrade: .basisPoints(10)))
        bench.range(0, high: 100, low: 98, close: 100)
        #expect(bench.trades.map(\.exitPrice) == [WorldBench.price(99)])
    }

    @Test func lossPerTradeSetBelowThePresentLossActsAtOnce() throws {
        let bench = try bench(RiskLimits())
        bench.play(minute: 0)
        bench.print(98)
        var limits = RiskLimits(maxLossPerTrade: Rate(raw: 250_000))
        bench.world.trading.setLimits(bench.bot, limits, version: 1)
        #expect(bench.held.count == 1)
        limits.maxLossPerTrade = Rate(raw: 100_000)
        bench.print(98)
        bench.world.trading.setLimits(bench.bot, limits, version: 2)
        bench.print(98)
        #expect(bench.trades.map(\.exitReason) == ["max_loss_per_trade_pct"])
    }

    /// 0.5 % of the 10,000 at midnight are 50: a price of 95.
    @Test(arguments: [(95.01, false), (95.0, true)]) func dailyLossLatches(
        _ price: Double, _ latches: Bool
    ) throws {
        let bench = try bench(
            RiskLimits(maxLossPerTrade: .percent(50), dailyLoss: .basisPoints(50)))
        bench.print(price)
        #expect((bench.bot.record.killLatchedAt != nil) == latches)
        #expect(bench.paused == (latches ? .killSwitch : nil))
        #expect(bench.held.count == 1)
        #expect(bench.feed.contains("daily_loss_pct") == latches)
    }

    @Test func dailyLossCountsWhatIsRealisedToo() throws {
        let bench = try bench(
            RiskLimits(maxLossPerTrade: .percent(50), dailyLoss: .basisPoints(50)))
        bench.print(97)
        bench.world.trading.closePosition(bench.held[0].id, of: bench.bot, command: ID(1))
        bench.print(100)
        bench.enter()
        bench.print(98.01)
        #expect(bench.bot.record.killLatchedAt == nil)
        bench.print(98)
        #expect(bench.bot.record.killLatchedAt != nil)
    }

    @Test func theKillSwitchFlattensWhereThatIsSet() throws {
        let bench = try bench(
            RiskLimits(
                maxLossPerTrade: .percent(50), dailyLoss: .basisPoints(50),
                dailyLossFlattens: true))
        bench.print(94)
        #expect(bench.held.isEmpty)
        #expect(bench.trades.map(\.exitReason) == ["daily_loss_pct"])
    }

    @Test func theKillSwitchHoldsOverMidnightAndRefusesEntries() throws {
        let bench = try bench(
            RiskLimits(maxLossPerTrade: .percent(50), dailyLoss: .basisPoints(50)))
        bench.print(90)
        bench.world.advance(to: WorldBench.start + .days(2))
        #expect(bench.paused == .killSwitch)
        #expect(bench.bot.record.dayStart == WorldBench.start + .days(2))
        bench.enter()
        #expect(bench.held.count == 1)
    }

    @Test func aResumeArmsTheKillSwitchFromThePresentEquity() throws {
        let bench = try bench(
            RiskLimits(maxLossPerTrade: .percent(50), dailyLoss: .basisPoints(50)))
        bench.print(94)
        bench.world.trading.resume(bench.bot, words: "seen", by: "ana")
        #expect(bench.bot.record.dayStartEquity == .units(9940))
        bench.print(90)
        #expect(bench.bot.record.killLatchedAt == nil)
        bench.print(89)
        #expect(bench.bot.record.killLatchedAt != nil)
    }

    @Test func dailyLossSetBelowThePresentLossLatchesAtOnce() throws {
        let bench = try bench(RiskLimits(maxLossPerTrade: .percent(50)))
        bench.print(94)
        bench.world.trading.setLimits(
            bench.bot, RiskLimits(maxLossPerTrade: .percent(50), dailyLoss: Rate(raw: 601_000)),
            version: 1)
        #expect(bench.paused == nil)
        bench.world.trading.setLimits(
            bench.bot, RiskLimits(maxLossPerTrade: .percent(50), dailyLoss: Rate(raw: 600_000)),
            version: 2)
        #expect(bench.paused == .killSwitch)
    }

    /// A day that was lost while nobody looked is lost: no price of a held symbol tells of it.
    @Test func whatWasLiquidatedWhileNoEngineRanLatchesTheKillSwitch() throws {
        let bench = try WorldBench(template: Self.withoutExits)
        bench.print(100)
        bench.enter(.long, 100, leverage: 3)
        bench.world.state.isCatchingUp = true
        bench.print(60)
        bench.world.state.isCatchingUp = false
        #expect(bench.held.isEmpty)
        #expect(bench.trades.map(\.exitReason) == ["liquidation"])
        bench.world.trading.reconcileAtStart()
        #expect(bench.paused == .killSwitch)
    }

    /// The exchange's fee for all of a symbol, by what each position has of it.
    @Test func theFeeOfALiquidationIsSharedByQuantity() throws {
        let bench = try WorldBench(
            template: Self.withoutExits,
            limits: RiskLimits(maxPositionsPerAsset: 3, dailyLoss: .percent(50)))
        bench.print(100)
        for units in [90.0, 10, 20] { bench.enter(.long, units, leverage: 3) }
        try #require(bench.held.count == 3)
        bench.world.state.isCatchingUp = true
        bench.print(60)
        let fees = bench.trades.map(\.fees)
        try #require(fees.count == 3)
        #expect(fees[1].isPositive)
        #expect(fees[0] == fees[1] * 9)
        #expect((fees[2] - fees[1] * 2).magnitude <= Money(raw: 2))
        let account = try #require(bench.world.trading.venue.paper.account(WorldBench.key))
        #expect(fees.reduce(.zero, +) == account.fees)
    }

    /// A level further away than a price can be counted is none.
    @Test func aSpeckOfAPositionHasNoLossLevel() throws {
        let bench = try bench(RiskLimits())
        bench.world.trading.venue.paper.deposit(.units(50_000_000), to: WorldBench.key)
        bench.bot.held[0].position.quantity = WorldBench.quantity(0.001)
        for rate in [Rate.basisPoints(1), .percent(2), .percent(50)] {
            let limits = RiskLimits(maxLossPerTrade: rate)
            #expect(bench.world.trading.outlooks(of: bench.bot, under: limits).count == 1)
        }
        #expect(bench.world.trading.lossLevel(bench.bot, bench.bot.held[0], .percent(50)) == nil)
    }

    /// 10 and 30 at a hundred: 2 % of what 40 leave of 10,000 are lost by the 30 at 93.506….
    @Test(arguments: [(Side.long, 93.51, 93.5), (.short, 106.49, 106.5)])
    func severalPositionsMoveTheEquityTogether(
        _ side: Side, _ short: Double, _ level: Double
    ) throws {
        let bench = try bench(RiskLimits(maxPositionsPerAsset: 2, dailyLoss: .percent(50)), side)
        bench.enter(side, 30)
        try #require(bench.held.count == 2)
        let large = bench.bot.held[1]
        for price in [100, 104, 98, 95, 102, short] {
            bench.print(price)
            let found = bench.world.trading.lossLevel(bench.bot, large, .percent(2))
            #expect(found == WorldBench.price(level), "looked at from \(price)")
        }
        #expect(bench.held.count == 2)
        bench.print(level)
        #expect(bench.trades.map(\.quantity) == [WorldBench.quantity(30)])
        #expect(bench.trades.map(\.exitReason) == ["max_loss_per_trade_pct"])
    }

    /// One that was in profit is shown the level at which it then closes.
    @Test func whatIsShownOfTheLimitIsWhatCloses() throws {
        let bench = try bench(RiskLimits())
        let half = RiskLimits(maxLossPerTrade: .basisPoints(50), dailyLoss: .percent(50))
        for price in [140.0, 100, 97] {
            bench.print(price)
            let words = bench.world.trading.outlooks(of: bench.bot, under: half).map(\.words)
            #expect(words.first?.contains("loss limit at 80.39 -> 95.02") == true, "\(words)")
        }
        bench.world.trading.setLimits(bench.bot, half, version: 1)
        bench.range(0, high: 97, low: 90, close: 97)
        #expect(bench.trades.map(\.exitPrice) == [WorldBench.price(95.02)])
    }
}
