/// Who paused a bot, since when its candles are due, and whether a command changed anything.

enum Migration9Pauses {
    static let sql = [pausedBy, evaluatingSince, changed]

    /// NULL: a limit or the engine did, or it is not paused.
    private static let pausedBy = """
        ALTER TABLE bots ADD COLUMN paused_by TEXT
            CONSTRAINT paused_by_names_somebody CHECK (paused_by <> '')
        """

    /// NULL: since its instance came up.
    private static let evaluatingSince = "ALTER TABLE bots ADD COLUMN evaluating_since INTEGER"

    private static let changed = """
        ALTER TABLE commands ADD COLUMN changed INTEGER NOT NULL DEFAULT 1
            CONSTRAINT changed_is_yes_or_no CHECK (changed IN (0, 1))
        """
}
