/// Entry limits at, just below and just above their values, and changed across them live.
import Store
import Testing

@testable import Core

@Suite struct RiskGateTests {
    private func verdict(
        _ bench: WorldBench, _ side: Side = .long, leverage: Int = 3, symbol: Int = 0,
        price: Double = 100, market: Market? = nil, equity: Money = .units(10_000)
    ) -> String {
        let intent = EntryIntent(
            side: side, symbol: symbol, price: WorldBench.price(price), leverage: leverage,
            stop: nil)
        let market = market ?? bench.world.markets[symbol]
        let name = bench.world.markets[symbol].instrument.symbol
        switch RiskGate.judge(
            intent, bench.bot, WorldBench.instrument(name), equity, market)
        {
        case .approved(let order): return "\(order.quantity)"
        case .denied(let denial): return denial.limit
        }
    }

    private func holding(_ symbols: [Int]) throws -> WorldBench {
        let bench = try WorldBench(
            symbols: ["X", "Y", "Z"],
            limits: RiskLimits(maxPositionsPerAsset: 20, maxPositionsTotal: 100))
        for symbol in 0...2 { bench.print(100, symbol: symbol) }
        for symbol in symbols { bench.enter(symbol: symbol) }
        #expect(bench.held.count == symbols.count)
        return bench
    }

    /// Ten percent of ten thousand at a hundred.
    @Test func nothingOpenIsApprovedAtTheTemplatesSize() throws {
        #expect(try verdict(holding([])) == "10")
    }

    @Test(arguments: [(1, "max_positions_per_asset"), (2, "max_positions_per_asset"), (3, "10")])
    func positionsPerAsset(_ limit: Int, _ expected: String) throws {
        let bench = try holding([0, 0, 1])
        bench.bot.limits.maxPositionsPerAsset = limit
        #expect(verdict(bench) == expected)
    }

    @Test(arguments: [(2, "max_positions_total"), (3, "max_positions_total"), (4, "10")])
    func positionsTotal(_ limit: Int, _ expected: String) throws {
        let bench = try holding([0, 0, 1])
        bench.bot.limits.maxPositionsTotal = limit
        #expect(verdict(bench, symbol: 2) == expected)
    }

    @Test func anEntryUnderWayCountsAsAPosition() throws {
        let bench = try holding([])
        bench.range(0, high: 100, low: 100, close: 100)
        bench.enter()
        bench.bot.limits = RiskLimits()
        #expect(bench.held.isEmpty)
        #expect(verdict(bench) == "max_positions_per_asset")
    }

    @Test func anOppositePositionWouldNetAtTheExchange() throws {
        let bench = try holding([0])
        #expect(verdict(bench, .long) == "10")
        #expect(verdict(bench, .short) == "opposite_position")
        #expect(verdict(bench, .short, symbol: 1) == "10")
    }

    @Test(arguments: [(2, "max_leverage"), (3, "10"), (4, "10")])
    func leverage(_ limit: Int, _ expected: String) throws {
        let bench = try holding([])
        bench.bot.limits.maxLeverage = limit
        #expect(verdict(bench, leverage: 3) == expected)
    }

    @Test(arguments: [(20, "10"), (21, "max_leverage")])
    func theExchangesOwnLeverageBindsToo(_ leverage: Int, _ expected: String) throws {
        let bench = try holding([])
        bench.bot.limits.maxLeverage = 100
        #expect(verdict(bench, leverage: leverage) == expected)
    }

    @Test func lessThanALotIsDenied() throws {
        #expect(try verdict(holding([]), equity: .units(1)) == "0.001")
        #expect(try verdict(holding([]), equity: Money(raw: 99_000_000)) == "size")
    }

    /// Slippage is what the walk through the book would cost: at the limit it passes.
    @Test(arguments: [Side.long, .short]) func slippage(_ side: Side) throws {
        let thin = try ThinBench()
        let market = thin.world.markets[0]
        let bench = try holding([])
        let price = try #require(market.lastPrice)
        let grid = WorldBench.instrument("X")
        let size = Quantity(of: .units(1000), at: price).rounded(to: grid.lot, .down)
        let take = try #require(
            market.book?.take(side.opening, size, worst: nil, tick: grid.tick, lot: grid.lot))
        let slippage = take.price.change(from: price) * side.sign
        bench.bot.limits.maxSlippage = slippage
        let passes = verdict(bench, side, price: price.double, market: market)
        #expect(passes != "max_slippage_pct")
        bench.bot.limits.maxSlippage = Rate(raw: slippage.raw - 1)
        let denied = verdict(bench, side, price: price.double, market: market)
        #expect(denied == "max_slippage_pct")
    }

    @Test func closesAreExemptFromSlippage() throws {
        let bench = try ThinBench()
        try bench.enter(.long, lots: 120)
        bench.bot.limits.maxSlippage = .basisPoints(1)
        let position = try #require(bench.bot.positions.first)
        bench.world.trading.closePosition(position.id, of: bench.bot, command: ID(1))
        bench.world.advance(to: bench.world.now + .minutes(5))
        let trade = try #require(bench.world.journal.trades.first)
        #expect(trade.slippageOut > bench.bot.limits.maxSlippage)
    }

    /// A wait for the next open: what is set meanwhile binds what was approved before.
    @Test(arguments: [
        (RiskLimits(maxLeverage: 2), false), (RiskLimits(maxLeverage: 3), true),
        (RiskLimits(maxSlippage: .basisPoints(1)), false),
        (RiskLimits(maxSlippage: .percent(5)), true),
    ])
    func limitsThatChangeWhileAnEntryWaits(_ limits: RiskLimits, _ fills: Bool) throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.range(0, high: 100, low: 100, close: 100)
        bench.enter(leverage: 3)
        bench.world.trading.setLimits(bench.bot, limits, version: 1)
        bench.print(100)
        #expect(bench.held.isEmpty != fills)
    }

    /// On its way to a seeded exchange for eighty milliseconds.
    @Test(arguments: [(2, 5, 0), (3, 5, 1), (3, 1, 0), (3, 2, 1)])
    func limitsThatChangeWhileAnEntryTravels(
        _ leverage: Int, _ total: Int, _ expected: Int
    ) throws {
        let bench = try ThinBench(
            limits: RiskLimits(maxPositionsPerAsset: 5, maxSlippage: .percent(5)))
        try bench.enter(.long, lots: 10)
        #expect(bench.bot.held.count == 1)
        bench.world.trading.submit(
            OrderDraft(
                symbol: 0, side: .buy, quantity: bench.world.markets[0].instrument.lot,
                reduceOnly: false, purpose: .entry,
                decisionPrice: bench.world.markets[0].lastPrice ?? .zero, leverage: 3,
                reason: "entry"), for: bench.bot)
        var limits = bench.bot.limits
        limits.maxLeverage = leverage
        limits.maxPositionsTotal = total
        bench.world.trading.setLimits(bench.bot, limits, version: 1)
        bench.world.advance(to: bench.world.now + .seconds(1))
        #expect(bench.bot.held.count == 1 + expected)
    }

    /// A size that no account can have is denied, and not counted: the engine would stop there.
    @Test(arguments: [
        (Sizing.quantity(Quantity(raw: .max)), 100), (.notional(Money(raw: .max)), 100),
        (.notional(.units(1_000_000_000)), 0.000_001), (.equityShare(.percent(1000)), 0.000_000_1),
        (.riskShare(.percent(100)), 0.000_000_1),
    ] as [(Sizing, Double)])
    func aSizeBeyondEveryAccountIsDenied(_ sizing: Sizing, _ price: Double) throws {
        let bench = try holding([])
        bench.bot.template?.sizing = sizing
        let stop = WorldBench.price(price) - Price(raw: 1)
        let intent = EntryIntent(
            side: .long, symbol: 0, price: WorldBench.price(price), leverage: 3, stop: stop)
        let market = bench.world.markets[0]
        let instrument = WorldBench.instrument("X")
        guard
            case .denied(let denial) = RiskGate.judge(
                intent, bench.bot, instrument, .units(100_000), market)
        else {
            Issue.record("\(sizing) was approved")
            return
        }
        #expect(denial.limit == "size")
        #expect(denial.words.contains("beyond every account"))
        let all = RiskGate.denials(intent, bench.bot, instrument, .units(100_000), market)
        #expect(all.all == [.size])
    }

    @Test func riskSizingWithoutAStopSaysSo() throws {
        let bench = try holding([])
        bench.bot.template?.sizing = .riskShare(.percent(1))
        let intent = EntryIntent(
            side: .long, symbol: 0, price: WorldBench.price(100), leverage: 3, stop: nil)
        let verdict = RiskGate.judge(
            intent, bench.bot, WorldBench.instrument("X"), .units(10_000), bench.world.markets[0])
        guard case .denied(let denial) = verdict else {
            Issue.record("approved without a size")
            return
        }
        #expect(denial.words == "its size follows from a stop, and no stop is known")
    }
}
