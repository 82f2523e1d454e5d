/// What code inside a transaction is handed: `Reading` can only read, `Writing` can also write.

import CSQLite

/// Access to one consistent snapshot. Valid only inside the closure that it was handed to.
///
/// There is no way from a `Reading` to a write: every write is declared on ``Writing``.
public class Reading {
    let connection: Connection

    init(connection: Connection) { self.connection = connection }

    /// Hands each row of a query to `body`.
    final func each(
        _ query: Query, _ bind: (Statement) -> Void = { _ in },
        _ body: (Statement) throws(StoreError) -> Void
    ) throws(StoreError) {
        let statement = try connection.statement(query)
        defer { statement.reset() }
        bind(statement)
        while try statement.next() { try body(statement) }
    }

    /// Every record that a query finds, in its order.
    final func all<Record: Stored>(
        _ query: Query, _ bind: (Statement) -> Void = { _ in }
    ) throws(StoreError) -> [Record] {
        var records: [Record] = []
        try each(query, bind) { row throws(StoreError) in records.append(try Record(from: row)) }
        return records
    }

    /// The first record that a query finds.
    final func first<Record: Stored>(
        _ query: Query, _ bind: (Statement) -> Void = { _ in }
    ) throws(StoreError) -> Record? {
        let statement = try connection.statement(query)
        defer { statement.reset() }
        bind(statement)
        return try statement.next() ? try Record(from: statement) : nil
    }

    /// The first column of the first row.
    final func value<Value: Column>(
        _ query: Query, _ bind: (Statement) -> Void = { _ in }
    ) throws(StoreError) -> Value? {
        let statement = try connection.statement(query)
        defer { statement.reset() }
        bind(statement)
        return try statement.next() ? try Value(from: statement) : nil
    }
}

/// A transaction that will be committed when its closure returns, and undone when it throws.
public final class Writing: Reading {
    /// Runs a statement that returns nothing; tells how many rows it changed.
    @discardableResult
    func run(
        _ query: Query, _ bind: (Statement) -> Void = { _ in }
    ) throws(StoreError) -> Int {
        let statement = try connection.statement(query)
        bind(statement)
        try statement.run()
        return connection.changes
    }

    /// Adds a row; the number of the new row.
    @discardableResult
    func add<Record: Stored>(_ record: Record) throws(StoreError) -> Int64 {
        try write(record, Record.table.insert)
        return connection.lastRow
    }

    /// Adds a row or changes the one with the same key.
    func put<Record: Stored>(_ record: Record) throws(StoreError) {
        try write(record, Record.table.upsert)
    }

    private func write(_ record: some Stored, _ query: Query) throws(StoreError) {
        let statement = try connection.statement(query)
        defer { statement.reset() }
        try record.put(into: statement)
        _ = try statement.next()
    }
}

extension Reading {
    /// What a history tells, or a stand-in where its pages cannot be read.
    /// - Parameter damage: what was found, if anything was.
    public func sparing<Value>(
        _ standIn: Value, _ damage: inout String?, _ body: () throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        do throws(StoreError) { return try body() } catch {
            guard case .damaged(let what) = error else { throw error }
            damage = damage ?? what
            return standIn
        }
    }
}

extension Reading {
    /// The same for a screen, which goes on without what cannot be read: the engine's alarm says
    /// that something is missing.
    public func unlessDamaged<Value>(
        _ standIn: Value, _ body: () throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        var damage: String?
        return try sparing(standIn, &damage, body)
    }
}

extension Writing {
    private static let begin = Query("SAVEPOINT trial")
    private static let undo = Query("ROLLBACK TO trial")
    private static let end = Query("RELEASE trial")

    /// Whether something can be written: it is undone again. Where pages under it are damaged
    /// this throws, and SQLite lets nothing more be written in the transaction.
    public func attempt(_ body: () throws(StoreError) -> Void) throws(StoreError) {
        try run(Self.begin)
        try body()
        try run(Self.undo)
        try run(Self.end)
    }
}
