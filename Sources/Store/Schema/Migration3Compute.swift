/// Tables of compute: what stands behind each bot, the balance and its ledger.

enum Migration3Compute {
    static let sql = [instances, account, ledger, ledgerIsFixed, opening, openingBalance]

    private static let instances = """
        CREATE TABLE instances (
            bot_id INTEGER PRIMARY KEY REFERENCES bots (id),
            job TEXT \(oneOf("job", "deploy wake restart update rollback replace release")),
            phase TEXT
                \(oneOf("phase", """
                    provisioning installing connecting stopping starting pausing cancelling \
                    pulling replacing reconciling resuming releasing
                    """)),
            phase_started_at INTEGER,
            phase_ends_at INTEGER,
            phase_failure TEXT,
            command_id INTEGER REFERENCES commands (id),
            target_version TEXT,
            job_number INTEGER NOT NULL CHECK (job_number >= 0),
            since INTEGER,
            charged_until INTEGER,
            restarted_at INTEGER,
            is_lost INTEGER NOT NULL CHECK (is_lost IN (0, 1)),
            wake_at INTEGER,
            CONSTRAINT job_has_a_phase CHECK (
                (job IS NULL) = (phase IS NULL) AND (job IS NULL) = (phase_ends_at IS NULL)
                AND (job IS NULL) = (phase_started_at IS NULL)),
            CONSTRAINT charged_while_provisioned
                CHECK ((since IS NULL) = (charged_until IS NULL))
        ) STRICT
        """

    private static let account = """
        CREATE TABLE billing_account (
            id INTEGER PRIMARY KEY CONSTRAINT one_account CHECK (id = 1),
            balance INTEGER NOT NULL,
            alarm INTEGER NOT NULL CHECK (alarm BETWEEN 0 AND 5)
        ) STRICT
        """

    private static let ledger = """
        CREATE TABLE ledger (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL \(oneOf("kind", "top_up usage refund")),
            amount INTEGER NOT NULL,
            bot_id INTEGER REFERENCES bots (id),
            seconds INTEGER NOT NULL CHECK (seconds >= 0),
            detail TEXT NOT NULL,
            CONSTRAINT usage_costs CHECK (kind <> 'usage' OR (amount <= 0 AND bot_id IS NOT NULL)),
            CONSTRAINT payments_add CHECK (kind = 'usage' OR amount > 0)
        ) STRICT;
        CREATE INDEX ledger_by_time ON ledger (at)
        """

    private static let ledgerIsFixed = """
        CREATE TRIGGER ledger_is_fixed BEFORE UPDATE ON ledger
        BEGIN SELECT RAISE(ABORT, 'a row of the ledger is never changed'); END;
        CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger
        BEGIN SELECT RAISE(ABORT, 'a row of the ledger is never deleted'); END
        """

    /// A home that is older than billing starts with what a new one of its size would get.
    private static let opening = """
        INSERT INTO ledger (at, kind, amount, seconds, detail)
        SELECT clock, 'top_up', 10000000000 + 60000000000 * (SELECT count(*) FROM bots), 0,
            'opening credit' FROM workspace
        """

    private static let openingBalance = """
        INSERT INTO billing_account
        SELECT 1, (SELECT sum(amount) FROM ledger), 0 FROM workspace
        """
}
