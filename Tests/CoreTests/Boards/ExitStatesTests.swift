/// Exit rules are armed by the positions that are open, not by what the last close found open.

import Store
import TestKit
import Testing

@testable import Core

@Suite struct ExitStatesTests {
    private let database: Database
    private let exits = ["Hard Stop Loss", "Chandelier Exit", "Signal Flip Exit"]

    init() throws { database = try FleetFixture.database() }

    /// What the last close left of bot 1: nothing was held then, or something was.
    private func record(_ symbol: String, _ state: String, chandelier: String) throws {
        let readings = exits.map { name in
            ComponentReading(
                name: name, role: .exit, weight: 1,
                value: name == "Chandelier Exit" ? chandelier : "2 % from entry", state: state)
        }
        try database.write { db throws(StoreError) in
            try db.save(
                LastDecision(
                    botID: ID(1), symbol: symbol, at: FleetFixture.now - .hours(4),
                    close: FleetFixture.price("60000"), score: 0.2, threshold: 0.5, side: nil,
                    verdict: "score", readings: ComponentReading.text(of: readings)))
        }
    }

    private func states(_ symbol: String) throws -> [String] {
        let reader = BoardReader(over: database, owner: FleetFixture.owner)
        let breakdown = try #require(try reader.dossier(of: ID(1))?.breakdown)
        let row = try #require(breakdown.decisions.first { $0.decision.symbol == symbol })
        return row.readings.map(\.state)
    }

    @Test func aPositionOpenedSinceTheLastCloseIsWatched() throws {
        try record("BTC-PERP", "not armed", chandelier: "120 from the extreme")
        #expect(try states("BTC-PERP") == ["armed", "armed", "armed"])
    }

    @Test func aRuleThatIsNotWarmWatchesNothing() throws {
        try record("BTC-PERP", "not armed", chandelier: warmingUp)
        #expect(try states("BTC-PERP") == ["armed", "not armed", "armed"])
    }

    @Test func whatWasClosedSinceIsNotWatchedAnyMore() throws {
        try record("ETH-PERP", "armed", chandelier: "12 from the extreme")
        #expect(try states("ETH-PERP") == ["not armed", "not armed", "not armed"])
    }

    /// A gain arms some rules, and the record of an earlier close does not know of it.
    @Test func aGainArmsWhatWaitsForOne() throws {
        let template = SystemTemplates.volatilityBreakout
        let trailing = [
            ComponentReading(
                name: "Trailing Stop", role: .exit, weight: 1, value: "", state: "not armed")
        ]
        let states = try #require(ExitStates(template))
        var position = try #require(try database.read { db throws(StoreError) in
            try db.positions().first
        })
        #expect(states.applied(to: trailing, of: [position]).map(\.state) == ["not armed"])
        position.bestPrice = position.entryPrice.times(.percent(150))
        #expect(states.applied(to: trailing, of: [position]).map(\.state) == ["armed"])
    }

    private func change(_ change: (inout Bot) -> Void) throws {
        try database.write { db throws(StoreError) in
            guard var bot = try db.bot(ID(1)) else { return }
            change(&bot)
            try db.save(bot)
        }
    }

    private func row() throws -> PositionRow {
        let reader = BoardReader(over: database, owner: FleetFixture.owner)
        return try #require(try reader.positions(of: ID(1)).rows.first)
    }

    /// A stopped bot runs nothing, and a failed one promises nothing.
    @Test(arguments: [BotState.stopped, .error, .offline])
    func nothingIsArmedWhereNobodyRunsTheExits(_ phase: BotState) throws {
        try record("BTC-PERP", "armed", chandelier: "120 from the extreme")
        try change { $0.phase = phase }
        #expect(try states("BTC-PERP") == ["unwatched", "unwatched", "unwatched"])
        let row = try row()
        #expect(row.exitRules.isEmpty && !row.isWatched)
        #expect(row.exitWords == "unwatched")
        let armed = row.json(now: FleetFixture.now)["exit_rules_armed"]
        #expect(armed?.elements?.isEmpty == true)
    }

    @Test func aPausedBotAndOneOnItsWayDownRunThem() throws {
        try record("BTC-PERP", "not armed", chandelier: "120 from the extreme")
        try change { $0.isPaused = true }
        #expect(try states("BTC-PERP") == ["armed", "armed", "armed"])
        try change { ($0.isPaused, $0.phase) = (false, .windingDown) }
        #expect(try row().exitRules == exits)
    }

    /// A bot that cannot be reached goes on with what it heard last.
    @Test func aBotOutOfSightRunsWhatItHeardLast() throws {
        try change { $0.phase = .offline }
        #expect(try row().exitWords == "unwatched")
        try database.write { db throws(StoreError) in
            try db.save(
                BotLink(
                    botID: ID(1), running: 1, lostAt: FleetFixture.now,
                    returnsAt: FleetFixture.now + .minutes(1)))
        }
        #expect(try row().exitRules == exits)
    }

    /// The list of positions and the page of the bot say the same of each rule.
    @Test func theListNamesWhatThePageCallsArmed() throws {
        try record("BTC-PERP", "not armed", chandelier: warmingUp)
        #expect(try states("BTC-PERP") == ["armed", "not armed", "armed"])
        #expect(try row().exitRules == ["Hard Stop Loss", "Signal Flip Exit"])
    }

    @Test func whatWaitsForAGainIsNotNamed() throws {
        let states = try #require(ExitStates(SystemTemplates.momentumPullback))
        var position = try row().position
        #expect(states.armed(for: position, []) == ["Hard Stop Loss"])
        position.bestPrice = position.entryPrice.times(.percent(200))
        let armed = ["Hard Stop Loss", "Break-Even Stop", "Trailing Stop"]
        #expect(states.armed(for: position, []) == armed)
    }

    /// The anti-test: who does not ask whether they run calls them armed.
    @Test func withoutTheStateOfItsBotARuleSeemsArmed() throws {
        let position = try row().position
        let asked = try #require(ExitStates(SystemTemplates.trendFollower, runs: false))
        let unasked = try #require(ExitStates(SystemTemplates.trendFollower))
        #expect(asked.armed(for: position, []).isEmpty)
        #expect(unasked.armed(for: position, []) == exits)
    }

    /// The anti-test: the record alone says that nothing watches what is open.
    @Test func theRecordOfTheLastCloseAloneIsWrong() throws {
        try record("BTC-PERP", "not armed", chandelier: "120 from the extreme")
        let decisions = try database.read { db throws(StoreError) in
            try db.lastDecisions(of: ID(1))
        }
        let rows = TemplateBreakdown(SystemTemplates.trendFollower, decisions: decisions).decisions
        #expect(rows.flatMap(\.readings).map(\.state) == ["not armed", "not armed", "not armed"])
    }
}
