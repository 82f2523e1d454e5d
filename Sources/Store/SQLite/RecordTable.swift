/// Where a record lives on disk, and the fixed statements made from its columns.

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

/// A table's name and statements; columns go in the order in which the record says them.
struct RecordTable: Sendable {
    let name: String
    /// Adds a row; a clash with a key is an error.
    let insert: Query
    /// Adds a row or, where the key is there, changes it.
    let upsert: Query
    private let selection: String

    /// **Requires** at least one column that is neither in the key nor fixed.
    init<Record: Stored>(_ name: StaticString, of record: Record.Type) {
        var list = ColumnNames<Record>()
        // A blank row holds nothing that is refused.
        _ = try? Record(&list)
        let names = list.columns.map(\.name.description)
        let keys = list.columns.filter { $0.role == .key }.map(\.name.description)
        let changed = list.columns.filter { $0.role == .changing }
            .map { "\($0.name) = excluded.\($0.name)" }
        let places = names.indices.map { "?\($0 + 1)" }
        let insert = "INSERT INTO \(name) (\(Self.list(names))) VALUES (\(Self.list(places)))"
        self.name = name.description
        self.insert = Query(joining: [insert])
        self.upsert = Query(joining: [
            insert, "ON CONFLICT (\(Self.list(keys))) DO UPDATE SET", Self.list(changed),
        ])
        let selected = names.map { "\(name).\($0)" } + list.derived.map(\.description)
        selection = "SELECT \(Self.list(selected)) FROM \(name)"
    }

    private static func list(_ parts: [String]) -> String { parts.joined(separator: ", ") }

    /// Reads whole records: `SELECT columns FROM table` and what follows.
    func select(_ tail: StaticString...) -> Query {
        Query(joining: [selection] + tail.map(\.description))
    }
}

/// A record that a table holds whole, one row each.
protocol Stored {
    static var table: RecordTable { get }
    /// Every column of the table, once, with the property that holds it.
    init(_ row: inout some ColumnVisitor<Self>) throws(StoreError)
}

extension Stored {
    init(from statement: Statement) throws(StoreError) {
        var row = ColumnReader<Self>(statement: statement)
        try self.init(&row)
    }

    func put(into statement: Statement) throws(StoreError) {
        var row = ColumnWriter(record: self, statement: statement)
        _ = try Self(&row)
    }
}
