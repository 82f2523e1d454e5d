/// What the home remembers of the machine that ran it: its clocks, and why nothing is opened.

enum Migration6Clocks {
    static let sql = [entriesStopped, wall, boottime, bootID]

    /// In words, for readers. NULL: positions may be opened.
    private static let entriesStopped = """
        ALTER TABLE workspace ADD COLUMN entries_stopped TEXT
            CONSTRAINT entries_stopped_says_why CHECK (entries_stopped <> '')
        """

    /// What the wall clock was believed to be at the last commit. NULL: not kept yet.
    private static let wall = "ALTER TABLE workspace ADD COLUMN wall_at INTEGER"

    /// CLOCK_BOOTTIME of the last commit; means something only with its boot.
    private static let boottime = """
        ALTER TABLE workspace ADD COLUMN boottime_ms INTEGER
            CONSTRAINT boottime_is_not_negative CHECK (boottime_ms >= 0)
        """

    private static let bootID = """
        ALTER TABLE workspace ADD COLUMN boot_id TEXT
            CONSTRAINT boot_id_is_not_empty CHECK (boot_id <> '')
        """
}
