/// Several statements in one text, one after the other.

import CSQLite

extension Connection {
    /// Prepares each statement of a text when the one before it has run, and hands it to `body`.
    func eachStatement(
        of sql: String, _ body: (Statement) throws(StoreError) -> Void
    ) throws(StoreError) {
        var rest = Substring(sql)
        while let statement = try nextStatement(&rest) { try body(statement) }
    }

    /// Takes the first statement off a text; nil when only blanks are left.
    private func nextStatement(_ rest: inout Substring) throws(StoreError) -> Statement? {
        var prepared: OpaquePointer?
        let text = String(rest)
        var taken = 0
        let code = text.withCString { start in
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(handle, start, -1, &prepared, &tail)
            taken = tail.map { $0 - start } ?? 0
            return code
        }
        guard code == SQLITE_OK else {
            throw Self.failure(code, database: handle, sql: text)
        }
        rest = Substring(text.utf8.dropFirst(taken))
        return prepared.map { Statement(handle: $0, database: handle) }
    }
}
