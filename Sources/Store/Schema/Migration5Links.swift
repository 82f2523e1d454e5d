/// Tables of the backend's link to each bot, and of updates that go in cohorts.

enum Migration5Links {
    static let sql = [links, rollouts, members]

    private static let links = """
        CREATE TABLE links (
            bot_id INTEGER PRIMARY KEY REFERENCES bots (id),
            wanted INTEGER NOT NULL CHECK (wanted >= 1),
            running INTEGER CHECK (running BETWEEN 1 AND wanted),
            changed_at INTEGER,
            applied_at INTEGER,
            up_since INTEGER,
            lost_at INTEGER,
            returns_at INTEGER,
            queued INTEGER NOT NULL CHECK (queued >= 0),
            wants_pause INTEGER CHECK (wants_pause IN (0, 1)),
            CONSTRAINT what_is_lost_returns CHECK ((lost_at IS NULL) = (returns_at IS NULL)),
            CONSTRAINT only_what_waits_is_wanted CHECK (wants_pause IS NULL OR queued > 0)
        ) STRICT
        """

    private static let rollouts = """
        CREATE TABLE rollouts (
            id INTEGER PRIMARY KEY,
            version TEXT NOT NULL,
            stage TEXT NOT NULL \(oneOf("stage", "canaries watching rest done rolled_back")),
            watch_until INTEGER,
            started_at INTEGER NOT NULL,
            detail TEXT NOT NULL
        ) STRICT
        """

    private static let members = """
        CREATE TABLE rollout_bots (
            bot_id INTEGER PRIMARY KEY REFERENCES bots (id),
            rollout_id INTEGER NOT NULL REFERENCES rollouts (id),
            command_id INTEGER NOT NULL REFERENCES commands (id),
            is_canary INTEGER NOT NULL CHECK (is_canary IN (0, 1)),
            old_version TEXT NOT NULL,
            result TEXT NOT NULL \(oneOf("result", "waiting updating updated failed rolled_back"))
        ) STRICT;
        CREATE INDEX rollout_bots_by_rollout ON rollout_bots (rollout_id)
        """
}
