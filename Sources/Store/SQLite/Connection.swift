/// One SQLite handle with its safety settings and its prepared statements.

import CSQLite
import Glibc

/// What a handle may do.
enum OpenMode {
    case create, write, read, memory
    /// Reads a file that nobody writes, and leaves neither a log nor an index beside it.
    case look
    /// Reads like `read`, but as one who could write: only so does SQLite know the CHECKs of the
    /// tables, and can say which rows break them.
    case inspect

    var mayWrite: Bool { self == .create || self == .write }
}

/// A handle that refuses symbolic links, foreign schema tricks and every extension.
/// **Source** <doc:SafetyRules#The-database-handle>.
final class Connection {
    let handle: OpaquePointer
    let path: String
    let mode: OpenMode
    /// Milliseconds for which a lock of another program is waited for.
    static let patience: Int32 = 5000
    /// Bytes of a log that begins anew.
    static let logLimit: Int64 = 1 << 20
    /// Pages in the log after the last commit; nil before the first one.
    var logFrames: Int64?
    /// Pages of the largest commit.
    private(set) var mostFrames: Int64 = 0
    /// The epoch under which this handle writes orders.
    var epoch: Int64 = 0
    private var statements: [ObjectIdentifier: Statement] = [:]
    private var lastQuery: ObjectIdentifier?
    private var lastStatement: Statement?

    init(path: String, mode: OpenMode) throws(StoreError) {
        self.path = path
        self.mode = mode
        handle = try Self.open(path, mode)
        try configure()
    }

    deinit {
        lastStatement = nil
        statements.removeAll()
        sqlite3_close_v2(handle)
    }

    // MARK: opening

    private static func open(_ path: String, _ mode: OpenMode) throws(StoreError) -> OpaquePointer {
        var flags = SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        switch mode {
        case .create: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        case .write, .inspect: flags |= SQLITE_OPEN_READWRITE
        case .read: flags |= SQLITE_OPEN_READONLY
        case .look: flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
        case .memory: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY
        }
        var real = mode == .memory ? ":memory:" : try resolved(path)
        if mode != .memory {
            try checkIsPlain(real, path)
            try FileNames.checkJournal(real, path)
        }
        if mode == .look { real = FileNames.address(real) }
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(real, &handle, flags, nil)
        guard code == SQLITE_OK, let handle else {
            let failure = openFailure(code, path: path)
            sqlite3_close_v2(handle)
            throw failure
        }
        return handle
    }

    /// The real folder and the last name: the folder may be reached through links, the file not.
    private static func resolved(_ path: String) throws(StoreError) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let folder = parts.dropLast().joined(separator: "/")
        guard let real = realpath(folder.isEmpty && parts.count > 1 ? "/" : folder + "/.", nil)
        else { throw .cannotOpen(path: path, reason: String(cString: strerror(errno))) }
        defer { free(real) }
        return String(cString: real) + "/" + (parts.last ?? "")
    }

    /// SQLite would wait for ever for the other end of a pipe, also of one beside the database.
    private static func checkIsPlain(_ real: String, _ path: String) throws(StoreError) {
        for ending in ["", "-wal", "-shm", "-journal"] {
            var facts = stat()
            guard lstat(real + ending, &facts) == 0 else { continue }
            guard facts.st_mode & S_IFMT == S_IFREG else {
                let isLink = facts.st_mode & S_IFMT == S_IFLNK
                throw .notPlain(
                    path: path + ending,
                    reason: isLink ? "it is a symbolic link" : "it is not a plain file")
            }
        }
    }

    private static func openFailure(_ code: Int32, path: String) -> StoreError {
        if code == SQLITE_CANTOPEN | (6 << 8) {
            return .notPlain(path: path, reason: "it is a symbolic link")
        }
        let reason = errno != 0 ? String(cString: strerror(errno)) : "unknown reason"
        return notReadable(path) ?? .cannotOpen(path: path, reason: reason)
    }

    /// That nothing is wrong with the files, but that they are another account's; nil where that
    /// is not what keeps them from being opened.
    static func notReadable(_ path: String) -> StoreError? {
        for name in ["", "-wal", "-shm"].map({ path + $0 }) {
            var facts = stat()
            guard lstat(name, &facts) == 0, facts.st_uid != geteuid(),
                faccessat(AT_FDCWD, name, R_OK, AT_EACCESS) != 0, errno == EACCES
            else { continue }
            let owner = getpwuid(facts.st_uid).flatMap { $0.pointee.pw_name }
            return .notReadable(
                path: name, owner: owner.map { String(cString: $0) } ?? "uid \(facts.st_uid)")
        }
        return nil
    }

    private func configure() throws(StoreError) {
        _ = plutarc_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1)
        _ = plutarc_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
        _ = plutarc_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 1 << 20)
        sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
        sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 50)
        sqlite3_busy_timeout(handle, Self.patience)
        try execute("PRAGMA temp_store = memory")
        try execute("PRAGMA cell_size_check = on")
        guard mode != .memory else { return try execute("PRAGMA foreign_keys = on") }
        try execute("PRAGMA mmap_size = 0")
        try execute("PRAGMA wal_autocheckpoint = 0")
        var persist: Int32 = 1
        sqlite3_file_control(handle, "main", SQLITE_FCNTL_PERSIST_WAL, &persist)
        guard mode.mayWrite else { return try execute("PRAGMA query_only = on") }
        try execute("PRAGMA foreign_keys = on")
        try execute("PRAGMA synchronous = FULL")
        try limitLog(Self.logLimit)
        watchLog()
    }

    /// A log that begins anew gives back what it had grown to: its size tells what is in it.
    /// - Parameter bytes: that it keeps; nil: all.
    func limitLog(_ bytes: Int64?) throws(StoreError) {
        try execute("PRAGMA journal_size_limit = \(bytes ?? -1)")
    }

    /// Notes where the log ends after each commit of this handle.
    private func watchLog() {
        let mine = Unmanaged.passUnretained(self).toOpaque()
        _ = sqlite3_wal_hook(
            handle,
            { connection, _, _, frames in
                guard let connection else { return SQLITE_OK }
                let mine = Unmanaged<Connection>.fromOpaque(connection).takeUnretainedValue()
                mine.committed(upTo: Int64(frames))
                return SQLITE_OK
            }, mine)
    }

    /// - Parameter frames: in the log now; it may have begun anew.
    private func committed(upTo frames: Int64) {
        let before = logFrames ?? frames
        mostFrames = max(mostFrames, frames > before ? frames - before : 0)
        logFrames = frames
    }

    // MARK: statements

    /// The statement of a fixed query: prepared at its first use, the same object ever after.
    func statement(_ query: Query) throws(StoreError) -> Statement {
        let key = ObjectIdentifier(query)
        if key == lastQuery, let lastStatement { return lastStatement }
        let statement: Statement
        if let known = statements[key] {
            statement = known
        } else {
            statement = try prepare(query.sql)
            statements[key] = statement
        }
        lastQuery = key
        lastStatement = statement
        return statement
    }

    func prepare(_ sql: String) throws(StoreError) -> Statement {
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(
            handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared else {
            throw Self.failure(code, database: handle, sql: sql)
        }
        return Statement(handle: prepared, database: handle)
    }

    /// Runs statements that take no values: pragmas and the schema.
    func execute(_ sql: String) throws(StoreError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else {
            throw Self.failure(code, database: handle, sql: sql)
        }
    }

    /// One whole number that a fixed pragma tells.
    func number(_ pragma: StaticString) throws(StoreError) -> Int64 {
        let statement = try prepare(pragma.description)
        return try statement.next() ? statement.takeInteger() : 0
    }

    /// The text column of every row that a fixed pragma tells.
    func lines(_ pragma: StaticString) throws(StoreError) -> [String] {
        let statement = try prepare(pragma.description)
        var lines: [String] = []
        while try statement.next() { lines.append(statement.takeText()) }
        return lines
    }

    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }
    var changes: Int { Int(sqlite3_changes64(handle)) }
    var lastRow: Int64 { sqlite3_last_insert_rowid(handle) }
}
