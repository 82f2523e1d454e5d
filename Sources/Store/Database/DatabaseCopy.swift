/// A copy of an open database under a name of its own: whole and checked, or not there at all.

import CSQLite
import Glibc

/// Written under another name, checked and synced; only then does it get its own. What a killed
/// copy left behind is replaced by the next.
struct DatabaseCopy {
    let source: Connection
    let path: String
    var report: StartReport = { _ in true }

    private static let pagesAtOnce: Int32 = 128
    /// Room that must be left beside the copy, for what follows it.
    private static let reserve: Int64 = 4 << 20
    private var unfinished: String { path + ".unfinished" }

    /// - Throws: ``StoreError/noRoom(path:needed:free:)`` before anything is written.
    func make() throws(StoreError) {
        forgetUnfinished()
        try checkRoom()
        do throws(StoreError) {
            try copyPages()
            try checkCopy()
            try Self.sync(unfinished)
            try name()
        } catch {
            forgetUnfinished()
            throw error
        }
    }

    /// Makes a copy beside the file, under a name that no other state has: where a sound copy of
    /// this very state is there already, as a killed upgrade leaves it, that one will do.
    static func keep(
        _ source: Connection, as name: String, report: @escaping StartReport
    ) throws(StoreError) {
        for number in 1... {
            let ending = number == 1 ? name : "\(name)-\(number)"
            let copy = DatabaseCopy(
                source: source, path: "\(source.path).\(ending)", report: report)
            switch try copy.found(StartProgress(.upgrading, silentStep: "look at \(ending)")) {
            case .nothing: return try copy.make()
            case .state(let kept) where try kept == state(of: source): return
            case .state, .anotherThing: continue
            }
        }
    }

    /// What lies under the name of a copy.
    private enum Found {
        /// Or half a copy: it may be replaced.
        case nothing
        /// A sound copy, and of what.
        case state([Int64])
        /// A folder, a link, a file of somebody else: it keeps its name.
        case anotherThing
    }

    /// Tells one state of a database from another: an engine writes nothing without a command, an
    /// event or a new epoch.
    private static func state(of connection: Connection) throws(StoreError) -> [Int64] {
        var facts: [Int64] = []
        for fact in [
            "PRAGMA user_version", "PRAGMA page_count", "SELECT epoch FROM engine_epoch",
            "SELECT clock FROM workspace", "SELECT coalesce(max(id), 0) FROM audit",
            "SELECT coalesce(max(id), 0) FROM commands",
        ] as [StaticString] {
            facts.append(try connection.number(fact))
        }
        return facts
    }

    private func found(_ progress: StartProgress) throws(StoreError) -> Found {
        guard report(progress) else { throw .interrupted }
        if isBlocked { return .anotherThing }
        guard access(path, F_OK) == 0 else { return .nothing }
        do throws(StoreError) {
            let copy = try Connection(path: path, mode: .look)
            guard try faults(of: copy, progress).isEmpty else { return .nothing }
            return .state(try Self.state(of: copy))
        } catch {
            switch error {
            case .notADatabase, .damaged, .other: return .nothing
            case .cannotOpen, .notPlain, .notReadable, .strangeJournal: return .anotherThing
            default: throw error
            }
        }
    }

    /// Nothing can get the name, or the one before it, for what is there.
    private var isBlocked: Bool {
        ([path] + Self.endings.map { unfinished + $0 }).contains { name in
            var facts = stat()
            return lstat(name, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
        }
    }

    /// What SQLite's quick check finds in a copy that nobody else uses.
    private func faults(
        of copy: Connection, _ progress: StartProgress
    ) throws(StoreError) -> [String] {
        let lines = try copy.reportingBeside(progress, to: report) { () throws(StoreError) in
            try copy.lines("PRAGMA quick_check")
        }
        return lines.flatMap { $0.split(separator: "\n") }.map(String.init)
            .filter { $0 != "ok" && !$0.hasPrefix("***") }
    }

    private static let endings = ["", "-journal", "-wal", "-shm"]

    private func forgetUnfinished() {
        for ending in Self.endings { unlink(unfinished + ending) }
    }

    private var folder: String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return parts.isEmpty ? "." : parts.joined(separator: "/") + "/"
    }

    private func checkRoom() throws(StoreError) {
        let needed = try source.number("PRAGMA page_count") * source.number("PRAGMA page_size")
        var facts = statvfs()
        guard statvfs(folder, &facts) == 0 else { return }
        let free = Int64(clamping: UInt64(facts.f_bavail) * UInt64(facts.f_frsize))
        guard free >= needed + Self.reserve else {
            throw .noRoom(path: path, needed: needed + Self.reserve, free: free)
        }
    }

    private func copyPages() throws(StoreError) {
        try makeEmptyFile()
        let target = try Connection(path: unfinished, mode: .create)
        // Nothing is there yet that a journal could bring back, and the whole is synced at its end.
        try target.execute("PRAGMA journal_mode = memory; PRAGMA synchronous = off")
        guard let copy = sqlite3_backup_init(target.handle, "main", source.handle, "main") else {
            throw target.latestFailure
        }
        let failure = Result { () throws(StoreError) in try step(copy) }
        let code = sqlite3_backup_finish(copy)
        try failure.get()
        guard code == SQLITE_OK else { throw target.latestFailure }
    }

    private func step(_ copy: OpaquePointer) throws(StoreError) {
        let total = try source.number("PRAGMA page_count")
        var done: Int64 = 0
        while true {
            guard report(StartProgress(.upgrading, done: done, of: total)) else {
                throw .interrupted
            }
            switch sqlite3_backup_step(copy, Self.pagesAtOnce) {
            case SQLITE_OK: done = total - Int64(sqlite3_backup_remaining(copy))
            case SQLITE_DONE: return
            case let code:
                throw Connection.failure(code, database: source.handle, sql: "copy")
            }
        }
    }

    /// With the rights of the file that is copied, from its first byte on.
    private func makeEmptyFile() throws(StoreError) {
        var facts = stat()
        let mode = stat(source.path, &facts) == 0 ? facts.st_mode & 0o640 : 0o600
        let file = open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard file >= 0 else { throw Self.systemFailure(unfinished) }
        close(file)
    }

    private func checkCopy() throws(StoreError) {
        let copy = try Connection(path: unfinished, mode: .look)
        let progress = StartProgress(.upgrading, silentStep: "check of the copy")
        var faults = try faults(of: copy, progress)
        for fact in ["PRAGMA user_version", "PRAGMA application_id", "PRAGMA page_count"]
            as [StaticString]
        {
            if try copy.number(fact) != source.number(fact) { faults.append("\(fact) differs") }
        }
        if let fault = faults.first { throw .damaged(what: "the copy \(path): \(fault)") }
    }

    /// The name comes last: whoever finds it finds a whole copy.
    private func name() throws(StoreError) {
        guard rename(unfinished, path) == 0 else { throw Self.systemFailure(path) }
        try Self.sync(folder)
    }

    /// No handle of SQLite may be open on it: to close a file gives up every lock on it.
    static func sync(_ path: String) throws(StoreError) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw systemFailure(path) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw systemFailure(path) }
    }

    private static func systemFailure(_ path: String) -> StoreError {
        errno == ENOSPC || errno == EDQUOT
            ? .full : .cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
}

extension Connection {
    /// What SQLite said last.
    fileprivate var latestFailure: StoreError {
        Self.failure(sqlite3_extended_errcode(handle), database: handle, sql: "copy")
    }
}
