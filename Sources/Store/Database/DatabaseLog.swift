/// The write-ahead log of a database: when it is emptied, and which blocks of the disk are its own.

import CSQLite
import Glibc

extension Database {
    /// Size of `-wal` from which the engine checkpoints without waiting.
    /// **Source** <doc:SafetyRules#The-log-of-the-database>.
    static let passiveBytes: Int64 = 4 << 20
    /// Size from which it empties the log.
    public static let truncateBytes: Int64 = 64 << 20
    /// Size from which a log that keeps its blocks begins anew.
    private static let tightBytes: Int64 = 256 << 10

    /// Checkpoints between transactions: passive from 4 MiB, truncating from 64 MiB or when idle.
    /// A log that keeps its blocks is only ever begun anew.
    /// Only the engine calls it. A reader in the way is not an error.
    /// - Parameter limit: bytes from which the log is emptied.
    /// - Returns: false when a reader was in the way: to try again at once would be in vain.
    @discardableResult
    public func checkpointIfNeeded(
        isIdle: Bool = false, truncatingFrom limit: Int64 = truncateBytes
    ) throws(StoreError) -> Bool {
        guard connection.mode.mayWrite, isDirty else { return true }
        guard !keepsLogBlocks else { return try checkpointInPlace(isIdle: isIdle) }
        let bytes = logBytes
        if isIdle || bytes >= limit {
            guard try checkpoint(SQLITE_CHECKPOINT_TRUNCATE) == .done else { return false }
            isDirty = false
        } else if bytes >= Self.passiveBytes {
            // Once all is in the file, the next commit begins the log anew.
            return try checkpoint(SQLITE_CHECKPOINT_PASSIVE) == .done
        }
        return true
    }

    private func checkpointInPlace(isIdle: Bool) throws(StoreError) -> Bool {
        guard isIdle || logEnd >= Self.tightBytes else { return true }
        let extent = try checkpoint(SQLITE_CHECKPOINT_RESTART)
        // Whoever reads from here on reads the file: the next commit begins the log anew.
        if extent == .done { connection.logFrames = 0 }
        return extent != .part
    }

    /// On a full disk: a log that begins anew finds its own blocks again and needs no more.
    /// - Returns: whether the next commit finds any that it would not have found.
    public func beginLogAnew() -> Bool {
        guard beginsLogAnew, logEnd >= Self.tightBytes else { return false }
        guard (try? keepLogBlocks(true)) != nil else { return false }
        // What else is wrong the commit will meet.
        return (try? checkpointInPlace(isIdle: false)) == true && connection.logFrames == 0
    }

    /// How far a checkpoint came.
    private enum Extent {
        case done
        /// All is in the file, and somebody still reads the log.
        case read
        /// A reader was in the way.
        case part
    }

    private func checkpoint(_ kind: Int32) throws(StoreError) -> Extent {
        // A console that is stopped inside a read must not hold up the engine.
        sqlite3_busy_timeout(connection.handle, 0)
        defer { sqlite3_busy_timeout(connection.handle, Connection.patience) }
        var (inLog, moved): (Int32, Int32) = (0, 0)
        let code = sqlite3_wal_checkpoint_v2(connection.handle, "main", kind, &inLog, &moved)
        files?.remember(logIsDone: code == SQLITE_OK && inLog == moved)
        if code == SQLITE_OK, inLog >= 0 { connection.logFrames = Int64(inLog) }
        switch code & 0xFF {
        case SQLITE_OK: return inLog == moved ? .done : .part
        case SQLITE_BUSY, SQLITE_LOCKED: return inLog > 0 && inLog == moved ? .read : .part
        default:
            throw Connection.failure(code, database: connection.handle, sql: "wal_checkpoint")
        }
    }

    /// Bytes of `-wal`; of one that keeps its blocks, those in use.
    public var logBytes: Int64 { keepsLogBlocks ? logEnd : logSize }

    /// It is looked at by name only.
    private var logSize: Int64 { logFacts.map { Int64($0.st_size) } ?? 0 }

    private var logFacts: stat? {
        var facts = stat()
        return stat(connection.path + "-wal", &facts) == 0 ? facts : nil
    }

    /// Bytes of the log up to the end of the last commit; its size where that is not known yet.
    private var logEnd: Int64 {
        guard let frames = connection.logFrames else { return logSize }
        return 32 + frames * Self.frameBytes
    }

    /// A page and what says whose it is.
    private static let frameBytes: Int64 = 4096 + 24

    /// Changes whenever another process commits: what consoles poll.
    public func dataVersion() throws(StoreError) -> Int64 {
        try connection.number("PRAGMA data_version")
    }
}

extension Database {
    /// What became of the wish for blocks of the disk.
    public enum LogRoom: Sendable, Equatable {
        case taken
        /// The disk has no more.
        case full
        /// This file system cannot set blocks aside.
        case unknown
    }

    /// Sees to it that the next commits find blocks that the log has already, whoever fills the
    /// disk meanwhile. The length of the file stays as it is.
    /// - Parameter bytes: of commits; half of that is enough to take none, where it is more than
    ///   twice the largest commit so far.
    public func takeLogRoom(_ bytes: Int64) -> LogRoom {
        guard let facts = logFacts else { return .unknown }
        let end = logEnd
        let least = max(bytes / 2, 2 * connection.mostFrames * Self.frameBytes)
        if Int64(facts.st_blocks) * 512 - end >= least { return .taken }
        // No lock of SQLite is on this file: it may be opened and closed.
        let log = open(connection.path + "-wal", O_WRONLY | O_NOFOLLOW | O_CLOEXEC)
        guard log >= 0 else { return .unknown }
        defer { close(log) }
        guard plutarc_fallocate(log, 1, 0, end + max(bytes, 2 * least)) != 0 else {
            return .taken
        }
        return errno == ENOSPC || errno == EDQUOT ? .full : .unknown
    }

    /// While the disk fills up, a log that begins anew gives nothing back: others would take it.
    public func keepLogBlocks(_ keeps: Bool) throws(StoreError) {
        guard keeps != keepsLogBlocks else { return }
        keepsLogBlocks = keeps
        try connection.limitLog(keeps ? nil : Connection.logLimit)
    }
}
