/// What bots' own sessions and a pause for want of money add to the tables.

enum Migration4Sessions {
    static let sql = [ownSessions, pauseForBilling]

    /// As the template file writes them. NULL: the template's are in force.
    private static let ownSessions = """
        ALTER TABLE bots ADD COLUMN sessions TEXT
            CONSTRAINT sessions_say_something CHECK (sessions <> '')
        """

    /// A list of words is part of its column: the column is made anew, not the table, to which
    /// others point.
    private static let pauseForBilling = """
        ALTER TABLE bots RENAME COLUMN pause_cause TO pause_cause_before;
        ALTER TABLE bots ADD COLUMN pause_cause TEXT
            \(oneOf("pause_cause", """
                person staff kill_switch loss_streak api_errors reconciliation close_all billing
                """));
        UPDATE bots SET pause_cause = pause_cause_before;
        ALTER TABLE bots DROP COLUMN pause_cause_before
        """
}
