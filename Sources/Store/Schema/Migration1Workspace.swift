/// Tables of the home itself: its facts, members, keys, audit chain and engine epoch.

enum Migration1Workspace {
    static let sql = [
        workspace, epoch, epochRises, members, keys, keyInstruments, secrets, previews, audit,
        auditHead, auditFollows, auditMovesHead, auditIsFixed, auditStays,
    ]

    private static let workspace = """
        CREATE TABLE workspace (
            id INTEGER PRIMARY KEY CONSTRAINT one_workspace CHECK (id = 1),
            name TEXT NOT NULL CHECK (name <> ''),
            generation TEXT NOT NULL CHECK (generation <> ''),
            seed INTEGER NOT NULL,
            clock INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            market TEXT NOT NULL CHECK (market IN ('model', 'recorded')),
            is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1))
        ) STRICT
        """

    /// Who may write orders: the engine that raised it last.
    /// **Source** <doc:SafetyRules#The-epoch>.
    private static let epoch = """
        CREATE TABLE engine_epoch (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            epoch INTEGER NOT NULL CHECK (epoch >= 0)
        ) STRICT;
        INSERT INTO engine_epoch VALUES (1, 0)
        """

    private static let epochRises = """
        CREATE TRIGGER epoch_only_rises BEFORE UPDATE ON engine_epoch
        WHEN NEW.epoch <= OLD.epoch
        BEGIN SELECT RAISE(ABORT, 'the engine epoch only rises'); END;
        CREATE TRIGGER epoch_stays BEFORE DELETE ON engine_epoch
        BEGIN SELECT RAISE(ABORT, 'the engine epoch only rises'); END
        """

    private static let members = """
        CREATE TABLE members (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid INTEGER NOT NULL UNIQUE CHECK (uid >= 0),
            name TEXT NOT NULL CHECK (name <> ''),
            role TEXT NOT NULL
                \(oneOf("role", "owner admin risk_manager trader viewer")),
            is_staff INTEGER NOT NULL CHECK (is_staff IN (0, 1)),
            joined_at INTEGER NOT NULL
        ) STRICT
        """

    private static let keys = """
        CREATE TABLE api_keys (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            label TEXT NOT NULL UNIQUE CONSTRAINT key_label_is_plain
                CHECK (label <> '' AND label NOT GLOB '*[^-A-Za-z0-9_.:/]*'),
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
        """

    private static let keyInstruments = """
        CREATE TABLE key_instruments (
            key_id INTEGER NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
            symbol TEXT NOT NULL CONSTRAINT symbol_is_one_word
                CHECK (symbol <> '' AND symbol NOT GLOB '* *'),
            PRIMARY KEY (key_id, symbol)
        ) STRICT, WITHOUT ROWID
        """

    /// AES-256-GCM: a nonce of 96 bits and a tag of 128 at the end.
    /// **Source** <doc:SafetyRules#Sealed-secrets>.
    private static let secrets = """
        CREATE TABLE sealed_secrets (
            key_id INTEGER PRIMARY KEY REFERENCES api_keys (id) ON DELETE CASCADE,
            nonce BLOB NOT NULL CHECK (length(nonce) = 12),
            ciphertext BLOB NOT NULL CHECK (length(ciphertext) > 16),
            version INTEGER NOT NULL CHECK (version >= 1),
            sealed_at INTEGER NOT NULL
        ) STRICT
        """

    private static let previews = """
        CREATE TABLE previews (
            token TEXT PRIMARY KEY CHECK (token <> ''),
            actor_uid INTEGER NOT NULL,
            verb TEXT NOT NULL,
            bot_ids TEXT NOT NULL,
            position_ids TEXT NOT NULL,
            order_ids TEXT NOT NULL,
            notional INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            CONSTRAINT preview_expires_later CHECK (expires_at > created_at)
        ) STRICT, WITHOUT ROWID
        """

    private static let audit = """
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            wall_at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            uid INTEGER NOT NULL,
            role TEXT NOT NULL,
            workspace TEXT NOT NULL,
            verb TEXT NOT NULL,
            target TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            reason TEXT NOT NULL,
            session TEXT NOT NULL,
            outcome TEXT NOT NULL,
            previous_hash TEXT NOT NULL,
            hash TEXT NOT NULL UNIQUE CONSTRAINT hash_is_sha256
                CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*')
        ) STRICT
        """

    /// Length and last hash of the chain: a row cut off the end shows.
    private static let auditHead = """
        CREATE TABLE audit_head (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            sequence INTEGER NOT NULL,
            hash TEXT NOT NULL
        ) STRICT;
        INSERT INTO audit_head VALUES (1, 0, printf('%064d', 0))
        """

    private static let auditFollows = """
        CREATE TRIGGER audit_has_no_gaps BEFORE INSERT ON audit
        WHEN NEW.id <> (SELECT sequence + 1 FROM audit_head)
        BEGIN SELECT RAISE(ABORT, 'audit rows are numbered without gaps'); END;
        CREATE TRIGGER audit_is_a_chain BEFORE INSERT ON audit
        WHEN NEW.previous_hash <> (SELECT hash FROM audit_head)
        BEGIN SELECT RAISE(ABORT, 'an audit row names the hash of the row before'); END
        """

    private static let auditMovesHead = """
        CREATE TRIGGER audit_moves_its_head AFTER INSERT ON audit
        BEGIN UPDATE audit_head SET sequence = NEW.id, hash = NEW.hash; END
        """

    private static let auditIsFixed = """
        CREATE TRIGGER audit_is_fixed BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END
        """

    private static let auditStays = """
        CREATE TRIGGER audit_stays BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END
        """
}
