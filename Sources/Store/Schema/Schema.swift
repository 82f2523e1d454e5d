/// The ordered list of migrations: what a file of each schema number holds.

/// Shipped steps are frozen: a change to a table is a new step at the end.
enum Schema {
    static let migrations = [
        Migration(
            number: 1,
            sql: Migration1Workspace.sql + Migration1Fleet.sql + Migration1Trading.sql
                + Migration1Support.sql),
        Migration(number: 2, sql: Migration2Decisions.sql),
        Migration(number: 3, sql: Migration3Compute.sql),
        Migration(number: 4, sql: Migration4Sessions.sql),
        Migration(number: 5, sql: Migration5Links.sql),
        Migration(number: 6, sql: Migration6Clocks.sql),
        Migration(number: 7, sql: Migration7Extremes.sql),
        Migration(
            number: 8, sql: Migration8Labels.sql, rebuildsTables: true,
            prepare: Migration8LabelRepair.run),
        Migration(number: 9, sql: Migration9Pauses.sql),
        Migration(number: 10, sql: Migration10Instruments.sql, rebuildsTables: true),
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
