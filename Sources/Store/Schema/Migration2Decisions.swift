/// Tables of the decision records: what was decided at every closed candle, kept for weeks.

enum Migration2Decisions {
    static let sql = [templates, series, records]

    /// The templates that were run, word for word: a deleted template, or one that a newer program
    /// builds differently, does not take the meaning of the records with it.
    private static let templates = """
        CREATE TABLE decision_templates (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL CHECK (name <> ''),
            version INTEGER NOT NULL CHECK (version >= 1),
            text TEXT NOT NULL CHECK (text <> '')
        ) STRICT;
        CREATE INDEX decision_templates_by_name ON decision_templates (name, version)
        """

    /// What the records of a bot on a symbol have in common while neither its template nor its
    /// limits change, so that a record itself stays small. Rows are few and stay.
    private static let series = """
        CREATE TABLE decision_series (
            id INTEGER PRIMARY KEY,
            bot_id INTEGER NOT NULL REFERENCES bots (id),
            symbol TEXT NOT NULL CHECK (symbol <> ''),
            template_id INTEGER NOT NULL REFERENCES decision_templates (id),
            limits_version INTEGER NOT NULL CHECK (limits_version >= 0),
            UNIQUE (bot_id, symbol, template_id, limits_version)
        ) STRICT
        """

    /// One row a candle. `facts` is packed by the core: votes, verdicts, limits, outcome.
    private static let records = """
        CREATE TABLE decisions (
            series_id INTEGER NOT NULL REFERENCES decision_series (id),
            at INTEGER NOT NULL,
            close INTEGER NOT NULL CHECK (close > 0),
            facts BLOB NOT NULL CHECK (length(facts) > 0),
            PRIMARY KEY (series_id, at)
        ) STRICT, WITHOUT ROWID
        """
}
