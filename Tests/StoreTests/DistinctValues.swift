/// Gives each column of a record a value that no other one of its type has.

@testable import Store

/// A column as a record said it, with the value that it was given.
struct SampledColumn {
    let name: String
    let role: ColumnRole
    /// As a table declares it: `bot_id INTEGER NULL`.
    let declaration: String
    /// As SQL quotes it.
    let value: String
}

/// Reads a record from a row that no table holds: numbers that count up, and whatever of them is a
/// word. Of two flags each is the only one that is up in one of two rounds.
struct DistinctValues<Record>: ColumnVisitor {
    let connection: Connection
    let round: Int
    /// Other values in each column but the key.
    var changed = false
    private(set) var columns: [SampledColumn] = []
    private var flags = 0

    init(connection: Connection, round: Int, changed: Bool) {
        self.connection = connection
        self.round = round
        self.changed = changed
    }

    mutating func column<Value: Column>(
        _ name: StaticString, _ role: ColumnRole, _ get: (inout Record) -> Value
    ) throws(StoreError) -> Value {
        let whole = (Value.self as? any OptionalColumn.Type)?.whole ?? Value.self
        let value: Value = try sample(whole, changed && role != .key ? 1 : 0)
        let type = try connection.text("SELECT upper(typeof(?1))", value)
        let isNullable = Value.self is any OptionalColumn.Type && role != .key
        columns.append(
            SampledColumn(
                name: name.description, role: role,
                declaration: "\(name) \(type)" + (isNullable ? " NULL" : ""),
                value: try connection.quoted(value)))
        return value
    }

    func derived<Value: Column>(
        _ sql: StaticString, _ get: (inout Record) -> Value
    ) -> Value { .blank }

    private mutating func sample<Value: Column>(
        _ type: Any.Type, _ change: Int
    ) throws(StoreError) -> Value {
        let statement = try connection.prepare("SELECT ?1")
        if type == Bool.self {
            statement.put((flags + round + change) % 2 == 0)
            flags += 1
        } else if type == CurrencySums.self {
            statement.put("USDT=\(100 + columns.count + 100 * change)")
        } else if let words = type as? any CaseIterable.Type {
            statement.put(Self.word(of: words, columns.count + change))
        } else {
            statement.put(100 + columns.count + 100 * change)
        }
        _ = try statement.next()
        return try Value(from: statement)
    }

    private static func word<Words: CaseIterable>(of type: Words.Type, _ number: Int) -> String {
        let words = type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        return words[number % words.count]
    }
}

/// Tells a column that may be NULL from one that may not.
protocol OptionalColumn {
    static var whole: Any.Type { get }
}
extension Optional: OptionalColumn {
    static var whole: Any.Type { Wrapped.self }
}

extension Connection {
    /// A value as SQL writes it: `12`, `'12'`.
    func quoted(_ value: some Column) throws(StoreError) -> String {
        try text("SELECT quote(?1)", value)
    }

    fileprivate func text(_ sql: String, _ value: some Column) throws(StoreError) -> String {
        let statement = try prepare(sql)
        statement.put(value)
        _ = try statement.next()
        return statement.takeText()
    }
}
