/// Candles that are passed in one step leave nothing out: the same run, step by step, is the same.
import Store
import TestKit
import Testing

@testable import Core

@Suite struct QuietTurnTests {
    private let fixture = ReplayFixture()

    /// A journal that wants every mark is played step by step.
    private func run(
        _ template: Template, _ limits: RiskLimits, _ scope: Journal.Scope
    ) throws -> ReplayResult {
        try World.replaying(
            ReplayRequest(file: fixture.file, template: template, limits: limits), journal: scope
        ).replay()
    }

    private static let tight = [
        RiskLimits(),
        RiskLimits(maxLossPerTrade: Rate(raw: 20_000), dailyLoss: Rate(raw: 5_000_000)),
        RiskLimits(maxLossPerTrade: Rate(raw: 60_000), dailyLoss: Rate(raw: 400_000)),
        RiskLimits(
            maxPositionsPerAsset: 3, maxPositionsTotal: 3, maxLossPerTrade: Rate(raw: 40_000),
            dailyLoss: Rate(raw: 800_000), dailyLossFlattens: true),
    ]

    @Test(arguments: [SystemTemplates.trendFollower, SystemTemplates.meanReverter], tight.indices)
    func stepByStepIsTheSame(_ template: Template, _ limits: Int) throws {
        var always = template
        always.timeframe = .fiveMinutes
        always.threshold = 0.2
        always.components.removeAll { $0.role != .signal && $0.role != .exit }
        let quick = try run(always, Self.tight[limits], .replay)
        let slow = try run(always, Self.tight[limits], [.replay, .state])
        #expect(ReplayBench.text(quick.trades) == ReplayBench.text(slow.trades))
        #expect(quick.equity == slow.equity && quick.finalEquity == slow.finalEquity)
        #expect(quick.drawdown.peak == slow.drawdown.peak)
        #expect(quick.drawdown.deepest == slow.drawdown.deepest)
        #expect(quick.drawdown.deepest.isPositive)
        let points = quick.equity.map(\.equity)
        #expect(quick.drawdown.peak >= points.max() ?? .zero)
        #expect(quick.trades.count > 10)
        if limits > 0 {
            #expect(quick.trades.contains { $0.exitReason.hasSuffix("_pct") })
        }
    }
}
