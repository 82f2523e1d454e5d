/// Each limit moved across its present value while the strategy trades and positions are open.
import Store
import Testing

@testable import Core

/// What the limits' own suites do not play: the whole path from candle to fill, live changes, and
/// what is open already. **Source** <doc:ProductRules#Risk-limits>.
@Suite struct RiskLimitScenarioTests {
    /// Two up a minute: the strategy wants to enter at every close from the second on.
    private static let rising = (0..<16).map { index in
        let open = 100.0 + 2 * Double(index)
        return (open, open + 2, open, open + 2)
    }

    private static let eager = Template(
        name: "Eager", timeframe: .oneMinute, mode: .any,
        components: [
            ComponentSpec("Rate of Change", .signal, ["period": "1", "threshold": "1"]),
            ComponentSpec("Time Stop", .exit, ["candles": "1000"]),
        ])

    private static func limits(_ settings: [(RiskLimitName, Int)]) throws -> RiskLimits {
        try RiskLimits(maxPositionsPerAsset: 20, maxPositionsTotal: 100).setting(
            settings.map { LimitSetting($0.0.rawValue, "\($0.1)") })
    }

    private func bench(_ name: RiskLimitName, _ value: Int) throws -> WorldBench {
        try WorldBench(Self.rising, template: Self.eager, limits: Self.limits([(name, value)]))
    }

    private func set(_ bench: WorldBench, _ name: RiskLimitName, _ value: Int) throws {
        bench.world.trading.setLimits(bench.bot, try Self.limits([(name, value)]), version: 1)
    }

    // MARK: - Counts of positions

    @Test(arguments: [RiskLimitName.maxPositionsPerAsset, .maxPositionsTotal], [1, 2, 3])
    func positionsOpenUpToTheirCountAndNoFurther(_ name: RiskLimitName, _ count: Int) throws {
        let bench = try bench(name, count)
        // The first order fills at the second minute, one more each minute after it.
        bench.play(minute: Int64(count))
        #expect(bench.held.count == count - 1, "just below")
        #expect(!bench.feed.contains(name.rawValue))
        bench.play(minute: Int64(count) + 1)
        #expect(bench.held.count == count)
        bench.play(minute: 12)
        #expect(bench.held.count == count, "reached")
        let words = bench.world.journal.activities.first { $0.what == name.rawValue }?.detail
        #expect(words?.contains("\(count) open of \(count) allowed") == true, "\(words ?? "-")")
    }

    @Test(arguments: [RiskLimitName.maxPositionsPerAsset, .maxPositionsTotal])
    func aCountMovesLiveAndClosesNothing(_ name: RiskLimitName) throws {
        let bench = try bench(name, 1)
        bench.play(minute: 4)
        #expect(bench.held.count == 1)
        try set(bench, name, 3)
        bench.play(minute: 8)
        #expect(bench.held.count == 3)
        let open = bench.held.map(\.id)
        try set(bench, name, 2)
        bench.play(minute: 10)
        #expect(bench.held.map(\.id) == open, "lower than what is open: nothing is closed")
        try set(bench, name, 4)
        bench.play(minute: 11)
        #expect(bench.held.count == 4)
    }

    @Test func aPositionLessGivesItsPlaceToTheNext() throws {
        let bench = try bench(.maxPositionsPerAsset, 1)
        bench.play(minute: 4)
        let first = try #require(bench.held.first)
        bench.world.trading.closePosition(first.id, of: bench.bot, command: ID(1))
        bench.play(minute: 6)
        #expect(bench.held.count == 1 && bench.held.first?.id != first.id)
    }

    // MARK: - Leverage

    /// The template asks for three times.
    @Test func leverageMovesLiveAndLeavesWhatIsOpen() throws {
        let bench = try bench(.maxLeverage, 2)
        bench.play(minute: 4)
        #expect(bench.held.isEmpty, "above the limit: refused, never resized")
        #expect(bench.world.journal.orders.isEmpty)
        let words = bench.world.journal.activities.first { $0.what == "max_leverage" }?.detail
        #expect(words?.contains("asks for 3x, 2x is allowed") == true)
        try set(bench, .maxLeverage, 3)
        bench.play(minute: 6)
        #expect(bench.held.count == 2 && bench.held.allSatisfy { $0.leverage == 3 })
        try set(bench, .maxLeverage, 2)
        bench.play(minute: 8)
        #expect(bench.held.count == 2 && bench.trades.isEmpty)
    }

    // MARK: - Slippage

    @Test func slippageMovesLiveWithAPositionOpen() throws {
        let bench = try ThinBench(limits: RiskLimits(maxSlippage: .percent(5)))
        bench.bot.limits.maxPositionsPerAsset = 5
        try bench.enter(.long, lots: 10)
        let market = bench.world.markets[0]
        let (price, grid) = (try #require(market.lastPrice), market.instrument)
        let size = Quantity(of: .units(1000), at: price).rounded(to: grid.lot, .down)
        let take = try #require(
            market.book?.take(.buy, size, worst: nil, tick: grid.tick, lot: grid.lot))
        let cost = take.price.change(from: price)
        let moves: [(Rate, Bool)] = [
            (cost, true), (Rate(raw: cost.raw - 1), false), (cost, true),
            (Rate(raw: cost.raw + 1), true),
        ]
        for (limit, passes) in moves {
            var limits = bench.bot.limits
            limits.maxSlippage = limit
            bench.world.trading.setLimits(bench.bot, limits, version: 1)
            let intent = EntryIntent(
                side: .long, symbol: 0, price: price, leverage: 3, stop: nil)
            let verdict = RiskGate.judge(intent, bench.bot, grid, .units(10_000), market)
            var denied: String?
            if case .denied(let denial) = verdict { denied = denial.limit }
            #expect(denied == (passes ? nil : "max_slippage_pct"), "\(limit)")
            #expect(bench.bot.held.count == 1)
        }
    }

    // MARK: - Pauses with positions open

    /// Two positions with a stop at 98; what pauses, and what the position it leaves does.
    private func holding(_ limits: RiskLimits) throws -> WorldBench {
        let bench = try WorldBench(limits: limits)
        bench.print(100)
        bench.enter()
        bench.enter()
        try #require(bench.held.count == 2)
        return bench
    }

    private func loseOne(_ bench: WorldBench) throws {
        bench.print(99)
        let first = try #require(bench.held.first)
        bench.world.trading.closePosition(first.id, of: bench.bot, command: ID(1))
        try #require(bench.held.count == 1)
    }

    /// It stays open, no other joins it, and its stop still acts.
    private func expectTended(_ bench: WorldBench) {
        let open = bench.held.count
        #expect(open > 0)
        bench.print(100)
        bench.enter()
        #expect(bench.held.count == open, "an entry while paused")
        bench.print(98)
        #expect(bench.held.isEmpty, "its stop did not act")
        #expect(bench.trades.last?.exitReason == "Hard Stop Loss")
    }

    @Test(arguments: [(1, true), (2, false)]) func aStreakPausesAndPositionsStay(
        _ limit: Int, _ pauses: Bool
    ) throws {
        let bench = try holding(
            RiskLimits(maxPositionsPerAsset: 5, consecutiveLosses: limit))
        try loseOne(bench)
        #expect(bench.paused == (pauses ? .lossStreak : nil))
        if pauses { expectTended(bench) }
    }

    @Test func aStreakLimitSetToThePresentOneLeavesPositionsOpen() throws {
        var limits = RiskLimits(maxPositionsPerAsset: 5, consecutiveLosses: 2)
        let bench = try holding(limits)
        try loseOne(bench)
        limits.consecutiveLosses = 1
        bench.world.trading.setLimits(bench.bot, limits, version: 1)
        #expect(bench.paused == .lossStreak)
        expectTended(bench)
    }

    @Test(arguments: [(3, true), (4, false)]) func errorsPauseAndPositionsStay(
        _ limit: Int, _ pauses: Bool
    ) throws {
        let bench = try holding(RiskLimits(maxPositionsPerAsset: 5, apiErrors: limit))
        for _ in 0..<3 { bench.world.trading.countAPIError(bench.bot, .unreachable) }
        #expect(bench.paused == (pauses ? .apiErrors : nil))
        if pauses { return expectTended(bench) }
        bench.world.trading.setLimits(
            bench.bot, RiskLimits(maxPositionsPerAsset: 5, apiErrors: 3), version: 1)
        #expect(bench.paused == .apiErrors)
        expectTended(bench)
    }

    /// Below its value nothing happens; live, to the present loss, everything does.
    @Test func theKillSwitchMovesLiveAndPositionsStay() throws {
        var limits = RiskLimits(
            maxPositionsPerAsset: 5, maxLossPerTrade: .percent(50), dailyLoss: .percent(1))
        let bench = try holding(limits)
        bench.print(99)
        #expect(bench.paused == nil, "20 of 10,000 are 0.2 %")
        limits.dailyLoss = Rate(raw: 200_001)
        bench.world.trading.setLimits(bench.bot, limits, version: 1)
        #expect(bench.paused == nil)
        limits.dailyLoss = Rate(raw: 200_000)
        bench.world.trading.setLimits(bench.bot, limits, version: 2)
        #expect(bench.paused == .killSwitch)
        let words = bench.world.journal.activities.first { $0.what == "daily_loss_pct" }?.detail
        #expect(words?.contains("0.2 %, limit 0.2 %") == true, "\(words ?? "-")")
        expectTended(bench)
    }
}
