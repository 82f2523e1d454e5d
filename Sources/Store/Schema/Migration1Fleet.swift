/// Tables of the bots: configuration, deployments, limits, templates, feeds and commands.

enum Migration1Fleet {
    static let sql = [
        templates, templatesStay, bots, oneKeyOneBot, keyNeedsFlat, sleepNeedsFlat, deployments,
        limits, limitsAreFixed, decisions, commands, activity, notices,
    ]

    private static let templates = """
        CREATE TABLE templates (
            name TEXT NOT NULL CHECK (name <> ''),
            version INTEGER NOT NULL CHECK (version >= 1),
            kind TEXT NOT NULL CHECK (kind IN ('system', 'user')),
            text TEXT NOT NULL CHECK (text <> ''),
            created_at INTEGER NOT NULL,
            created_by TEXT NOT NULL,
            PRIMARY KEY (name, version)
        ) STRICT, WITHOUT ROWID
        """

    /// A trade names the version that it ran: a version never changes.
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

    /// `paused` is a flag, never a phase. **Source** <doc:ProductRules#Bot-states>.
    private static let bots = """
        CREATE TABLE bots (
            id INTEGER PRIMARY KEY CHECK (id > 0),
            label TEXT NOT NULL UNIQUE CONSTRAINT label_is_plain
                CHECK (label <> '' AND label NOT GLOB '*[^-A-Za-z0-9_.:/]*'),
            phase TEXT NOT NULL
                \(oneOf("phase", """
                    deploying online offline error sleeping waking winding_down stopped
                    """)),
            is_paused INTEGER NOT NULL CHECK (is_paused IN (0, 1)),
            pause_cause TEXT
                \(oneOf("pause_cause", """
                    person staff kill_switch loss_streak api_errors reconciliation close_all
                    """)),
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
            CONSTRAINT template_has_a_version
                CHECK ((template_name IS NULL) = (template_version IS NULL))
        ) STRICT
        """

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

    private static let deployments = """
        CREATE TABLE deployments (
            id INTEGER PRIMARY KEY,
            bot_id INTEGER NOT NULL REFERENCES bots (id),
            provider TEXT NOT NULL,
            region TEXT NOT NULL,
            ipv4 TEXT NOT NULL,
            ipv6 TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            ended_at INTEGER,
            CONSTRAINT deployment_ends_later CHECK (ended_at >= started_at)
        ) STRICT;
        CREATE UNIQUE INDEX one_running_deployment ON deployments (bot_id)
            WHERE ended_at IS NULL;
        CREATE INDEX deployments_of_bot ON deployments (bot_id, id)
        """

    /// Rates count 10^-8. **Source** <doc:ProductRules#Risk-limits>.
    private static let limits = """
        CREATE TABLE risk_limits (
            bot_id INTEGER NOT NULL REFERENCES bots (id),
            version INTEGER NOT NULL CHECK (version >= 1),
            set_at INTEGER NOT NULL,
            set_by TEXT NOT NULL,
            max_positions_per_asset INTEGER NOT NULL
                CHECK (max_positions_per_asset BETWEEN 1 AND 20),
            max_positions_total INTEGER NOT NULL CHECK (max_positions_total BETWEEN 1 AND 100),
            max_loss_per_trade INTEGER NOT NULL
                CHECK (max_loss_per_trade BETWEEN 100000 AND 50000000),
            daily_loss INTEGER NOT NULL CHECK (daily_loss BETWEEN 500000 AND 50000000),
            daily_loss_flattens INTEGER NOT NULL CHECK (daily_loss_flattens IN (0, 1)),
            consecutive_losses INTEGER NOT NULL CHECK (consecutive_losses BETWEEN 1 AND 50),
            consecutive_loss_cooldown_minutes INTEGER NOT NULL
                CHECK (consecutive_loss_cooldown_minutes BETWEEN 0 AND 1440),
            max_leverage INTEGER NOT NULL CHECK (max_leverage BETWEEN 1 AND 100),
            max_slippage INTEGER NOT NULL CHECK (max_slippage BETWEEN 10000 AND 5000000),
            api_errors INTEGER NOT NULL CHECK (api_errors BETWEEN 1 AND 100),
            PRIMARY KEY (bot_id, version)
        ) STRICT, WITHOUT ROWID
        """

    private static let limitsAreFixed = """
        CREATE TRIGGER limits_are_fixed BEFORE UPDATE ON risk_limits
        BEGIN SELECT RAISE(ABORT, 'a version of the limits is never changed'); END;
        CREATE TRIGGER limits_stay BEFORE DELETE ON risk_limits
        BEGIN SELECT RAISE(ABORT, 'a version of the limits is never deleted'); END
        """

    private static let decisions = """
        CREATE TABLE last_decisions (
            bot_id INTEGER NOT NULL REFERENCES bots (id),
            symbol TEXT NOT NULL,
            at INTEGER NOT NULL,
            close INTEGER NOT NULL,
            score REAL NOT NULL,
            threshold REAL NOT NULL,
            side TEXT CHECK (side IN ('long', 'short')),
            verdict TEXT NOT NULL,
            readings TEXT NOT NULL,
            PRIMARY KEY (bot_id, symbol)
        ) STRICT, WITHOUT ROWID
        """

    private static let commands = """
        CREATE TABLE commands (
            id INTEGER PRIMARY KEY,
            idempotency_key TEXT NOT NULL CHECK (idempotency_key <> ''),
            verb TEXT NOT NULL CHECK (verb <> ''),
            bot_id INTEGER REFERENCES bots (id),
            target TEXT NOT NULL,
            arguments TEXT NOT NULL,
            actor TEXT NOT NULL,
            actor_uid INTEGER NOT NULL,
            role TEXT NOT NULL,
            is_staff INTEGER NOT NULL CHECK (is_staff IN (0, 1)),
            reason TEXT,
            at INTEGER NOT NULL,
            expires_at INTEGER,
            started_at INTEGER,
            finished_at INTEGER,
            outcome TEXT NOT NULL
                \(oneOf("outcome", "queued running done refused failed unknown expired")),
            message TEXT NOT NULL,
            error_code TEXT,
            remedy TEXT,
            UNIQUE (actor_uid, idempotency_key)
        ) STRICT;
        CREATE INDEX commands_of_bot ON commands (bot_id, id);
        CREATE INDEX unfinished_commands ON commands (id)
            WHERE outcome IN ('queued', 'running')
        """

    private static let activity = """
        CREATE TABLE activity (
            id INTEGER PRIMARY KEY,
            bot_id INTEGER REFERENCES bots (id),
            at INTEGER NOT NULL,
            kind TEXT NOT NULL
                \(oneOf("kind", "order signal command config life risk error")),
            what TEXT NOT NULL,
            detail TEXT NOT NULL,
            actor TEXT NOT NULL,
            severity TEXT NOT NULL
                \(oneOf("severity", "info warning error critical"))
        ) STRICT;
        CREATE INDEX activity_of_bot ON activity (bot_id, id);
        CREATE INDEX activity_errors ON activity (at) WHERE severity IN ('error', 'critical')
        """

    private static let notices = """
        CREATE TABLE notices (
            id INTEGER PRIMARY KEY,
            bot_id INTEGER REFERENCES bots (id),
            at INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind <> ''),
            severity TEXT NOT NULL
                \(oneOf("severity", "info warning error critical")),
            message TEXT NOT NULL,
            acknowledged_by TEXT,
            acknowledged_at INTEGER,
            CONSTRAINT acknowledged_by_somebody
                CHECK ((acknowledged_by IS NULL) = (acknowledged_at IS NULL))
        ) STRICT;
        CREATE INDEX open_notices ON notices (id) WHERE acknowledged_at IS NULL
        """
}
