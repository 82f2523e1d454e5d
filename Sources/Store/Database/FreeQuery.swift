/// A query that a person typed: read-only whatever it says, and stopped when it takes too long.

import CSQLite

/// What a free query returned: every value as text, nil for null.
public struct QueryRows: Sendable, Equatable, Codable {
    public var columns: [String]
    public var rows: [[String?]]
    /// More rows were there than were asked for.
    public var isCut: Bool
}

extension Reading {
    /// Runs one SELECT, EXPLAIN or VALUES statement. **Source** <doc:CommandLine#Queries>.
    ///
    /// Three things keep it from writing: the handle, an authorizer that allows reading only,
    /// and SQLite's own word that the statement is read-only.
    /// - Parameter steps: budget in thousands of steps of SQLite's machine; the default is some
    ///   seconds of work.
    /// - Throws: ``StoreError/notAReadingStatement(reason:)``, ``StoreError/interrupted``.
    public func rows(
        sql: String, limit: Int = 10_000, steps: Int = 500_000
    ) throws(StoreError) -> QueryRows {
        let handle = connection.handle
        sqlite3_set_authorizer(handle, allowReading, nil)
        defer { sqlite3_set_authorizer(handle, nil, nil) }
        let statement = try prepareFree(sql)
        var budget = steps
        return try withUnsafeMutablePointer(to: &budget) { left throws(StoreError) in
            sqlite3_progress_handler(handle, 1000, countDown, left)
            defer { sqlite3_progress_handler(handle, 0, nil, nil) }
            return try collect(statement, limit: limit)
        }
    }

    private func prepareFree(_ sql: String) throws(StoreError) -> Statement {
        var prepared: OpaquePointer?
        var rest = ""
        let code = sql.withCString { text in
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(connection.handle, text, -1, &prepared, &tail)
            if let tail { rest = String(cString: tail) }
            return code
        }
        // A damaged file is met here as well: that is not about the text.
        guard code & 0xFF != SQLITE_CORRUPT, code & 0xFF != SQLITE_NOTADB else {
            throw Connection.failure(code, database: connection.handle, sql: sql)
        }
        guard code == SQLITE_OK else {
            throw .notAReadingStatement(
                reason: String(cString: sqlite3_errmsg(connection.handle)))
        }
        guard let prepared else { throw .notAReadingStatement(reason: "it is empty") }
        let statement = Statement(handle: prepared, database: connection.handle)
        guard sqlite3_stmt_readonly(prepared) != 0, statement.columnCount > 0 else {
            throw .notAReadingStatement(reason: "it would change something")
        }
        guard rest.allSatisfy({ $0.isWhitespace || $0 == ";" }) else {
            throw .notAReadingStatement(reason: "more than one statement")
        }
        return statement
    }

    private func collect(_ statement: Statement, limit: Int) throws(StoreError) -> QueryRows {
        let count = statement.columnCount
        var result = QueryRows(columns: [], rows: [], isCut: false)
        for column in 0..<count {
            let name = sqlite3_column_name(statement.handle, column)
            result.columns.append(name.map { String(cString: $0) } ?? "")
        }
        while try statement.next() {
            guard result.rows.count < limit else {
                result.isCut = true
                break
            }
            result.rows.append((0..<count).map { _ in statement.takeAnyText() })
        }
        return result
    }
}

/// SQLite asks it for every thing that a statement would do.
private let allowReading:
    @convention(c) (
        UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
        UnsafePointer<CChar>?, UnsafePointer<CChar>?
    ) -> Int32 = { _, action, _, name, _, _ in
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
        // Nothing that reaches out of the file.
        case SQLITE_FUNCTION:
            let called = name.map { String(cString: $0) } ?? ""
            return called == "load_extension" ? SQLITE_DENY : SQLITE_OK
        default: return SQLITE_DENY
        }
    }

/// SQLite calls it every thousand steps; not zero stops the query.
private let countDown: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { context in
    guard let left = context?.assumingMemoryBound(to: Int.self) else { return 1 }
    left.pointee -= 1
    return left.pointee < 0 ? 1 : 0
}

extension Statement {
    /// The next column as text, whatever its type; a blob as hex.
    fileprivate func takeAnyText() -> String? {
        if nextIsNull {
            skip()
            return nil
        }
        guard let bytes = takeBytesOfBlob() else { return takeText() }
        let digits = Array("0123456789abcdef")
        return bytes.reduce(into: "") { text, byte in
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
    }
}
