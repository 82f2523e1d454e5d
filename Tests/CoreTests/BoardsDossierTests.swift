/// One bot whole, and how boards stand in JSON.

import Store
import TestKit
import Testing

@testable import Core

@Suite struct BoardsDossierTests {
    private let reader: BoardReader

    init() throws {
        reader = BoardReader(over: try FleetFixture.database(), owner: FleetFixture.owner)
    }

    private func dossier(_ bot: Int64 = 1) throws -> BotDossier {
        try #require(try reader.dossier(of: ID(bot)))
    }

    @Test func headroomOfAllEightLimits() throws {
        let headroom = try dossier().headroom
        #expect(headroom.map(\.name) == RiskLimitName.limits)
        let byName = Dictionary(uniqueKeysWithValues: headroom.map { ($0.name, $0) })
        func used(_ name: RiskLimitName) -> String? { byName[name]?.used?.text }
        #expect(used(.maxPositionsPerAsset) == "1")
        #expect(byName[.maxPositionsPerAsset]?.isReached == true)
        #expect(byName[.maxPositionsTotal]?.share == .percent(25))
        #expect(byName[.maxPositionsTotal]?.isCustom == true)
        #expect(used(.maxLossPerTrade) == "0")
        #expect(used(.dailyLoss) == "1.886792")
        #expect(byName[.dailyLoss]?.limit == .percent(.percent(10)))
        #expect(used(.consecutiveLosses) == "2")
        #expect(used(.maxLeverage) == "3")
        #expect(byName[.maxLeverage]?.share == .percent(60))
        #expect(used(.maxSlippage) == "0.1")
        #expect(used(.apiErrors) == "0")
    }

    @Test func aLosingPositionUsesTheLossLimits() throws {
        let headroom = try dossier(2).headroom
        #expect(headroom.first { $0.name == .maxLossPerTrade }?.used?.text == "2.040816")
        #expect(headroom.first { $0.name == .maxLossPerTrade }?.isReached == true)
        #expect(headroom.first { $0.name == .apiErrors }?.used == .count(1))
    }

    @Test func theTemplateIsTakenApartWithItsReadings() throws {
        let breakdown = try #require(try dossier().breakdown)
        let cross = try #require(breakdown.components.first { $0.name == "EMA Cross" })
        #expect(cross.weight == 2)
        #expect(cross.category == "trend")
        #expect(cross.parameters.first { $0.key == "fast" }?.value == "9")
        #expect(breakdown.decisions.first?.reading(of: cross)?.state == "long")
        #expect(breakdown.components.map(\.role).first == .signal)
        #expect(breakdown.components.map(\.role).last == .exit)
    }

    /// What another template decided is not shown as a decision of this one.
    @Test func theDecisionOfAnotherTemplateIsLeftOut() throws {
        let database = try FleetFixture.database()
        try FleetFixture.addDecisions(to: database)
        let reader = BoardReader(over: database, owner: FleetFixture.owner)
        func decided() throws -> [String] {
            try reader.dossier(of: ID(1))?.breakdown?.decisions.map(\.decision.symbol) ?? []
        }
        #expect(try decided() == ["BTC-PERP"])
        try database.write { db throws(StoreError) in
            guard var bot = try db.bot(ID(1)) else { return }
            bot.templateName = "Mean Reverter"
            try db.save(bot)
        }
        #expect(try decided().isEmpty)
        let kept = try database.read { db throws(StoreError) in try db.lastDecisions(of: ID(1)) }
        let all = TemplateBreakdown(SystemTemplates.trendFollower, decisions: kept).decisions
        #expect(all.count == 1, "the anti-test: the record itself is still there")
        #expect(try reader.why(ID(1))?.templateName == "Trend Follower")
    }

    @Test func drawdownIsMeasuredFromTheRunningPeak() throws {
        #expect(try dossier().maxDrawdown == Rate(raw: 9_090_909))
        #expect(try dossier(2).maxDrawdown == nil)
    }

    @Test func readingsSurviveTheirText() {
        let readings = [
            ComponentReading(
                name: "ADX", role: .guardRole, weight: 1, value: "a\"b", state: "block")
        ]
        #expect(ComponentReading.list(text: ComponentReading.text(of: readings)) == readings)
        #expect(ComponentReading.list(text: "nonsense") == nil)
        #expect(ComponentReading.list(text: "[{\"name\":\"x\"}]") == nil)
    }

    @Test func botsCarryEveryFieldOfTheContract() throws {
        let fields = """
            id label state paused armed heartbeat_at up_since key exchange environment testnet \
            template region provider version update_available ipv4 ipv6 open_positions \
            unrealised_pnl realised_pnl_today equity clocks
            """.split(separator: " ").map(String.init)
        for bot in try #require(try reader.fleet().json.elements) {
            for field in fields { #expect(bot[field] != nil, "\(field)") }
            for clock in ["heartbeat_at", "evaluated_at", "exchange_ack_at", "reconciled_at"] {
                #expect(bot["clocks"]?[clock] != nil)
            }
        }
    }

    @Test func valuesStandAsTheContractSays() throws {
        let bots = try #require(try reader.fleet().json.elements)
        let trend = try #require(bots.first { $0["label"]?.text == "trend-1" })
        #expect(trend["equity"] == "10400")
        #expect(trend["heartbeat_at"] == "2026-03-10T11:59:55.000Z")
        #expect(trend["update_available"] == true)
        #expect(trend["state"] == "online")
        let bare = try #require(bots.first { $0["label"]?.text == "bare-4" })
        #expect(bare["equity"]?.isNull == true)
        #expect(bare["key"]?.isNull == true)
        #expect(bare["armed"] == false)
    }

    @Test func statusNamesEngineBotsFiguresAndAlerts() throws {
        let json = try reader.status(EngineStatus(isRunning: false)).json
        #expect(json["engine"]?["running"] == false)
        #expect(json["engine"]?["pid"]?.isNull == true)
        #expect(json["bots"]?["winding_down"] == 0)
        #expect(json["bots"]?["online"] == 2)
        #expect(json["kpi"]?["environment"] == "live")
        #expect(json["kpi"]?["by_environment"]?["paper"]?["equity"] == "15300")
        #expect(json["alerts"]?.elements?.count == 1)
        #expect(json["open_tickets"] == 2)
    }

    @Test func commandsAndTradesCarryTheirFields() throws {
        let command = try #require(try reader.commands().json.elements?.first)
        #expect(command["took_ms"] == 40)
        #expect(command["outcome"] == "done")
        #expect(command["bot"] == "mean-2")
        #expect(command["reason"] == "news")
        let trade = try #require(try reader.trades(of: ID(1)).json.elements?.first)
        #expect(trade["hold_duration_ms"] == 5_400_000)
        #expect(trade["mfe"] == "0.0125")
        #expect(trade["realised_pnl_net"] == "100")
        #expect(trade["signal_state_at_entry"]?.isNull == true)
        let position = try #require(try reader.positions().json.elements?.first)
        #expect(position["age_ms"] == 10_800_000)
        let risk = try dossier().riskJSON
        #expect(risk["limits"]?["daily_loss_pct"] == "10")
        #expect(risk["limits"]?["daily_loss_flatten"] == false)
        #expect(risk["headroom"]?["max_positions_total"]?["used_pct"] == "25")
    }
}
