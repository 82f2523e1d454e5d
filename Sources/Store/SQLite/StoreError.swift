/// Every way in which the database can say no: the fact, and what to do about it.

/// A failure of the store. SQL text may be told, bound values never are.
/// **Source** <doc:SafetyRules#A-commit-that-fails>.
public enum StoreError: Error, Equatable, Sendable {
    /// The file was written by a newer program.
    case newerVersion(path: String, found: Int, known: Int)
    /// Only for a reader, which cannot migrate: the file is of an older program.
    case olderVersion(path: String, found: Int, known: Int)
    /// No SQLite file, or one of another program.
    case notADatabase(path: String)
    /// The file breaks SQLite's rules or ours.
    case damaged(what: String)
    case locked(what: String)
    case full
    /// Too little room for a copy that must be made first; nothing was written.
    case noRoom(path: String, needed: Int64, free: Int64)
    /// A file beside the database that SQLite would play into it, and that is not of this program.
    case strangeJournal(path: String)
    /// What was found before the first write; nothing was written.
    case unsound(path: String, problems: [String])
    case readOnly(what: String)
    case cannotOpen(path: String, reason: String)
    /// Something else stands in the place of the database, or of a file beside it.
    case notPlain(path: String, reason: String)
    /// The file is another account's, which does not let this one read it.
    case notReadable(path: String, owner: String)
    /// A file of the database lost its name while it was open for writing.
    case moved(path: String)
    /// Another engine has claimed the home since; this handle writes nothing any more.
    case superseded(epoch: Int64)
    /// A file of the database lost its end while it was open for writing.
    case cutShort(path: String, bytes: Int64, known: Int64)
    /// A law of the schema was violated: its name, and the statement.
    case constraint(rule: String, sql: String)
    /// The commit failed: what was written may be there or not. Stop, open again, read again.
    case unknownCommit(reason: String)
    /// A free query took more than its budget.
    case interrupted
    /// A free query that is not one reading statement.
    case notAReadingStatement(reason: String)
    case other(code: Int32, message: String, sql: String)

    /// Stable word for scripts.
    public var code: String {
        switch self {
        case .newerVersion: "newer_version"
        case .olderVersion: "older_version"
        case .notADatabase: "not_a_database"
        case .damaged: "damaged"
        case .locked: "locked"
        case .full, .noRoom: "disk_full"
        case .strangeJournal, .unsound: "damaged"
        case .readOnly: "read_only"
        case .cannotOpen: "cannot_open"
        case .notPlain: "not_plain"
        case .notReadable: "not_permitted"
        case .moved: "database_moved"
        case .superseded: "superseded"
        case .cutShort: "database_cut_short"
        case .constraint: "constraint"
        case .unknownCommit: "unknown_commit"
        case .interrupted: "interrupted"
        case .notAReadingStatement: "not_a_reading_statement"
        case .other: "store"
        }
    }

    /// What went wrong.
    public var headline: String {
        switch self {
        case .newerVersion(let path, let found, let known):
            "\(path) has schema \(found); this program knows up to \(known)"
        case .olderVersion(let path, let found, let known):
            "\(path) has schema \(found); this program needs \(known)"
        case .notADatabase(let path): "\(path) is not a plutarc database"
        case .damaged(let what): "the database is damaged: \(what)"
        case .locked(let what): "the database is locked: \(what)"
        case .full: "the disk is full; nothing was written"
        case .noRoom(let path, let needed, let free):
            "the copy \(path) needs \(needed.megabytes) MB, and \(free.megabytes) MB are free"
        case .strangeJournal(let path):
            "\(path) is of another program, which stopped while it wrote to the database"
        case .unsound(let path, let problems):
            "\(path) is damaged or altered: \(Self.cut(problems.first ?? ""))"
                + (problems.count > 1 ? "; and \(problems.count - 1) more" : "")
        case .readOnly(let what): "the database is open for reading only: \(what)"
        case .cannotOpen(let path, let reason), .notPlain(let path, let reason):
            "\(path) cannot be opened: \(reason)"
        case .notReadable(let path, let owner):
            "\(path) belongs to \(owner), and this account may not read it"
        case .moved(let path):
            "\(path) was removed, renamed or replaced while the engine ran; nothing more is taken"
        case .superseded(let epoch):
            "another engine took this home over as number \(epoch); this one writes nothing more"
        case .cutShort(let path, let bytes, let known):
            "\(path) was cut short while the engine ran, from \(known) bytes to \(bytes); nothing "
                + "more is taken"
        case .constraint(let rule, let sql): "refused by the schema: \(rule) (\(sql))"
        case .unknownCommit(let reason): "a commit failed and may have happened: \(reason)"
        case .interrupted: "the query ran too long and was stopped"
        case .notAReadingStatement(let reason): "not one reading SQL statement: \(reason)"
        case .other(let code, let message, let sql): "SQLite error \(code): \(message) (\(sql))"
        }
    }

    /// A row may name something of any length; `plutarc check` shows it whole.
    private static func cut(_ problem: String) -> String {
        problem.utf8.count > 400
            ? String(decoding: problem.utf8.prefix(400), as: UTF8.self) + " …" : problem
    }

    /// What to do now.
    public var remedy: String {
        switch self {
        case .newerVersion: "use the newer program, or restore an older backup"
        case .olderVersion: "start the engine: it migrates the file after a backup"
        case .notADatabase: "name another home, or restore a backup"
        case .damaged: "stop the engine, and put a sound copy in its place, -wal and -shm with it"
        case .unsound:
            "nothing was written, and reading goes on; plutarc check names everything: undo the "
                + "change, or put a sound copy in its place, -wal and -shm with it"
        case .strangeJournal: "nothing was written; move it away, then see plutarc check"
        case .noRoom: "free some space, and start again; nothing was changed"
        case .locked: "find who else holds the file: only the engine may write it"
        case .full:
            "free some space, or allow larger files (ulimit -f), then go on: what was acknowledged "
                + "is there"
        case .readOnly: "send a command to the engine instead"
        case .cannotOpen(let path, _):
            "look at what it is and who may read it: ls -l '\(path)'"
        case .notPlain(let path, _): "look at what it is, then move it away: ls -l '\(path)'"
        case .notReadable(_, let owner):
            "ask \(owner), whose account reads it; pauses and closes still work from here"
        case .moved:
            "put the files of the database back under their names, all of them, then start the "
                + "engine again; else restore the newest backup and remove engine.lease"
        case .superseded: "nothing was done: send the command again, to the engine that runs now"
        case .cutShort:
            "start the engine again: it refuses where anything is missing that was acknowledged; "
                + "then put a whole copy back, -wal with it, or restore the newest backup and "
                + "remove engine.lease"
        case .constraint, .other: "this is a defect of the program: report it with this text"
        case .unknownCommit: "the engine stops; start it again, it reads what is there"
        case .interrupted: "narrow the query, or run it on a backup"
        case .notAReadingStatement: "write one SELECT, EXPLAIN or VALUES statement"
        }
    }
}

extension Int64 {
    /// Rounded up: so much must be free.
    fileprivate var megabytes: Int64 { (self + 999_999) / 1_000_000 }
}
