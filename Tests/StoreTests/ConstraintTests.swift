/// Every law of the schema, violated.

import Testing

@testable import Store

/// A statement that breaks one law, run over one row of everything.
struct Violation: Sendable, CustomTestStringConvertible {
    var rule: String
    var sql: String
    init(_ rule: String, _ sql: String) {
        self.rule = rule
        self.sql = sql
    }
    var testDescription: String { sql }
}

@Suite struct ConstraintTests {
    /// One row of everything that the violations change.
    static func fullDatabase() throws -> Database {
        let database = try databaseWithABot()
        let instrument = Instrument(
            symbol: "X", tick: Price(raw: 1), lot: Quantity(raw: 1),
            minimumQuantity: Quantity(raw: 1))
        try database.write { db throws(StoreError) in
            try db.save(exampleBot(2, label: "second", key: nil))
            try db.save(
                Workspace(
                    name: "w", generation: "g", seed: 1, clock: minute(0), createdAt: minute(0),
                    market: "model", isDemo: false))
            try db.save(examplePosition())
            try db.save(exampleOrder())
            try db.insert(exampleFill())
            try db.insert(exampleTrade())
            try db.insert(exampleCommand())
            try db.insert(exampleTicket())
            try db.insert(exampleAudit(1))
            try db.insert(exampleAudit(2))
            try db.save(
                VenueAccount(keyID: ID(1), deposits: .units(1), wallet: .units(1)))
            try db.save(MarketRecord(instrument: instrument, source: "model", state: ""))
            try db.insert(
                Member(uid: 1000, name: "ann", role: .owner, joinedAt: minute(0)))
            try db.insert(
                TemplateVersion(
                    name: "Trend Follower", version: 4, text: "t", createdAt: minute(0),
                    createdBy: "ann"))
            try db.insert(
                TemplateVersion(
                    name: "Built In", version: 1, kind: .system, text: "t", createdAt: minute(0),
                    createdBy: "plutarc"))
            try db.insert(
                RiskLimitsVersion(
                    botID: ID(1), version: 1, setAt: minute(0), setBy: "ann",
                    limits: RiskLimits()))
            try db.insert(
                Deployment(
                    botID: ID(1), provider: "p", region: "r", ipv4: "", ipv6: "",
                    startedAt: minute(0)))
            try db.insert(Activity(at: minute(0), kind: .life, what: "w", detail: "d"))
            try db.insert(
                Notice(at: minute(0), kind: "drift", severity: .info, message: "m"))
            try db.save(
                EquityPoint(botID: ID(1), at: minute(0), equity: .zero, wallet: .zero))
            try db.save(
                LastDecision(
                    botID: ID(1), symbol: "X", at: minute(0), close: Price(raw: 1), score: 0,
                    threshold: 0, verdict: "v", readings: ""))
            try db.insert(
                Preview(
                    token: "t", actorUID: 1, verb: "v", botIDs: [], positionIDs: [],
                    notional: CurrencySums(), createdAt: minute(0), expiresAt: minute(1)))
        }
        return database
    }

    static let violations = [
        // Fleet
        Violation("bots.key_id", "UPDATE bots SET key_id = 1 WHERE id = 2"),
        Violation("bots.label", "UPDATE bots SET label = 'btc-trend' WHERE id = 2"),
        Violation("label_is_plain", "UPDATE bots SET label = 'a  b' WHERE id = 2"),
        Violation("label_is_plain", "UPDATE bots SET label = '--all' WHERE id = 2"),
        Violation("label_is_plain", "UPDATE bots SET label = 'BOT-1' WHERE id = 2"),
        Violation("label_is_plain", "UPDATE bots SET label = '' WHERE id = 2"),
        Violation("phase_is_known", "UPDATE bots SET phase = 'paused' WHERE id = 2"),
        Violation("template_has_a_version", "UPDATE bots SET template_version = NULL"),
        Violation("a key does not change while", "UPDATE bots SET key_id = NULL WHERE id = 1"),
        Violation("open positions does not sleep", "UPDATE bots SET phase = 'sleeping'"),
        Violation("FOREIGN KEY", "UPDATE bots SET key_id = 99 WHERE id = 2"),
        Violation("FOREIGN KEY", "DELETE FROM api_keys"),
        Violation("FOREIGN KEY", "DELETE FROM bots WHERE id = 1"),
        Violation("consecutive_losses", "UPDATE bots SET consecutive_losses = -1"),
        Violation(
            "deployments.bot_id",
            "INSERT INTO deployments SELECT 2, 1, 'p', 'r', '', '', 5, NULL"),
        Violation("deployment_ends_later", "UPDATE deployments SET ended_at = started_at - 1"),
        Violation(
            "commands.actor_uid, commands.idempotency_key",
            """
            INSERT INTO commands (idempotency_key, verb, target, arguments, actor, actor_uid,
                role, is_staff, at, outcome, message)
            VALUES ('k1', 'pause', '', '', 'ann', 1000, 'owner', 0, 1, 'queued', '')
            """),
        Violation("outcome_is_known", "UPDATE commands SET outcome = 'fine'"),
        Violation("kind_is_known", "UPDATE activity SET kind = 'gossip'"),
        Violation("acknowledged_by_somebody", "UPDATE notices SET acknowledged_at = 1"),
        // Templates and limits
        Violation("never changed", "UPDATE templates SET text = 'other'"),
        Violation("that a bot runs", "DELETE FROM templates WHERE name = 'Trend Follower'"),
        Violation("system template", "DELETE FROM templates WHERE name = 'Built In'"),
        Violation("limits is never changed", "UPDATE risk_limits SET daily_loss = 600000"),
        Violation("limits is never deleted", "DELETE FROM risk_limits"),
        Violation("max_leverage", "\(limits) 1, 1, 500000, 500000, 0, 1, 1, 101, 50000, 1)"),
        Violation("daily_loss", "\(limits) 1, 1, 500000, 499999, 0, 1, 1, 100, 50000, 1)"),
        Violation("max_positions_total", "\(limits) 1, 0, 500000, 500000, 0, 1, 1, 1, 50000, 1)"),
        Violation("max_slippage", "\(limits) 1, 1, 500000, 500000, 0, 1, 1, 1, 9999, 1)"),
        // Workspace
        Violation("one_workspace", "UPDATE workspace SET id = 2"),
        Violation("market IN", "UPDATE workspace SET market = 'casino'"),
        Violation("only rises", "UPDATE engine_epoch SET epoch = 0"),
        Violation("only rises", "DELETE FROM engine_epoch"),
        Violation("members.uid", "INSERT INTO members SELECT 9, 1000, 'bob', 'viewer', 0, 1"),
        Violation("role_is_known", "UPDATE members SET role = 'emperor'"),
        Violation(
            "simulated_is_never_live",
            "UPDATE api_keys SET exchange = 'simulated', environment = 'live'"),
        Violation("key_label_is_plain", "UPDATE api_keys SET label = 'ü'"),
        Violation("key_label_is_plain", "UPDATE api_keys SET label = 'key-2'"),
        Violation("symbol_is_one_word", "UPDATE key_instruments SET symbol = 'A B'"),
        Violation("FOREIGN KEY", "INSERT INTO key_instruments VALUES (9, 'BTC-PERP')"),
        Violation("length(nonce)", "INSERT INTO sealed_secrets VALUES (1, x'00', x'00', 1, 1)"),
        Violation("preview_expires_later", "UPDATE previews SET expires_at = created_at"),
        Violation("audit rows are never changed", "UPDATE audit SET actor = 'eve' WHERE id = 1"),
        Violation("audit rows are never deleted", "DELETE FROM audit WHERE id = 2"),
        Violation("numbered without gaps", "\(audit(4, after: hash(2), hash(4)))"),
        Violation("names the hash", "\(audit(3, after: hash(1), hash(3)))"),
        Violation("hash_is_sha256", "\(audit(3, after: hash(2), "short"))"),
        // Trading
        Violation("open_position_is_open", "UPDATE positions SET quantity = 0"),
        Violation("open_position_is_open", "UPDATE positions SET quantity = 51"),
        Violation("FOREIGN KEY", "UPDATE positions SET bot_id = 99"),
        Violation("current engine epoch", "UPDATE orders SET epoch = 1"),
        Violation("filled_within_quantity", "UPDATE orders SET filled = 51"),
        Violation("limit_order_has_a_price", "UPDATE orders SET limit_price = NULL"),
        Violation("closes_are_reduce_only", "UPDATE orders SET reduce_only = 0"),
        Violation("FOREIGN KEY", "UPDATE fills SET bot_id = 99"),
        Violation("quantity > 0", "UPDATE fills SET quantity = 0"),
        Violation("net_adds_up", "UPDATE trades SET net = net + 1"),
        Violation("trade_closes_later", "UPDATE trades SET closed_at = opened_at - 1"),
        Violation("wallet_adds_up", "UPDATE venue_accounts SET fees = 1"),
        Violation("account_currency_is_a_code", "UPDATE venue_accounts SET currency = ''"),
        Violation("trade_currency_is_a_code", "UPDATE trades SET currency = 'US D'"),
        Violation("status_is_known", "UPDATE orders SET status = 'lost'"),
        Violation("tick > 0", "UPDATE markets SET tick = 0"),
        Violation("contract_type_is_known", "UPDATE markets SET contract_type = 'quanto'"),
        Violation("multiplier_is_countable", "UPDATE markets SET multiplier = 0"),
        Violation("settlement_is_a_code", "UPDATE markets SET settlement = 'usdt'"),
        Violation("minimum_notional >= 0", "UPDATE markets SET minimum_notional = -1"),
        Violation("environment_is_known", "UPDATE markets SET environment = 'moon'"),
        Violation(
            "instruments.exchange, instruments.environment, instruments.symbol",
            """
            INSERT INTO instruments (exchange, environment, symbol)
            VALUES ('bybit', 'live', 'X'), ('bybit', 'live', 'X')
            """),
        Violation("candle_holds_its_prices", "INSERT INTO candles VALUES (1, 1, 5, 8, 2, 9, 0)"),
        Violation("low > 0", "INSERT INTO candles VALUES (1, 1, 5, 8, 0, 7, 0)"),
        // Support
        Violation("status_is_known", "UPDATE tickets SET status = 'lost'"),
        Violation("active_after_opening", "UPDATE tickets SET active_at = opened_at - 1"),
        Violation("FOREIGN KEY", "INSERT INTO ticket_messages VALUES (1, 9, 'a', 0, 1, 'x')"),
        Violation("body <> ''", "INSERT INTO internal_notes VALUES (1, 1, 'a', 1, '')"),
        // Types
        Violation("cannot store TEXT value", "UPDATE equity SET equity = 'much'"),
        Violation("NOT NULL", "UPDATE last_decisions SET verdict = NULL"),
    ]

    private static let limits = "INSERT INTO risk_limits VALUES (1, 2, 1, 'ann',"

    private static func audit(_ id: Int, after: String, _ hash: String) -> String {
        """
        INSERT INTO audit VALUES (\(id), 1, 1, 'a', 1, 'r', 'w', 'v', 't', '', '', '', '', 'done',
            '\(after)', '\(hash)')
        """
    }

    @Test(arguments: violations) func lawIsKept(_ violation: Violation) throws {
        let database = try Self.fullDatabase()
        #expect {
            try database.write { db throws(StoreError) in
                try db.connection.execute(violation.sql)
            }
        } throws: { error in
            guard case .constraint(let rule, _) = error as? StoreError else { return false }
            return rule.contains(violation.rule)
        }
    }

    @Test func fillWithoutAnOrderIsRefusedAtTheCommit() throws {
        let database = try databaseWithABot()
        #expect(throws: StoreError.self) {
            try database.write { db throws(StoreError) in try db.insert(exampleFill()) }
        }
        #expect(try database.read { db throws(StoreError) in try db.fills(limit: 5) } == [])
    }

    @Test func aBotThatIsFlatSleepsAndChangesItsKey() throws {
        let database = try databaseWithABot()
        var bot = exampleBot()
        bot.phase = .sleeping
        bot.keyID = nil
        try database.write { db throws(StoreError) in
            try db.save(examplePosition())
            try db.delete(ID<Position>(1))
            try db.save(bot)
        }
        #expect(try database.read { db throws(StoreError) in try db.bot(ID(1)) } == bot)
    }

    /// The schema's lists of words are frozen text; the program's enums must all be in them.
    @Test func everyWordOfEveryEnumIsKnownToTheSchema() throws {
        let database = try Self.fullDatabase()
        try Self.set(database, "bots", "phase", BotState.allCases.filter { $0 != .paused })
        try Self.set(database, "bots", "pause_cause", PauseCause.allCases)
        try Self.set(database, "activity", "kind", ActivityKind.allCases)
        try Self.set(database, "activity", "severity", Severity.allCases)
        try Self.set(database, "notices", "severity", Severity.allCases)
        try Self.set(database, "commands", "outcome", CommandOutcome.allCases)
        try Self.set(database, "positions", "side", Side.allCases)
        try Self.set(database, "trades", "side", Side.allCases)
        try Self.set(database, "last_decisions", "side", Side.allCases)
        try Self.set(database, "orders", "side", OrderSide.allCases)
        try Self.set(database, "fills", "side", OrderSide.allCases)
        try Self.set(database, "orders", "kind", OrderKind.allCases)
        try Self.set(database, "orders", "purpose", OrderPurpose.allCases)
        try Self.set(database, "orders", "status", OrderStatus.allCases)
        try Self.set(database, "api_keys", "environment", TradingEnvironment.allCases)
        try Self.set(database, "api_keys", "contract_type", ContractType.allCases)
        try Self.set(database, "markets", "environment", TradingEnvironment.allCases)
        try Self.set(database, "markets", "contract_type", ContractType.allCases)
        try Self.set(database, "members", "role", WorkspaceRole.allCases)
        try Self.set(database, "tickets", "category", TicketCategory.allCases)
        try Self.set(database, "tickets", "priority", TicketPriority.allCases)
        try Self.set(database, "tickets", "status", TicketStatus.allCases)
    }

    private static func set(
        _ database: Database, _ table: String, _ column: String,
        _ words: [some RawRepresentable<String>]
    ) throws {
        for word in words {
            try database.write { db throws(StoreError) in
                // Sleeping needs a flat bot: bot-2 is.
                let only = column == "phase" ? "WHERE id = 2" : ""
                try db.connection.execute(
                    "UPDATE \(table) SET \(column) = '\(word.rawValue)' \(only)")
            }
        }
    }
}
