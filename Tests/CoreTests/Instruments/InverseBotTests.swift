/// Bots over inverse contracts: sizes, loss limits, trades, to the last digit of the account.
import Store
import Testing

@testable import Core

@Suite struct InverseBotTests {
    private static let contract = ContractTests.hundredDollars
    private static let withoutExits = Template(
        name: "Bare", timeframe: .oneMinute, mode: .any,
        components: [
            ComponentSpec("Rate of Change", .signal),
            ComponentSpec("Time Stop", .exit, ["candles": "1000"]),
        ])

    /// A thousand contracts at 100: worth a thousand of ten thousand.
    private func bench(_ limits: RiskLimits, _ side: Side = .long) throws -> WorldBench {
        let bench = try WorldBench(
            template: Self.withoutExits, limits: limits, contract: Self.contract)
        bench.print(100)
        bench.enter(side, 1000)
        #expect(bench.held.count == 1)
        return bench
    }

    // MARK: Loss limits

    /// 0.1 % of an equity that has lost it: 100,000 × (1/p − 1/100) = 10 / 1.001, p = 99.0108….
    @Test(arguments: [(99.02, 1), (99.01, 0)]) func lossPerTradeOfALong(
        _ price: Double, _ open: Int
    ) throws {
        let bench = try bench(RiskLimits(maxLossPerTrade: .basisPoints(10)))
        bench.print(price)
        #expect(bench.held.count == open)
        guard open == 0 else { return }
        #expect(bench.trades.map(\.exitReason) == ["max_loss_per_trade_pct"])
        // 1,000 − 100,000 / 99.01.
        #expect(try bench.trades.map(\.gross) == [.parse("-9.998990")])
    }

    /// 100,000 × (1/100 − 1/p) = 10 / 1.001, p = 101.009….
    @Test(arguments: [(101.0, 1), (101.01, 0)]) func lossPerTradeOfAShort(
        _ price: Double, _ open: Int
    ) throws {
        let bench = try bench(RiskLimits(maxLossPerTrade: .basisPoints(10)), .short)
        bench.print(price)
        #expect(bench.held.count == open)
    }

    @Test func lossPerTradeInsideACandleFillsAtItsLevel() throws {
        let bench = try bench(RiskLimits(maxLossPerTrade: .basisPoints(10)))
        bench.range(0, high: 100, low: 98, close: 100)
        #expect(bench.trades.map(\.exitPrice) == [WorldBench.price(99.01)])
    }

    /// A short loses at most what it was worth: a limit above that has no price.
    @Test func aLimitThatIsNeverReachedHasNoPrice() throws {
        let bench = try bench(RiskLimits(maxLossPerTrade: .percent(50)), .short)
        let trading = bench.world.trading
        #expect(trading.lossLevel(bench.bot, bench.bot.held[0], .percent(12)) == nil)
        #expect(trading.lossLevel(bench.bot, bench.bot.held[0], .percent(5)) != nil)
    }

    /// 0.5 % of 10,000 are 50: 100,000 × (1/p − 1/100), p = 95.238….
    @Test(arguments: [(95.24, false), (95.23, true)]) func dailyLossLatches(
        _ price: Double, _ latches: Bool
    ) throws {
        let bench = try bench(
            RiskLimits(maxLossPerTrade: .percent(50), dailyLoss: .basisPoints(50)))
        bench.print(price)
        #expect((bench.bot.record.killLatchedAt != nil) == latches)
    }

    // MARK: Sizes

    private func size(_ sizing: Sizing, equity: String, stop: Double? = nil) throws -> Quantity? {
        let intent = EntryIntent(
            side: .long, symbol: 0, price: WorldBench.price(40_000), leverage: 1,
            stop: stop.map(WorldBench.price))
        return RiskGate.size(intent, sizing, try .parse(equity), Self.contract)
    }

    @Test func sizesAreInContracts() throws {
        // A tenth of one bitcoin is 4,000 dollars: 40 contracts.
        #expect(try size(.equityShare(.percent(10)), equity: "1") == Quantity.one * 40)
        #expect(try size(.notional(.parse("0.1")), equity: "1") == Quantity.one * 40)
        #expect(try size(.quantity(Quantity.one * 7), equity: "1") == Quantity.one * 7)
        // 76 contracts lose a hundredth of a bitcoin between 40,000 and 38,000.
        #expect(try size(.riskShare(.percent(1)), equity: "1", stop: 38_000) == Quantity.one * 76)
        #expect(try size(.riskShare(.percent(1)), equity: "1", stop: 40_000) == nil)
        #expect(try size(.riskShare(.percent(1)), equity: "1") == nil)
    }

    // MARK: Books

    /// Entries and exits in parts, at prices of their own: trades bring what the account gains.
    @Test(arguments: UInt64(1)...8) func netsSumToTheChangeOfTheWallet(_ seed: UInt64) throws {
        var dice = Randomness(seed: seed)
        let limits = RiskLimits(
            maxPositionsPerAsset: 20, maxPositionsTotal: 100, maxLossPerTrade: .percent(50),
            dailyLoss: .percent(50), consecutiveLosses: 50, maxLeverage: 20,
            maxSlippage: .percent(5))
        let bench = try WorldBench(
            template: Self.withoutExits, limits: limits, contract: Self.contract)
        var price = 100.0
        for _ in 0..<60 {
            price += Double(dice.integer(in: -150...150)) / 100
            bench.print(price)
            if dice.chance(1, in: 3), let held = bench.held.first {
                bench.world.trading.closePosition(held.id, of: bench.bot, command: ID(1))
            } else {
                let side = bench.held.first?.side ?? (dice.chance(1, in: 2) ? .long : .short)
                bench.enter(side, Double(dice.integer(in: 1...999)) / 10, decision: price)
            }
            bench.print(price)
        }
        for held in bench.held {
            bench.world.trading.closePosition(held.id, of: bench.bot, command: ID(1))
        }
        bench.print(price)
        #expect(bench.held.isEmpty && bench.trades.count > 5)
        let account = try #require(bench.world.trading.venue.paper.account(WorldBench.key))
        let nets = bench.trades.reduce(Money.zero) { $0 + $1.net }
        let dust = Money(raw: Int64(8 * bench.trades.count))
        #expect((account.wallet - account.deposits - nets).magnitude <= dust)
        #expect(!nets.isZero)
    }

    /// A trade out of one position in one piece has the price that it was closed at.
    @Test func aTradeSaysItsPricesAndItsProfit() throws {
        let bench = try bench(RiskLimits(maxLossPerTrade: .percent(50)))
        bench.print(125)
        bench.world.trading.closePosition(bench.held[0].id, of: bench.bot, command: ID(1))
        let trade = try #require(bench.trades.first)
        #expect(trade.entryPrice == WorldBench.price(100))
        #expect(trade.exitPrice == WorldBench.price(125))
        // 1,000 − 800.
        #expect(trade.gross == .units(200) && trade.net == .units(200))
    }

    @Test func theMarginIsAPartOfTheValue() throws {
        let bench = try bench(RiskLimits())
        #expect(try bench.held.map(\.margin) == [.parse("333.33333333")])
        // 100 × 1.005 × 3 / 4.
        #expect(bench.held.map(\.liquidation) == [WorldBench.price(75.38)])
    }
}
