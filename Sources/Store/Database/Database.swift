/// The one file of a home: opened for writing by the engine, for reading by everybody else.

// Typed and untyped `read` and `write` differ in what their closures may throw.
// swift-format-ignore-file: AmbiguousTrailingClosureOverload

import CSQLite
import Glibc

/// A database with its single connection. Not shared between threads.
///
/// The engine is the only writer and does every checkpoint.
/// **Source** <doc:SafetyRules#The-one-writer>.
public final class Database {
    let connection: Connection
    private let reading: Reading
    private let writing: Writing
    /// Something was committed since the log was last emptied.
    var isDirty = true
    /// Of the files as they were opened for writing; nil for a reader, and in memory.
    var files: DatabaseFiles?
    #if DEBUG
        /// Switched off by a test of the tests, as are those below.
        var looksAtFiles = true
        var looksAtEpoch = true
        var looksAtLength = true
        var beginsLogAnew = true
    #else
        var looksAtFiles: Bool { true }
        var looksAtEpoch: Bool { true }
        var looksAtLength: Bool { true }
        var beginsLogAnew: Bool { true }
    #endif
    /// The disk fills up: what the log has of it, it keeps.
    public internal(set) var keepsLogBlocks = false
    /// Only the tables that decisions rest on have been looked over so far.
    public private(set) var historyIsUnchecked = false

    /// Opens a file for writing and creates it, with every table, where there is none.
    public convenience init(creating path: String) throws(StoreError) {
        try self.init(path: path, mode: .create, migrations: Schema.migrations)
    }

    /// Opens an existing file for writing; migrates an older one after a backup beside it.
    /// Nothing is written, and nothing opened for writing, before the file has been looked over.
    /// - Parameters:
    ///   - report: hears how far a long opening is.
    ///   - wholeUpTo: bytes up to which the histories are looked at too; beyond them see
    ///     ``historyIsUnchecked``.
    ///   - moreLaws: asked with the histories.
    /// - Throws: ``StoreError/unsound(path:problems:)``; ``StoreError/interrupted`` when the report
    ///   asked for the end.
    public convenience init(
        opening path: String, report: @escaping StartReport = { _ in true },
        wholeUpTo limit: Int64 = CheckBeforeWriting.wholeUpTo,
        moreLaws: @escaping MoreLaws = { _, _ throws(StoreError) in [] }
    ) throws(StoreError) {
        guard report(StartProgress(.opening)) else { throw .interrupted }
        let isWhole = try CheckBeforeWriting.pass(
            path, migrations: Schema.migrations, wholeUpTo: limit, report: report,
            moreLaws: moreLaws)
        try self.init(
            path: path, mode: .write, migrations: Schema.migrations, report: report)
        historyIsUnchecked = !isWhole
    }

    /// Opens an existing file for reading only; works with and without an engine.
    public convenience init(reading path: String) throws(StoreError) {
        try self.init(path: path, mode: .read, migrations: Schema.migrations)
    }

    /// An empty database in memory with every table.
    public static func memory() throws(StoreError) -> Database {
        try Database(path: ":memory:", mode: .memory, migrations: Schema.migrations)
    }

    init(
        path: String, mode: OpenMode, migrations: [Migration],
        report: @escaping StartReport = { _ in true }
    ) throws(StoreError) {
        connection = try Connection(path: path, mode: mode)
        reading = Reading(connection: connection)
        writing = Writing(connection: connection)
        let migrator = Migrator(migrations: migrations)
        if !mode.mayWrite, mode != .memory {
            try migrator.checkReadable(connection)
            return
        }
        // Before anything is changed: a file of another program stays as it is.
        let found = try migrator.version(of: connection)
        if mode == .write, found == 0 { throw .notADatabase(path: path) }
        if mode != .memory { try useWriteAheadLog() }
        try migrator.migrate(connection, report: report)
        if mode != .memory { files = DatabaseFiles(of: path) }
    }

    /// What was written is in files that others will open too: one look by name at each.
    /// - Throws: ``StoreError/moved(path:)`` when one was removed, renamed or replaced meanwhile,
    ///   ``StoreError/cutShort(path:bytes:known:)`` when one has lost its end: nothing that was
    ///   written since may be promised.
    public func checkPlace() throws(StoreError) {
        if looksAtFiles, let path = files?.missing { throw .moved(path: path) }
        try checkLength()
    }

    private func checkLength() throws(StoreError) {
        guard looksAtLength, let cut = files?.findCut() else { return }
        throw .cutShort(path: cut.path, bytes: cut.bytes, known: cut.known)
    }

    private func useWriteAheadLog() throws(StoreError) {
        let journal = try connection.lines("PRAGMA journal_mode = WAL")
        guard journal == ["wal"] else {
            throw .cannotOpen(
                path: connection.path, reason: "this file system has no write-ahead log")
        }
    }

    /// Runs `body` over one consistent snapshot.
    public func read<Value>(
        _ body: (Reading) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        try connection.execute("BEGIN")
        defer { undo() }
        return try body(reading)
    }

    /// Runs `body` in one transaction: durable when this returns, undone when `body` throws.
    /// - Throws: ``StoreError/unknownCommit(reason:)`` when the commit itself failed: stop, open
    ///   again and read again. **Source** <doc:SafetyRules#A-commit-that-fails>.
    @discardableResult
    public func write<Value>(
        _ body: (Writing) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        try begin()
        let value: Value
        do throws(StoreError) { value = try body(writing) } catch {
            undo()
            throw error
        }
        try commit()
        return value
    }

    /// The same for code that also throws errors of its own, as a rule that says no. The compiler
    /// takes this one for closures that do not say `throws(StoreError)`.
    public func read<Value>(_ body: (Reading) throws -> Value) throws -> Value {
        try connection.execute("BEGIN")
        defer { undo() }
        return try body(reading)
    }

    /// The same for code that also throws errors of its own, as a rule that says no: they undo
    /// the transaction as well.
    @discardableResult
    public func write<Value>(_ body: (Writing) throws -> Value) throws -> Value {
        try begin()
        let value: Value
        do { value = try body(writing) } catch {
            undo()
            throw error
        }
        try commit()
        return value
    }

    /// What a write would add behind a missing end would hide that it is missing. Whoever has lost
    /// the home to another engine writes nothing: inside the transaction nobody comes in between.
    private func begin() throws(StoreError) {
        try connection.execute("BEGIN IMMEDIATE")
        do throws(StoreError) {
            try checkLength()
            try checkEpoch()
        } catch {
            undo()
            throw error
        }
    }

    private func checkEpoch() throws(StoreError) {
        guard looksAtEpoch, connection.epoch > 0 else { return }
        let epoch = try reading.epoch()
        guard epoch == connection.epoch else { throw .superseded(epoch: epoch) }
    }

    /// Whether a transaction that writes could begin; nothing is written. Other failures than a
    /// lock are told by whoever does write.
    /// - Parameter milliseconds: for which the lock of another program is waited for.
    public func mayBegin(within milliseconds: Int32) -> Bool {
        guard connection.mode.mayWrite, !connection.isInTransaction else { return true }
        sqlite3_busy_timeout(connection.handle, milliseconds)
        defer { sqlite3_busy_timeout(connection.handle, Connection.patience) }
        do throws(StoreError) { try connection.execute("BEGIN IMMEDIATE") } catch {
            if case .locked = error { return false }
            return true
        }
        undo()
        return true
    }

    private func commit() throws(StoreError) {
        do throws(StoreError) { try connection.execute("COMMIT") } catch {
            defer { undo() }
            switch error {
            // These are told before anything is written: the transaction is still open.
            case .constraint where connection.isInTransaction: throw error
            case .locked where connection.isInTransaction: throw error
            // No frame of the log was completed, so the transaction is not there.
            case .full: throw error
            default: throw .unknownCommit(reason: error.headline)
            }
        }
        isDirty = true
        files?.remember()
    }

    private func undo() {
        if connection.isInTransaction {
            sqlite3_exec(connection.handle, "ROLLBACK", nil, nil, nil)
        }
    }
}
