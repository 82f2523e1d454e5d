/// What scripts depend on: with --json, one document with the fields that the contract names.

import Core
import Foundation
import Store
import TestKit
import Testing

/// A reading command, and the fields that its document must have.
struct Reading: CustomTestStringConvertible, Sendable {
    let words: [String]
    let fields: [String]
    /// A list must have rows, or its fields are not seen.
    let isList: Bool
    var testDescription: String { words.joined(separator: " ") }

    static func list(_ words: String..., of fields: String) -> Reading {
        Reading(words: words, fields: split(fields), isList: true)
    }
    static func object(_ words: String..., of fields: String) -> Reading {
        Reading(words: words, fields: split(fields), isList: false)
    }
    private static func split(_ text: String) -> [String] {
        text.split(separator: " ").map(String.init)
    }
}

/// **Source** <doc:CommandLine#Values-in-JSON>, <doc:ProductRules#Positions>.
@Suite struct JSONContractTests {
    private static let bot = """
        id label state paused armed heartbeat_at up_since key exchange environment testnet \
        template region provider version update_available ipv4 ipv6 open_positions unrealised_pnl \
        realised_pnl_today pnl_today equity clocks.heartbeat_at clocks.evaluated_at \
        clocks.exchange_ack_at clocks.reconciled_at
        """
    private static let limits = """
        max_positions_per_asset max_positions_total max_loss_per_trade_pct daily_loss_pct \
        daily_loss_flatten consecutive_losses consecutive_loss_cooldown_min max_leverage \
        max_slippage_pct api_errors_5min
        """
    private static let states = """
        deploying online paused offline error sleeping waking winding_down stopped
        """

    private static func below(_ key: String, _ names: String) -> String {
        names.split(separator: " ").map { "\(key).\($0)" }.joined(separator: " ")
    }

    static let readings: [Reading] = [
        .object(
            "status", of: "engine.running engine.pid engine.host engine.since engine.lag_ms "
                + "kpi.equity kpi.win_rate kpi.profit_factor alerts " + below("bots", states)),
        .list("bots", of: bot),
        .list("bots", "--history", of: bot),
        .object("bot", "bot-1", of: bot + " " + below("limits", limits)),
        .object("risk", "bot-1", of: "headroom " + below("limits", limits)),
        .list(
            "positions", of: """
                side size entry_price unrealised_pnl leverage bot symbol exchange mark \
                liquidation_price margin_mode opened_at age_ms exit_rules_armed source
                """),
        .list("orders", of: "id bot symbol side size status client_order_id"),
        .list(
            "trades", of: """
                entry_price exit_price fees hold_duration_ms signal_state_at_entry mfe mae side \
                size realised_pnl_gross realised_pnl_net funding exit_reason slippage_in \
                slippage_out template_version limits_version
                """),
        .list("events", of: "at bot kind what detail actor"),
        .list("commands", of: "id bot verb actor role reason at took_ms outcome"),
        .list("audit", of: """
            time actor uid role workspace verb target before after reason session outcome
            """),
        .object("audit", "--verify", of: "ok rows first_bad"),
        .list("templates", of: "name version used_by"),
        .object("template", "show", "Trend Follower", of: "name timeframe components"),
        .list("tickets", of: "id subject category priority status bot opened_at"),
        .object("ticket", "show", "ticket-1", of: "id subject status thread"),
        .list("alerts", of: "id at severity message"),
        .list("themes", of: "name"),
        .object("check", of: "ok problems"),
        .list("sql", "SELECT id, label FROM bots", of: "id label"),
        .object("engine", "status", of: "running pid since epoch build"),
        .object("version", of: "version"),
        .list("help", of: "name summary"),
    ]

    @Test(arguments: readings) func aReadingCommandKeepsItsFields(_ reading: Reading) throws {
        let answer = try Self.home.get().run(reading.words + ["--json"])
        #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
        #expect(answer.errors.isEmpty, "\(answer.errors)")
        #expect(answer.output.hasSuffix("\n") && !answer.output.contains("\u{1B}"))
        let document = try answer.document()
        #expect((document.elements != nil) == reading.isList, "\(answer.output.prefix(200))")
        if reading.isList { #expect(document.elements?.isEmpty == false, "no rows to look at") }
        for row in document.elements ?? [document] {
            for field in reading.fields {
                #expect(Self.find(field, in: row) != nil, "\(field) is missing in \(row)")
            }
        }
        #expect(JSONRules.violations(document) == [])
    }

    /// Text for people: no colour on a pipe, nothing on stderr.
    @Test(arguments: readings) func aReadingCommandPrintsPlainText(_ reading: Reading) throws {
        let answer = try Self.home.get().run(reading.words)
        #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
        #expect(!answer.output.isEmpty && answer.errors.isEmpty, "\(answer.errors)")
        #expect(!answer.output.contains("\u{1B}"))
    }

    /// One home for all that only read, with an alert, which a demo fleet need not have.
    private static let home = Result {
        let home = try TrialHome.demo()
        let database = try Database(opening: home.path + "/plutarc.db")
        try database.write { db throws(StoreError) in
            let now = try db.workspace()?.clock ?? Instant(milliseconds: 0)
            try db.insert(
                Notice(
                    botID: ID(1), at: now, kind: "drift", severity: .warning,
                    message: "a book and its exchange differ"))
        }
        return home
    }

    private static func find(_ path: String, in json: JSON) -> JSON? {
        path.split(separator: ".").reduce(json) { found, key in found?[String(key)] }
    }

    @Test func followedEventsAreOneObjectALine() throws {
        let home = try TrialHome.demo()
        let follower = try home.start("events", "--follow", "--json")
        let engine = try home.engine()
        _ = try home.client()
        #expect(try home.plutarc("pause", "bot-1", "--reason", "a\nline").status == 0)
        let arrived = home.eventually { follower.output.contains("\"what\":\"pause\"") }
        #expect(arrived, "\(follower.output)\(follower.errors)")
        follower.send(SIGINT)
        #expect(follower.wait() == 128 + SIGINT)
        let lines = follower.output.split(separator: "\n")
        #expect(lines.count > 1)
        for line in lines { #expect(try JSON.parse(Array(line.utf8))["at"]?.text != nil) }
        engine.kill()
    }

    @Test func changingCommandsKeepTheirFields() throws {
        let home = try TrialHome.demo()
        let engine = try home.engine(speed: "10")
        _ = try home.client()
        for words in [["pause", "--all"], ["resume", "bot-1", "bot-2", "--reason", "test"]] {
            let rows = try home.run(words + ["--json"]).document().elements ?? []
            #expect(rows.count == (words[0] == "pause" ? 6 : 2))
            for row in rows {
                for field in ["bot", "command_id", "outcome"] { #expect(row[field] != nil) }
            }
        }
        let several = try home.plutarc("pause", "bot-1", "bot-2", "--no-wait", "--json").document()
        #expect(several.elements?.map { $0["bot"]?.text } == ["bot-1", "bot-2"])
        #expect(Set((several.elements ?? []).map { $0["command_id"]?.text }).count == 2)
        #expect(JSONRules.violations(several) == [])
        let preview = try home.plutarc("close-all", "--all", "--preview", "--json").document()
        for field in ["preview_token", "bots", "positions", "notional", "orders_to_cancel"] {
            #expect(preview[field] != nil, "\(field)")
        }
        let token = preview["preview_token"]?.text ?? ""
        let answer = try home.plutarc("close-all", "--all", "--confirm", token, "--json")
        #expect(answer.status == 0, "\(answer.output)\(answer.errors)")
        let closed = try answer.document()
        #expect(closed["flat"]?.flag == true)
        #expect(closed["failed"]?.elements?.isEmpty == true)
        #expect(closed["closed"]?.elements?.count == preview["positions"]?.elements?.count)
        #expect(JSONRules.violations(closed) + JSONRules.violations(preview) == [])
        let unwaited = try home.plutarc("resume", "bot-3", "--no-wait", "--json").document()
        #expect(unwaited.elements?.first?["command_id"]?.text?.hasPrefix("command-") == true)
        engine.kill()
        try home.expectSound()
    }

    @Test func initSaysWhatItMade() throws {
        let home = TrialHome()
        let document = try home.plutarc("init", "--bots", "3", "--json").document()
        #expect(document["home"]?.text == home.path)
        #expect(document["bots"]?.integer == 3)
        #expect(document["trades"]?.integer == 0)
    }
}
