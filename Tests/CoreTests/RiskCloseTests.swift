/// Limits stand before entries: a close passes them all, whoever or whatever asks for it.
import Store
import Testing

@testable import Core

/// Closing orders are never stopped by a limit.
@Suite struct RiskCloseTests {
    /// Each limit as tight as it can be, then all of them.
    private static let tight: [RiskLimits] = [
        RiskLimits(maxPositionsPerAsset: 1), RiskLimits(maxPositionsTotal: 1),
        RiskLimits(maxLossPerTrade: .basisPoints(10)), RiskLimits(dailyLoss: .basisPoints(50)),
        RiskLimits(consecutiveLosses: 1), RiskLimits(maxLeverage: 1),
        RiskLimits(maxSlippage: .basisPoints(1)), RiskLimits(apiErrors: 1),
        RiskLimits(
            maxPositionsPerAsset: 1, maxPositionsTotal: 1, maxLossPerTrade: .basisPoints(10),
            dailyLoss: .basisPoints(50), consecutiveLosses: 1, maxLeverage: 1,
            maxSlippage: .basisPoints(1), apiErrors: 1),
    ]

    /// Three positions, so that every count is above its limit; then the limits close in.
    private func bench(_ limits: RiskLimits) throws -> WorldBench {
        let bench = try WorldBench(
            limits: RiskLimits(maxPositionsPerAsset: 20, maxPositionsTotal: 100))
        bench.print(100)
        for _ in 0..<3 { bench.enter(leverage: 3) }
        try #require(bench.held.count == 3)
        bench.world.trading.setLimits(bench.bot, limits, version: 1)
        bench.world.trading.countAPIError(bench.bot, .unreachable)
        return bench
    }

    @Test(arguments: tight.indices) func aPersonsCloseOfOne(_ index: Int) throws {
        let bench = try bench(Self.tight[index])
        let one = try #require(bench.held.first)
        bench.world.trading.closePosition(one.id, of: bench.bot, command: ID(7))
        bench.print(100)
        #expect(!bench.held.contains { $0.id == one.id })
    }

    @Test(arguments: tight.indices) func aCloseAll(_ index: Int) throws {
        let bench = try bench(Self.tight[index])
        bench.world.trading.closeAll([bench.bot], command: ID(7))
        bench.print(100)
        bench.world.advance(to: bench.world.now + .minutes(2))
        #expect(bench.held.isEmpty)
    }

    @Test(arguments: tight.indices) func anExitRule(_ index: Int) throws {
        let bench = try bench(Self.tight[index])
        bench.world.trading.pause(bench.bot, cause: .person, until: nil)
        bench.print(50)
        bench.print(50)
        #expect(bench.held.isEmpty)
    }
}
