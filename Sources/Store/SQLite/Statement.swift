/// One prepared statement: bind in order, step, read columns in order.

import CSQLite

/// Prepared once for a connection, used again and again.
///
/// `put` binds the next parameter, `take` reads the next column: both go in the order in which a
/// ``Stored`` record says its columns, so that nothing is looked up by name per row.
final class Statement {
    let handle: OpaquePointer
    let database: OpaquePointer
    private var bound: Int32 = 0
    private var taken: Int32 = 0
    /// First failure while binding; told when the statement is stepped.
    private var bindFailure: Int32 = SQLITE_OK

    init(handle: OpaquePointer, database: OpaquePointer) {
        self.handle = handle
        self.database = database
    }

    deinit { sqlite3_finalize(handle) }

    var sql: String { sqlite3_sql(handle).map { String(cString: $0) } ?? "" }
    var columnCount: Int32 { sqlite3_column_count(handle) }

    // MARK: binding

    func put(_ value: some Column) { value.bind(to: self) }

    func putInteger(_ value: Int64) {
        bound += 1
        note(sqlite3_bind_int64(handle, bound, value))
    }

    func putReal(_ value: Double) {
        bound += 1
        note(sqlite3_bind_double(handle, bound, value))
    }

    func putNull() {
        bound += 1
        note(sqlite3_bind_null(handle, bound))
    }

    func putText(_ value: String) {
        bound += 1
        var text = value
        let code = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                guard let base = characters.baseAddress else {
                    return plutarc_bind_text(handle, bound, "", 0)
                }
                return plutarc_bind_text(handle, bound, base, Int32(clamping: bytes.count))
            }
        }
        note(code)
    }

    func putBytes(_ value: [UInt8]) {
        bound += 1
        let code = value.withUnsafeBytes { bytes in
            plutarc_bind_blob(handle, bound, bytes.baseAddress, Int32(clamping: bytes.count))
        }
        note(code)
    }

    private func note(_ code: Int32) {
        if code != SQLITE_OK, bindFailure == SQLITE_OK { bindFailure = code }
    }

    // MARK: running

    /// True when a row is there to be taken.
    func next() throws(StoreError) -> Bool {
        if bindFailure != SQLITE_OK { throw failure(bindFailure) }
        taken = 0
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw failure(code)
        }
    }

    /// Steps a statement that returns nothing and makes it ready for the next use.
    func run() throws(StoreError) {
        defer { reset() }
        _ = try next()
    }

    /// Ends the statement's use; it holds no lock and no snapshot afterwards.
    func reset() {
        sqlite3_reset(handle)
        bound = 0
        taken = 0
        bindFailure = SQLITE_OK
    }

    private func failure(_ code: Int32) -> StoreError {
        Connection.failure(code, database: database, sql: sql)
    }

    // MARK: reading

    func value<Value: Column>() throws(StoreError) -> Value { try Value(from: self) }

    var nextIsNull: Bool { sqlite3_column_type(handle, taken) == SQLITE_NULL }

    func skip() { taken += 1 }

    func takeInteger() -> Int64 {
        defer { taken += 1 }
        return sqlite3_column_int64(handle, taken)
    }

    func takeReal() -> Double {
        defer { taken += 1 }
        return sqlite3_column_double(handle, taken)
    }

    func takeText() -> String {
        defer { taken += 1 }
        guard let text = sqlite3_column_text(handle, taken) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, taken))
        return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    }

    /// The next column's bytes when it is a blob; otherwise nil, and nothing is taken.
    func takeBytesOfBlob() -> [UInt8]? {
        guard sqlite3_column_type(handle, taken) == SQLITE_BLOB else { return nil }
        defer { taken += 1 }
        let count = Int(sqlite3_column_bytes(handle, taken))
        guard let blob = sqlite3_column_blob(handle, taken) else { return [] }
        return Array(UnsafeRawBufferPointer(start: blob, count: count))
    }

    /// The name of the column that was taken last.
    var takenColumnName: String {
        sqlite3_column_name(handle, taken - 1).map { String(cString: $0) } ?? ""
    }
}
