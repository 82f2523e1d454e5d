/// The record of a candle as people read it.

import Store
import TestKit
import Testing

@testable import Core

@Suite struct WhyBoardTests {
    private let reader: BoardReader

    init() throws {
        let database = try FleetFixture.database()
        try FleetFixture.addDecisions(to: database)
        reader = BoardReader(over: database, owner: FleetFixture.owner)
    }

    private func board(_ index: Int) throws -> WhyBoard {
        try #require(try reader.why(ID(1), asOf: FleetFixture.decided[index]))
    }

    @Test func theFirstBlockerAndAllBlockersAreMarked() throws {
        let board = try board(1)
        #expect(board.blockers.map(\.name) == ["ADX / DMI", "Distance from moving average"])
        #expect(board.firstBlocker?.stage == .filter)
        #expect(board.steps.count(where: \.isFirst) == 1)
        #expect(board.verdict == "filter ADX / DMI blocks")
        #expect(board.replaysToTheSame && !board.entered && board.lean == .long)
        let limits = board.steps.filter { $0.stage == .limit }
        // All but the exchange's own minimum, which has not stood in the way.
        #expect(limits.count == EntryLimit.allCases.count - 1)
        #expect(limits.allSatisfy { $0.verdict == "not asked" && !$0.blocks })
    }

    @Test func aCheckThatPassesTheOtherSideSaysWhichItBlocks() {
        var step = WhyStep(
            stage: .filter, name: "EMA Trend", verdict: "pass short", value: "0.3 %", blocks: true)
        #expect(step.answer == "blocks long" && step.remark == "allows short only, 0.3 %")
        step.verdict = "pass long"
        #expect(step.answer == "blocks short" && step.remark == "allows long only, 0.3 %")
        step.blocks = false
        #expect(step.answer == "allows long" && step.remark == "0.3 %")
        step.verdict = "block"
        step.blocks = true
        #expect(step.answer == "block" && step.remark == "0.3 %")
    }

    /// The same words for a reading, a step and a blocker.
    @Test func aSideThatIsPassedAloneHasOneWording() {
        for (state, side, answer) in [
            ("pass long", Side.short, "blocks short"), ("pass short", .long, "blocks long"),
            ("pass long", .long, "allows long"), ("pass short", nil, "allows short"),
            ("pass", .short, "pass"), ("block", .long, "block"), ("no data", nil, "no data"),
        ] as [(String, Side?, String)] {
            #expect(CheckWords(state, for: side).answer == answer)
            #expect(CheckWords(state, for: side).blocksSide == answer.hasPrefix("blocks"))
        }
    }

    /// The sentences of the console, and none says the score twice.
    @Test func theVerdictIsASentence() throws {
        #expect(try board(0).verdict == "score 0.00 does not exceed 0.5")
        #expect(try board(0).saysScore && !board(1).saysScore && !board(2).saysScore)
        var step = WhyStep(
            stage: .filter, name: "EMA Trend", verdict: "pass short", value: "0.3 %", blocks: true)
        #expect(step.reason == "filter EMA Trend blocks long: allows short only, 0.3 %")
        step.verdict = "block"
        #expect(step.reason == "filter EMA Trend blocks: 0.3 %")
        step.verdict = "no data"
        #expect(step.reason == "filter EMA Trend: no data (0.3 %)")
    }

    @Test func stepsStandInDecisionOrder() throws {
        let order = WhyStep.Stage.allCases
        for index in 0..<3 {
            let places = try board(index).steps.map { order.firstIndex(of: $0.stage) ?? -1 }
            #expect(places == places.sorted())
        }
        let signals = try board(0).steps.filter { $0.stage == .signal }
        #expect(signals.map(\.name) == ["EMA Cross", "MACD", "Supertrend"])
        #expect(signals.map(\.weight) == [2, 1, 2])
    }

    @Test func anEntryHasNoBlockerAndItsLimitsPassed() throws {
        let board = try board(2)
        #expect(board.entered && board.blockers.isEmpty && board.firstBlocker == nil)
        #expect(board.verdict == "entered long" && board.replaysToTheSame)
        #expect(board.steps.filter { $0.stage == .limit }.allSatisfy { $0.verdict == "pass" })
    }

    @Test func neighboursLeadThroughTheRecord() throws {
        let times = FleetFixture.decided
        #expect(try board(0).older == nil)
        #expect(try board(0).newer == times[1])
        #expect(try board(1).older == times[0])
        #expect(try board(1).newer == times[2])
        #expect(try board(2).newer == nil)
        #expect(try reader.why(ID(1))?.at == times[2])
        #expect(try reader.why(ID(1), asOf: times[1] + .minutes(5))?.at == times[1])
        #expect(try reader.why(ID(1), symbol: "ETH-PERP") == nil)
        #expect(try reader.why(ID(2)) == nil)
    }

    @Test func jsonNamesScoresAndBlockers() throws {
        let json = try board(1).json
        #expect(json["threshold"] == .number("0.5") && json["score"] == .number("1"))
        #expect(json["first_blocker"]?["name"] == "ADX / DMI")
        #expect(json["blockers"]?.elements?.count == 2)
        #expect(json["entered"] == false && json["replays_to_the_same"] == true)
        #expect(try board(2).json["first_blocker"] == .null)
    }
}
