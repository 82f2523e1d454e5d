/// Whether the files of a database still stand where they were opened.

import Glibc

/// The files behind a path, told apart from others that take their names later. Looked at by name
/// only: to open one, and to close it again, would drop SQLite's locks.
struct DatabasePlace {
    private struct Mark: Equatable {
        var device: UInt
        var inode: UInt

        /// Nil when nothing has this name.
        init?(_ path: String) {
            var facts = stat()
            guard lstat(path, &facts) == 0 else { return nil }
            device = UInt(facts.st_dev)
            inode = UInt(facts.st_ino)
        }
    }

    private static let endings = ["", "-wal", "-shm"]

    private let paths: [String]
    private let marks: [Mark?]

    init(of path: String) {
        paths = Self.endings.map { path + $0 }
        marks = paths.map { Mark($0) }
    }

    /// The first name that no longer leads to the file that is open; nil when all do.
    var missing: String? {
        for (path, mark) in zip(paths, marks) where mark != Mark(path) { return path }
        return nil
    }
}
