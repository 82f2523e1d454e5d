/// How a record says its columns: once, for the SQL text, for writing and for reading.

/// What becomes of a column where the row is there already.
enum ColumnRole {
    /// Tells which row it is.
    case key
    /// Stays as it was; not to write it again saves the upkeep of its indexes.
    case fixed
    case changing
}

/// Goes through the columns of a record. Each visit gives the value that the column has in the
/// record which the visit makes: the row's, the written record's own, or a blank one.
///
/// Static dispatch: a record's list is compiled once for each visitor.
protocol ColumnVisitor<Record> {
    associatedtype Record

    /// - Parameter get: the value in the record that is written. It is handed that record in
    ///   place, since debug builds would copy it for each column.
    mutating func column<Value: Column>(
        _ name: StaticString, _ role: ColumnRole, _ get: (inout Record) -> Value
    ) throws(StoreError) -> Value

    /// What is worked out of other tables: read with the record, never written with it.
    mutating func derived<Value: Column>(
        _ sql: StaticString, _ get: (inout Record) -> Value
    ) throws(StoreError) -> Value
}

extension ColumnVisitor {
    @inline(__always)
    mutating func callAsFunction<Value: Column>(
        _ name: StaticString, _ role: ColumnRole = .changing, _ get: (inout Record) -> Value
    ) throws(StoreError) -> Value {
        try column(name, role, get)
    }

    /// The number of a row, which the table gives to a record that has none yet.
    @inline(__always)
    mutating func numbered<Entity>(
        _ name: StaticString, _ get: (inout Record) -> ID<Entity>
    ) throws(StoreError) -> ID<Entity> {
        ID(try column(name, .key) { get(&$0).orNext } ?? 0)
    }
}

/// Binds what a record has in each column.
struct ColumnWriter<Record>: ColumnVisitor {
    var record: Record
    let statement: Statement

    @inline(__always)
    mutating func column<Value: Column>(
        _ name: StaticString, _ role: ColumnRole, _ get: (inout Record) -> Value
    ) -> Value {
        let value = get(&record)
        value.bind(to: statement)
        return value
    }

    @inline(__always)
    mutating func derived<Value: Column>(
        _ sql: StaticString, _ get: (inout Record) -> Value
    ) -> Value { get(&record) }
}

/// Takes each column of a row.
struct ColumnReader<Record>: ColumnVisitor {
    let statement: Statement

    @inline(__always)
    func column<Value: Column>(
        _ name: StaticString, _ role: ColumnRole, _ get: (inout Record) -> Value
    ) throws(StoreError) -> Value { try statement.value() }

    @inline(__always)
    func derived<Value: Column>(
        _ sql: StaticString, _ get: (inout Record) -> Value
    ) throws(StoreError) -> Value { try statement.value() }
}

/// Collects what the SQL text of a table is made of; once a table, so that small code counts.
struct ColumnNames<Record>: ColumnVisitor {
    private(set) var columns: [(name: StaticString, role: ColumnRole)] = []
    private(set) var derived: [StaticString] = []

    @inline(never)
    mutating func column<Value: Column>(
        _ name: StaticString, _ role: ColumnRole, _ get: (inout Record) -> Value
    ) -> Value {
        columns.append((name, role))
        return .blank
    }

    @inline(never)
    mutating func derived<Value: Column>(
        _ sql: StaticString, _ get: (inout Record) -> Value
    ) -> Value {
        derived.append(sql)
        return .blank
    }
}
