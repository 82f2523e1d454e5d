/// The ordered list of migrations: what a file of each schema number holds.

/// Shipped steps are frozen: a change to a table is a new step at the end.
enum Schema {
    static let migrations = [
        Migration(
            number: 1,
            sql: WorkspaceTables.first + FleetTables.first + TradingTables.first
                + SupportTables.first)
    ]
}
