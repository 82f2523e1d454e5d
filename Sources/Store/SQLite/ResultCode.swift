/// SQLite's result codes as errors that say what happened.

import CSQLite
import Glibc

extension Connection {
    /// The error behind a result code. SQLite's messages name tables and columns, never values.
    static func failure(_ code: Int32, database: OpaquePointer, sql: String) -> StoreError {
        // SQLite does not remember the system's number of a commit that failed.
        let numbers = [errno, sqlite3_system_errno(database)]
        let path = sqlite3_db_filename(database, "main").map { String(cString: $0) } ?? ""
        let message = String(cString: sqlite3_errmsg(database))
        let short = brief(sql)
        switch code & 0xFF {
        case SQLITE_NOTADB: return .notADatabase(path: path)
        case SQLITE_CORRUPT, SQLITE_FORMAT: return .damaged(what: "\(path): \(message)")
        case SQLITE_BUSY, SQLITE_LOCKED: return .locked(what: short)
        case SQLITE_FULL: return .full
        // The index beside the log could not grow: told before anything is written.
        case SQLITE_IOERR where code == SQLITE_IOERR | (19 << 8)
            && numbers.contains(where: [ENOSPC, EFBIG, EDQUOT].contains): return .full
        // The log may not grow: no frame of the transaction that needs it is whole.
        case SQLITE_IOERR where code == SQLITE_IOERR | (3 << 8)
            && numbers.contains(where: [EFBIG, EDQUOT].contains): return .full
        case SQLITE_READONLY: return .readOnly(what: short)
        case SQLITE_CANTOPEN: return notReadable(path) ?? .cannotOpen(path: path, reason: message)
        case SQLITE_CONSTRAINT: return .constraint(rule: rule(message), sql: short)
        case SQLITE_INTERRUPT: return .interrupted
        default: return .other(code: code, message: message, sql: short)
        }
    }

    /// `UNIQUE constraint failed: bots.label` → as it is; the name of a named check stands alone.
    private static func rule(_ message: String) -> String {
        let mark = "CHECK constraint failed: "
        return message.hasPrefix(mark) ? String(message.dropFirst(mark.count)) : message
    }

    /// Enough of a statement to recognise it.
    private static func brief(_ sql: String) -> String {
        let line = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count <= 60 ? line : String(line.prefix(57)) + "..."
    }
}
