/// Where a record lives on disk, and the fixed statements made from its list of columns.

/// One fixed SQL text. It is made of literals only: run-time values cannot get into it.
final class Query: Sendable {
    let sql: String

    /// Joins literal parts with blanks.
    convenience init(_ parts: StaticString...) {
        self.init(joining: parts.map(\.description))
    }

    fileprivate init(joining parts: [String]) {
        sql = parts.joined(separator: " ")
    }
}

/// A table's name, key and columns, in the order in which records bind and take them.
struct RecordTable: Sendable {
    private let name: String
    private let columns: [String]
    /// Adds a row; a clash with a key is an error.
    let insert: Query
    /// Adds a row or, where the key is there, changes it.
    let upsert: Query

    /// **Requires** at least one column that is neither in the key nor fixed.
    /// - Parameter fixed: columns that never change once the row is there; leaving them out of
    ///   the change saves the upkeep of their indexes.
    init(
        _ name: StaticString, key: [StaticString], fixed: [StaticString] = [],
        columns: [StaticString]
    ) {
        let names = columns.map(\.description)
        let keys = key.map(\.description)
        let kept = keys + fixed.map(\.description)
        let places = (1...columns.count).map { "?\($0)" }.joined(separator: ", ")
        let insert = "INSERT INTO \(name) (\(names.joined(separator: ", "))) VALUES (\(places))"
        let changed = names.filter { !kept.contains($0) }.map { "\($0) = excluded.\($0)" }
        self.name = name.description
        self.columns = names
        self.insert = Query(joining: [insert])
        self.upsert = Query(joining: [
            insert, "ON CONFLICT (\(keys.joined(separator: ", "))) DO UPDATE SET",
            changed.joined(separator: ", "),
        ])
    }

    /// Reads whole records: `SELECT columns FROM table` and what follows. `extra` is one more
    /// column, worked out of other tables.
    func select(extra: StaticString? = nil, _ tail: StaticString...) -> Query {
        var list = columns.map { "\(name).\($0)" }
        if let extra { list.append(extra.description) }
        let head = "SELECT \(list.joined(separator: ", ")) FROM \(name)"
        return Query(joining: [head] + tail.map(\.description))
    }
}

/// A record that a table holds whole, one row each.
protocol Stored {
    static var table: RecordTable { get }
    /// Binds every column of the table, in its order.
    func put(into row: Statement)
    /// Takes every column of the table, in its order.
    init(from row: Statement) throws(StoreError)
}
