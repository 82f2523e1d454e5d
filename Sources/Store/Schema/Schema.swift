/// The ordered list of migrations: what a file of each schema number holds.

/// Shipped steps are frozen: a change to a table is a new step at the end.
enum Schema {
    static let migrations = [
        Migration(
            number: 1,
            sql: WorkspaceTables.first + FleetTables.first + TradingTables.first
                + SupportTables.first),
        Migration(number: 2, sql: DecisionTables.second),
        Migration(number: 3, sql: ComputeTables.third),
        Migration(number: 4, sql: SessionTables.fourth),
        Migration(number: 5, sql: LinkTables.fifth),
        Migration(number: 6, sql: ClockTables.sixth),
        Migration(number: 7, sql: ExtremeTables.step),
        Migration(
            number: 8, sql: LabelTables.eighth, rebuildsTables: true, prepare: LabelRepair.run),
        Migration(number: 9, sql: PauseTables.ninth),
    ]
}

/// A constraint that only takes words of a list, separated by blanks: a frozen list, so that a
/// step stays what it was when the program's words change.
///
/// Written with OR, since SQLite builds a temporary table for a longer IN list at every insert.
func oneOf(_ column: StaticString, _ words: StaticString) -> String {
    let tests = words.description.split(separator: " ").map { "\(column) = '\($0)'" }
    return "CONSTRAINT \(column)_is_known CHECK (\(tests.joined(separator: " OR ")))"
}
