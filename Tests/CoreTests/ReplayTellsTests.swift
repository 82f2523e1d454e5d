/// A replay tells what is open at its end, and what stood in the way of entries.
import Store
import Testing

@testable import Core

@Suite struct ReplayTellsTests {
    private func counts(_ result: ReplayResult) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: result.blocked.map { ($0.what, $0.count) })
    }

    private func run(
        _ rows: [HourlyRow] = Array(repeating: .flat(101), count: 6),
        _ change: (inout HourlyReplay) -> Void
    ) throws -> ReplayResult {
        var replay = HourlyReplay(rows)
        change(&replay)
        return try replay.run()
    }

    @Test func everyCandleWithoutAnEntryIsCounted() throws {
        let result = try run { _ in }
        let entered = 1
        #expect(result.blocked.reduce(0) { $0 + $1.count } == result.decisions - entered)
        #expect(counts(result)["score"] == 8)
        #expect(counts(result)["warm_up"] == 1)
        #expect(result.latchedAt == nil)
        #expect(result.open.count == 1)
    }

    @Test func whatTheExchangeRefusesIsCounted() throws {
        // All of the equity at leverage 1 leaves nothing for a fee.
        let margin = try run { replay in
            replay.template = HourlyReplay.template(percent: 300)
        }
        #expect(counts(margin)["margin"] == 1)
        #expect(margin.trades.isEmpty && margin.open.isEmpty)
        let slippage = try run([.flat(110), .flat(110)]) { replay in
            replay.limits.maxSlippage = .percent(1)
        }
        #expect(counts(slippage)["max_slippage_pct"] == 1)
    }

    @Test func whatALimitDeniesIsCounted() throws {
        let leverage = try run { replay in
            replay.template = HourlyReplay.template(leverage: 20)
            replay.limits.maxLeverage = 5
        }
        #expect(counts(leverage)["max_leverage"] == 1)
        let lot = try run { $0.lot = 1000 }
        #expect(counts(lot)["lot"] == 1)
    }

    /// An entry that no price follows.
    @Test func whatIsWithdrawnIsCountedByItsCause() throws {
        #expect(counts(try run([]) { _ in })["end_of_data"] == 1)
    }

    @Test func theInstantOfALatchIsTold() throws {
        let result = try run([.flat(101), HourlyRow(101, 101, 80, 101), .flat(101)]) { replay in
            replay.limits.dailyLoss = .percent(10)
        }
        #expect(result.latchedAt == HourlyReplay.hour(6))
    }

    /// Runs that made room for others are counted all the same.
    @Test func countsOutliveTheRecords() throws {
        let template = SystemTemplates.meanReverter
        let strategy = try Strategy(template, tick: Price(raw: 1))
        let runs = DecisionRuns()
        var added = 0
        while runs.dropped == 0 {
            var head = DecisionHead(score: 0, isWarm: true, sessionOpen: true)
            head.outcome = .score
            head.asked = true
            runs.add(head, strategy)
            added += 1
        }
        #expect(runs.obstacles == [.score: added])
    }
}
