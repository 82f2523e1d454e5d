/// Tables whose names keep one law: bots, keys and templates, made anew.

enum Migration8Labels {
    static let sql =
        bots + [oneLabelOneBot, oneKeyOneBot, keyNeedsFlat, sleepNeedsFlat]
        + keys + [oneLabelOneKey] + templates + [templatesStay, templateNamesDiffer]

    /// The rule of ``Label``, as it was when this step was written.
    private static func plain(_ name: StaticString, _ column: StaticString) -> String {
        """
        CONSTRAINT \(name) CHECK (
            length(\(column)) BETWEEN 1 AND 64
            AND length(\(column)) = length(CAST(\(column) AS BLOB))
            AND \(column) NOT GLOB '*[^-A-Za-z0-9_.:/ ]*' AND \(column) NOT GLOB '[- ]*'
            AND \(column) NOT GLOB '* ' AND \(column) NOT GLOB '*  *'
            AND lower(\(column)) <> 'none'
            AND NOT (\(idForms(column))))
        """
    }

    /// Without its last digits no label is the beginning of an id.
    private static func idForms(_ column: StaticString) -> String {
        [
            "audit", "bot", "command", "deployment", "event", "fill", "key", "ledger", "member",
            "message", "note", "notice", "order", "position", "ticket", "trade",
        ].map { "rtrim(lower(\(column)), '0123456789') = '\($0)-'" }.joined(separator: " OR ")
    }

    /// A new table of the old one's rows under its name.
    private static func anew(
        _ table: StaticString, _ columns: StaticString, _ definition: String
    ) -> [String] {
        [
            "CREATE TABLE new_\(table) (\(definition)",
            "INSERT INTO new_\(table) (\(columns)) SELECT \(columns) FROM \(table)",
            "DROP TABLE \(table)", "ALTER TABLE new_\(table) RENAME TO \(table)",
        ]
    }

    private static let bots = anew(
        "bots",
        """
        id, label, phase, is_paused, kill_latched_at, resume_at, key_id, template_name, \
        template_version, provider, region, version, available_version, ipv4, ipv6, created_at, \
        up_since, heartbeat_at, evaluated_at, exchange_ack_at, reconciled_at, order_sequence, \
        consecutive_losses, day_start, day_start_equity, limits_version, error_text, sessions, \
        pause_cause
        """,
        """
            id INTEGER PRIMARY KEY CHECK (id > 0),
            label TEXT NOT NULL \(plain("label_is_plain", "label")),
            phase TEXT NOT NULL
                \(oneOf("phase", """
                    deploying online offline error sleeping waking winding_down stopped
                    """)),
            is_paused INTEGER NOT NULL CHECK (is_paused IN (0, 1)),
            kill_latched_at INTEGER,
            resume_at INTEGER,
            key_id INTEGER REFERENCES api_keys (id),
            template_name TEXT,
            template_version INTEGER,
            provider TEXT NOT NULL,
            region TEXT NOT NULL,
            version TEXT NOT NULL,
            available_version TEXT,
            ipv4 TEXT NOT NULL,
            ipv6 TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            up_since INTEGER,
            heartbeat_at INTEGER,
            evaluated_at INTEGER,
            exchange_ack_at INTEGER,
            reconciled_at INTEGER,
            order_sequence INTEGER NOT NULL CHECK (order_sequence >= 0),
            consecutive_losses INTEGER NOT NULL CHECK (consecutive_losses >= 0),
            day_start INTEGER,
            day_start_equity INTEGER,
            limits_version INTEGER NOT NULL CHECK (limits_version >= 0),
            error_text TEXT,
            sessions TEXT CONSTRAINT sessions_say_something CHECK (sessions <> ''),
            pause_cause TEXT
                \(oneOf("pause_cause", """
                    person staff kill_switch loss_streak api_errors reconciliation close_all billing
                    """)),
            CONSTRAINT template_has_a_version
                CHECK ((template_name IS NULL) = (template_version IS NULL))
        ) STRICT
        """)

    private static let oneLabelOneBot =
        "CREATE UNIQUE INDEX one_label_one_bot ON bots (label COLLATE NOCASE)"

    private static let oneKeyOneBot = """
        CREATE UNIQUE INDEX one_key_one_bot ON bots (key_id) WHERE key_id IS NOT NULL
        """

    private static let keyNeedsFlat = """
        CREATE TRIGGER key_changes_when_flat BEFORE UPDATE OF key_id ON bots
        WHEN OLD.key_id IS NOT NEW.key_id
            AND EXISTS (SELECT 1 FROM positions WHERE bot_id = OLD.id)
        BEGIN SELECT RAISE(ABORT, 'a key does not change while positions are open'); END
        """

    private static let sleepNeedsFlat = """
        CREATE TRIGGER sleep_only_when_flat BEFORE UPDATE OF phase ON bots
        WHEN NEW.phase = 'sleeping' AND OLD.phase <> 'sleeping'
            AND EXISTS (SELECT 1 FROM positions WHERE bot_id = OLD.id)
        BEGIN SELECT RAISE(ABORT, 'a bot with open positions does not sleep'); END
        """

    /// The number of a key that was deleted is not given again: its sequence goes along.
    private static let keys: [String] = {
        var steps = anew(
            "api_keys",
            "id, label, exchange, environment, contract_type, masked, is_active, created_at",
            """
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                label TEXT NOT NULL \(plain("key_label_is_plain", "label")),
                exchange TEXT NOT NULL CHECK (exchange <> ''),
                environment TEXT NOT NULL
                    \(oneOf("environment", "paper testnet live")),
                contract_type TEXT NOT NULL CHECK (contract_type IN ('linear', 'inverse')),
                masked TEXT NOT NULL,
                is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
                created_at INTEGER NOT NULL,
                CONSTRAINT simulated_is_never_live
                    CHECK (exchange <> 'simulated' OR environment <> 'live')
            ) STRICT
            """)
        steps.insert(
            """
            DELETE FROM sqlite_sequence WHERE name = 'new_api_keys';
            INSERT INTO sqlite_sequence (name, seq)
                SELECT 'new_api_keys', seq FROM sqlite_sequence WHERE name = 'api_keys'
            """, at: 2)
        return steps
    }()

    private static let oneLabelOneKey =
        "CREATE UNIQUE INDEX one_label_one_key ON api_keys (label COLLATE NOCASE)"

    private static let templates = anew(
        "templates", "name, version, kind, text, created_at, created_by",
        """
            name TEXT NOT NULL \(plain("template_label_is_plain", "name")),
            version INTEGER NOT NULL CHECK (version >= 1),
            kind TEXT NOT NULL CHECK (kind IN ('system', 'user')),
            text TEXT NOT NULL CHECK (text <> ''),
            created_at INTEGER NOT NULL,
            created_by TEXT NOT NULL,
            PRIMARY KEY (name, version)
        ) STRICT, WITHOUT ROWID
        """)

    private static let templatesStay = """
        CREATE TRIGGER template_versions_are_fixed BEFORE UPDATE ON templates
        BEGIN SELECT RAISE(ABORT, 'a template version is never changed'); END;
        CREATE TRIGGER templates_in_use_stay BEFORE DELETE ON templates
        WHEN EXISTS (SELECT 1 FROM bots WHERE template_name = OLD.name)
        BEGIN SELECT RAISE(ABORT, 'a template that a bot runs is not deleted'); END;
        CREATE TRIGGER system_templates_stay BEFORE DELETE ON templates
        WHEN OLD.kind = 'system'
        BEGIN SELECT RAISE(ABORT, 'a system template is not deleted'); END
        """

    /// A name has many versions: an index cannot say this.
    private static let templateNamesDiffer = """
        CREATE TRIGGER template_names_differ BEFORE INSERT ON templates
        WHEN EXISTS (SELECT 1 FROM templates
            WHERE name = NEW.name COLLATE NOCASE AND name <> NEW.name)
        BEGIN SELECT RAISE(ABORT, 'template names differ in more than their case'); END
        """
}
