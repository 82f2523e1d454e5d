/// Whether the files of a database still stand where they were opened, and have their ends.

import Glibc

/// The files behind a path, told apart from others that take their names later. Looked at by name
/// only: to open one, and to close it again, would drop SQLite's locks.
struct DatabaseFiles {
    private struct Mark: Equatable {
        var device: UInt
        var inode: UInt

        init(_ facts: stat) {
            device = UInt(facts.st_dev)
            inode = UInt(facts.st_ino)
        }
    }

    /// A file that is shorter than it must be.
    struct Cut: Equatable {
        var path: String
        var bytes: Int64
        var known: Int64
    }

    private static let endings = ["", "-wal", "-shm"]

    private let paths: [String]
    private let marks: [Mark?]
    /// Bytes of the database and of its log after our own last write. What others commit only
    /// adds to them.
    private var databaseBytes: Int64 = 0
    private var logBytes: Int64 = 0
    /// When the database was last written to: by our own checkpoints, unless somebody else makes
    /// one, which may empty the log.
    private var changedAt: (Int, Int) = (0, 0)

    init(of path: String) {
        paths = Self.endings.map { path + $0 }
        marks = paths.map { Self.facts($0).map(Mark.init) }
        remember()
    }

    /// Nil when nothing has this name.
    private static func facts(_ path: String) -> stat? {
        var facts = stat()
        return lstat(path, &facts) == 0 ? facts : nil
    }

    /// The first name that no longer leads to the file that is open; nil when all do.
    var missing: String? {
        for (path, mark) in zip(paths, marks) where mark != Self.facts(path).map(Mark.init) {
            return path
        }
        return nil
    }

    /// After a commit or a checkpoint of our own.
    /// - Parameter logIsDone: all of the log is in the database, and none of it is needed any more.
    mutating func remember(logIsDone: Bool = false) {
        guard let database = Self.facts(paths[0]) else { return }
        databaseBytes = Int64(database.st_size)
        changedAt = (database.st_mtim.tv_sec, database.st_mtim.tv_nsec)
        logBytes = logIsDone ? 0 : Self.facts(paths[1]).map { Int64($0.st_size) } ?? 0
    }

    /// The first file that somebody else cut short; nil when none is, or has no name any more.
    mutating func findCut() -> Cut? {
        guard let database = Self.facts(paths[0]), let log = Self.facts(paths[1]) else {
            return nil
        }
        let bytes = Int64(database.st_size)
        if bytes < databaseBytes {
            return Cut(path: paths[0], bytes: bytes, known: databaseBytes)
        }
        guard Int64(log.st_size) < logBytes else { return nil }
        guard (database.st_mtim.tv_sec, database.st_mtim.tv_nsec) == changedAt else {
            // Another program has emptied the log into the database.
            remember()
            return nil
        }
        return Cut(path: paths[1], bytes: Int64(log.st_size), known: logBytes)
    }
}
