/// The bot page: tabs, limits, templates, following.
import Core
import Store
import TestKit
import Testing

@testable import Console

@Suite struct BotScreenTests {
    private func journey(_ tab: BotTab, _ size: Size = Size(80, 24)) throws -> Journey {
        try Journey(size, at: .bot(ID(1), tab))
    }

    @Test func bracketsAndTabWalkTheTabs() throws {
        var journey = try journey(.template)
        try journey.run("]")
        #expect(journey.bot?.tab == .risk)
        try journey.run("<tab>")
        #expect(journey.bot?.tab == .activity)
        try journey.run("] [")
        #expect(journey.bot?.tab == .activity)
    }

    /// A key of another tab names the key that leads there.
    @Test(arguments: [
        (BotTab.activity, "W", "on the Template tab: key ["),
        (.template, "f", "on the Activity tab: key ]"),
        (.activity, "w", "on the Risk limits tab: key ["),
    ])
    func whatWorksElsewhereSaysTheKey(_ tab: BotTab, _ key: String, _ words: String) throws {
        var journey = try journey(tab)
        try journey.run(key)
        #expect(journey.text.contains(words))
    }

    @Test func neighboursKeepTheTab() throws {
        var journey = try journey(.activity)
        try journey.run(">")
        #expect(journey.bot?.bot != ID(1))
        #expect(journey.bot?.tab == .activity)
        try journey.run("<")
        #expect(journey.bot?.bot == ID(1))
        try journey.run("q")
        #expect(journey.place == "fleet")
    }

    @Test func limitsAreSavedTogetherUnderTheTypedLabel() throws {
        var journey = try journey(.risk)
        try journey.run("j <enter> <^u> 3 <enter> j <enter> <^u> 1.5 <enter>")
        #expect(journey.bot?.risk.editCount == 2)
        #expect(journey.sent.isEmpty)
        try journey.run("w")
        #expect(journey.text.contains("Type btc-trend-01 to go on:"))
        try journey.run("btc-trend-01 <enter>")
        #expect(
            journey.sent == [
                .riskSet(
                    bot: "bot-1",
                    [
                        LimitSetting("max_positions_total", "3"),
                        LimitSetting("max_loss_per_trade_pct", "1.5"),
                    ], confirmation: .label("btc-trend-01"))
            ])
        try journey.answer(.done, "btc-trend-01: in force")
        #expect(journey.bot?.risk.editCount == 0)
    }

    /// Nothing is loosened and nothing would close: the same question as on the command line.
    @Test func aPlainYesSavesWhatLoosensNothing() throws {
        var journey = try journey(.risk)
        let steps = RiskTab.names.firstIndex(of: .maxLeverage) ?? 0
        try journey.run(Array(repeating: "j", count: steps).joined(separator: " "))
        try journey.run("<enter> <^u> 2 <enter> w")
        #expect(!journey.text.contains("Type btc-trend-01"))
        try journey.run("y")
        let settings = [LimitSetting("max_leverage", "2")]
        #expect(
            journey.sent == [.riskSet(bot: "bot-1", settings, confirmation: .yes)])
    }

    @Test func unlawfulValuesAreRefusedWhereTheyAreTyped() throws {
        var journey = try journey(.risk)
        try journey.run("<enter> <^u> 900 <enter>")
        #expect(journey.bot?.risk.isEditing == true)
        #expect(journey.bot?.risk.problem?.contains("too large: 1 to 20") == true)
        try journey.run("<^u> abc <enter>")
        #expect(journey.bot?.risk.problem?.contains("whole number") == true)
        try journey.run("<esc>")
        #expect(journey.bot?.risk.isEditing == false)
        #expect(journey.bot?.risk.editCount == 0)
    }

    @Test func theDefaultIsStagedAndEscapeDropsIt() throws {
        var journey = try journey(.risk)
        try journey.run("j d")
        #expect(journey.bot?.risk.edits[.maxPositionsTotal] == "5")
        try journey.run("<esc>")
        #expect(journey.bot?.risk.editCount == 0)
        #expect(journey.place == "bot")
    }

    @Test func leavingWithEditsAsks() throws {
        var journey = try journey(.risk)
        try journey.run("j d q")
        #expect(journey.overlay == "question")
        try journey.run("y")
        #expect(journey.place == "fleet")
    }

    @Test func aTraderEditsNoLimit() throws {
        var journey = try Journey(at: .bot(ID(1), .risk), role: .trader)
        try journey.run("<enter>")
        #expect(journey.bot?.risk.isEditing == false)
        #expect(journey.said.contains("only"))
    }

    @Test func anotherTemplateNeedsTheLabelWhilePositionsAreOpen() throws {
        var journey = try Journey(at: .bot(ID(1), .template), role: .owner)
        try journey.run("c")
        #expect(journey.overlay == "templates")
        try journey.run("g")
        try journey.run("<enter>")
        if journey.overlay == "templates" { try journey.run("j <enter>") }
        #expect(journey.overlay == "change-template")
        #expect(journey.text.contains("the new exit rules take over"))
        #expect(journey.text.contains("BTC-PERP long 0.12: stop 60100 -> 59800"))
        #expect(journey.text.contains("CLOSES AT ONCE: Hard Stop Loss"))
        try journey.run("btc-trend-01 <enter>")
        let assigned = try #require(journey.sent.last?.as(AssignTemplateCommand.self))
        #expect(assigned.bot == "bot-1" && assigned.template != "Trend Follower")
        #expect(assigned.confirmation == .label("btc-trend-01"))
    }

    @Test func aFlatBotsTemplateNeedsAYesOnly() throws {
        var journey = try Journey(at: .bot(ID(5), .template), role: .owner)
        try journey.run("c G <enter> y")
        let assigned = try #require(journey.sent.last?.as(AssignTemplateCommand.self))
        #expect(assigned.bot == "bot-5" && assigned.confirmation == nil)
    }

    @Test func ofSeveralPositionsOneIsChosen() throws {
        var journey = try journey(.template)
        try journey.run("x 2")
        #expect(journey.overlay == "close-position")
        #expect(journey.text.contains("ETH-PERP"))
        try journey.run("y")
        #expect(
            journey.sent == [.closePosition("position-11", confirmation: .token("k7pd-3wxa"))])
    }

    @Test func movingStopsFollowing() throws {
        var journey = try journey(.activity)
        #expect(journey.bot?.activity.isFollowing == true)
        try journey.run("j")
        #expect(journey.bot?.activity.isFollowing == false)
        try journey.run("f")
        #expect(journey.bot?.activity.isFollowing == true)
    }

    @Test func kindsAndWordsFilterTheFeed() throws {
        var journey = try journey(.activity)
        try journey.run("t 1")
        #expect(journey.text.contains("kinds: order"))
        #expect(!journey.text.contains("INC-204"))
        try journey.run("t a /INC")
        #expect(journey.text.contains("INC-204"))
        #expect(!journey.text.contains("429"))
    }

    @Test func staffActsCarryTheirBadge() throws {
        let journey = try journey(.activity)
        #expect(journey.text.contains("[Plutarc staff] st1"))
    }

    @Test func theLateClockIsNamed() throws {
        var journey = try journey(.template)
        var fleet = try #require(journey.state.around.fleet)
        let place = try #require(fleet.rows.firstIndex { $0.id == ID(1) })
        fleet.rows[place].clocks.evaluatedAt = ScreenFleet.now - .hours(9)
        try journey.run("q")
        try journey.send(.board(.fleet(fleet)))
        #expect(journey.text.contains("ALIVE, NOT EVALUATING"))
    }

    @Test func aBotThatIsGoneSaysSo() throws {
        let journey = try Journey(at: .bot(ID(77), .template))
        #expect(journey.text.contains("This bot is gone"))
    }

    /// What watched a position watches nothing once it is closed.
    @Test func exitsOfAFlatBotAreNotArmed() throws {
        func hardStop(_ journey: Journey) -> Substring {
            let lines = journey.text.split(separator: "\n")
            return lines.first { $0.contains("Hard Stop Loss") } ?? ""
        }
        var journey = try Journey(Size(100, 30), at: .bot(ID(1), .template), role: .owner)
        #expect(hardStop(journey).contains("armed"), "\(journey.text)")
        var dossier = try #require(journey.bot?.dossier)
        dossier.positions = []
        dossier.row.openPositions = 0
        try journey.send(.board(.dossier(ID(1), dossier)))
        #expect(hardStop(journey).contains("flat") && !hardStop(journey).contains("ATR"))
        // Who may not know what it holds is told what the candle said.
        dossier.row.openPositions = nil
        try journey.send(.board(.dossier(ID(1), dossier)))
        #expect(hardStop(journey).contains("armed"))
    }

    @Test(arguments: [("9", true), ("3", false)])
    func theQuestionSaysWhichLimitItLoosens(_ value: String, _ isLooser: Bool) throws {
        var journey = try Journey(at: .bot(ID(1), .risk), role: .owner)
        try journey.run("j <enter> <^u> \(value) <enter> w")
        #expect(journey.overlay == "save-limits")
        #expect(journey.text.contains("4 -> \(value) positions"), "\(journey.text)")
        #expect(journey.text.contains("LOOSER") == isLooser)
    }
}
