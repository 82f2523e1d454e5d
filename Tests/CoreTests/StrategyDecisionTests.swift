/// How votes, verdicts and sessions become a decision.

import Store
import Testing

@testable import Core

@Suite struct StrategyDecisionTests {
    private func score(_ mode: Template.Mode, _ votes: [(Vote, Double)]) -> Double {
        var tally = Tally()
        for (vote, weight) in votes { tally.add(vote, weight: weight) }
        return tally.score(mode)
    }

    @Test func weightedCountsSilentSignalsMajorityDoesNot() {
        let votes: [(Vote, Double)] = [(.long, 2), (.neutral, 1), (.noData, 2)]
        #expect(score(.weighted, votes) == 0.4)
        #expect(score(.majority, votes) == 1)
        #expect(score(.majority, [(.long, 1), (.short, 3)]) == -0.5)
        #expect(score(.majority, [(.neutral, 1)]) == 0)
    }

    @Test func unanimousNeedsEveryEnabledSignal() {
        #expect(score(.unanimous, [(.long, 1), (.long, 5)]) == 1)
        #expect(score(.unanimous, [(.short, 1), (.short, 5)]) == -1)
        #expect(score(.unanimous, [(.long, 1), (.neutral, 1)]) == 0)
        #expect(score(.unanimous, [(.long, 1), (.short, 1)]) == 0)
        #expect(score(.unanimous, [(.long, 1), (.short, 0)]) == 1)
        #expect(score(.unanimous, []) == 0)
    }

    @Test func anyFollowsTheStrongestAndEqualOppositesCancel() {
        #expect(score(.any, [(.neutral, 9), (.short, 1)]) == -1)
        #expect(score(.any, [(.long, 1), (.short, 2)]) == -1)
        #expect(score(.any, [(.long, 2), (.short, 2)]) == 0)
        #expect(score(.any, [(.long, 2), (.short, 2), (.long, 3)]) == 1)
    }

    @Test func theThresholdMustBeExceededStrictly() {
        #expect(Tally.lean(0.5, .weighted, threshold: 0.5) == nil)
        #expect(Tally.lean(0.5000001, .majority, threshold: 0.5) == .long)
        #expect(Tally.lean(-0.5000001, .weighted, threshold: 0.5) == .short)
        #expect(Tally.lean(1, .unanimous, threshold: 1) == .long)
        #expect(Tally.lean(-1, .any, threshold: 1) == .short)
        let threeOfFive = score(.weighted, [(.long, 3), (.neutral, 2)])
        #expect(Tally.lean(threeOfFive, .weighted, threshold: 0.6) == nil)
    }

    private func template(_ change: (inout Template) -> Void = { _ in }) -> Template {
        var template = Template(
            name: "t", timeframe: .oneMinute, mode: .weighted,
            components: [
                ComponentSpec("EMA Cross", .signal, ["fast": "2", "slow": "4"]),
                ComponentSpec("Spread", .guardRole),
                ComponentSpec("Spread", .filter, ["max": "1"]),
            ])
        change(&template)
        return template
    }

    private func run(
        _ template: Template, bps: Int64, sessionOpen: Bool = true, candles: Int = 20
    ) throws -> (Strategy, Decision) {
        let strategy = try Strategy(template, tick: Price(nearest: 0.01))
        let context = MarketContext(spread: .basisPoints(bps))
        for index in 0..<candles {
            _ = strategy.close(
                StrategyCandles.candle(100 + Double(index), at: index), context,
                sessionOpen: sessionOpen)
        }
        return (strategy, strategy.lastDecision)
    }

    @Test func everythingOpenGivesASide() throws {
        let (strategy, decision) = try run(template(), bps: 1)
        #expect(decision.score == 1 && decision.side == .long && decision.lean == .long)
        #expect(decision.firstBlocker == nil && strategy.blockers().isEmpty)
    }

    @Test func warmUpIsCountedInCandlesSeenBefore() throws {
        let (strategy, early) = try run(template(), bps: 1, candles: 3)
        #expect(strategy.warmUpCandles == 3 && !early.isWarm && early.firstBlocker == .warmUp)
        #expect(try run(template(), bps: 1, candles: 4).1.side == .long)
        let patient = template { $0.warmUp = 10 }
        #expect(try run(patient, bps: 1, candles: 10).1.side == nil)
        #expect(try run(patient, bps: 1, candles: 11).1.side == .long)
    }

    @Test func filtersAreAskedBeforeGuardsWhateverTheirOrder() throws {
        let (strategy, decision) = try run(template(), bps: 9)
        #expect(decision.firstBlocker == .component(2))
        #expect(strategy.blockers() == [.component(2), .component(1)])
        #expect(decision.lean == .long && decision.side == nil)
        #expect(strategy.text(of: .component(2)) == "filter Spread blocks: 9.00 bps")
    }

    @Test func sessionScoreAndDirectionBlockInThisOrder() throws {
        let shorts = template { $0.direction = .short }
        let (strategy, decision) = try run(shorts, bps: 9, sessionOpen: false)
        #expect(decision.firstBlocker == .session)
        #expect(
            strategy.blockers() == [.session, .direction, .component(2), .component(1)])
        #expect(try run(shorts, bps: 1).1.firstBlocker == .direction)
        let timid = template { $0.threshold = 1 }
        #expect(try run(timid, bps: 1).1.firstBlocker == .score)
    }

    @Test func snapshotTellsValueAndStateOfEachComponent() throws {
        let (strategy, _) = try run(template(), bps: 3)
        let readings = strategy.snapshot()
        #expect(readings.map(\.state) == ["long", "pass", "block"])
        #expect(readings.map(\.name) == ["EMA Cross", "Spread", "Spread"])
        #expect(readings[1].value == "3.00 bps")
    }

    @Test func feedingTheSameCandlesGivesTheSameDecisions() throws {
        for system in SystemTemplates.all {
            let first = try Strategy(system, tick: Price(nearest: 0.01))
            let second = try Strategy(system, tick: Price(nearest: 0.01))
            for (index, bar) in StrategyCandles.walk(600, seed: 11).enumerated() {
                let candle = StrategyCandles.candle(bar.close, at: index * 60, volume: bar.volume)
                let context = MarketContext(spread: .basisPoints(1))
                #expect(first.close(candle, context) == second.close(candle, context))
            }
            #expect(first.snapshot() == second.snapshot())
        }
    }

    @Test func theFirstTwoSystemTemplatesFindEntriesInAMonthOfCandles() throws {
        let candles = ReplayFixture.standard
        for system in SystemTemplates.all.prefix(2) {
            let strategy = try Strategy(system, tick: Price(nearest: 0.5))
            var aggregator = CandleAggregator(from: .minutes(5), to: system.timeframe)
            var entries = 0
            for candle in candles {
                guard let closed = aggregator.add(candle).complete else { continue }
                let context = MarketContext(spread: .basisPoints(1))
                if strategy.close(closed, context).side != nil { entries += 1 }
            }
            #expect(entries > 0, "\(system.name) never enters")
            #expect(entries < strategy.candlesSeen / 2, "\(system.name) always enters")
        }
    }
}
