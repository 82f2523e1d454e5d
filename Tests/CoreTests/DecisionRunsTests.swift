/// What a replay keeps of its decisions is what the engine would have written down.
import Store
import TestKit
import Testing

@testable import Core

@Suite struct DecisionRunsTests {
    private let fixture = ReplayFixture()

    private func world(_ template: Template, _ scope: Journal.Scope) throws -> World {
        let request = ReplayRequest(file: fixture.file, template: template)
        let world = try World.replaying(request, journal: scope)
        _ = world.replay()
        return world
    }

    private func runs(_ world: World) throws -> DecisionRuns {
        try #require(world.bots.first?.traded.first).runs
    }

    @Test(arguments: ReplayBench.templates) func runsHoldTheVeryRecords(
        _ template: Template
    ) throws {
        let log = try world(template, .everything).journal.decisionLog
        let runs = try runs(try world(template, .replay))
        #expect(runs.candles == log.entries.count && runs.dropped == 0)
        #expect(runs.records == log.entries.map { log.facts(of: $0) })
        #expect(runs.runs > 20 && runs.runs <= runs.candles)
    }

    @Test func aLiveJournalKeepsNoRuns() throws {
        let runs = try runs(try world(SystemTemplates.meanReverter, .everything))
        #expect(runs.candles == 0 && runs.records.isEmpty)
    }

    @Test func olderRunsMakeRoomForNewOnes() throws {
        let strategy = try Strategy(SystemTemplates.meanReverter, tick: Price(raw: 1))
        let runs = DecisionRuns()
        var candles = 0
        while runs.dropped == 0 {
            // A score of its own on each candle, so that no two share a record.
            let head = DecisionHead(
                score: Double(candles), lean: nil, isWarm: true, sessionOpen: true)
            runs.add(head, strategy)
            candles += 1
        }
        #expect(runs.byteCount < DecisionRuns.bound)
        #expect(runs.candles == candles && runs.records.count == candles - runs.dropped)
        #expect(runs.runs == runs.records.count)
        #expect(Double(runs.dropped) > Double(candles) * 0.4)
    }
}
