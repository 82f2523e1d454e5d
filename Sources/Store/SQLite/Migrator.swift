/// Brings a file to the schema that this program knows, step by numbered step.

import CSQLite

/// One step of the schema. A shipped step is never changed.
struct Migration: Sendable {
    /// `user_version` after it. **Range** 1, 2, 3 without gaps.
    let number: Int
    let sql: [String]
    /// It makes a table anew to which others point. With foreign keys on, to drop the old one
    /// fails or takes the others' rows along; and a rename may not look into triggers that name
    /// the table while it is away.
    var rebuildsTables = false
    /// What SQL alone cannot do, before the statements.
    var prepare: (@Sendable (Connection) throws(StoreError) -> Void)?
}

/// Runs what is missing in one exclusive transaction, after a backup.
/// **Source** <doc:SafetyRules#A-sound-file-first>.
struct Migrator {
    /// `plut` in ASCII: tells our files from those of others.
    static let applicationID: Int64 = 0x706C_7574
    let migrations: [Migration]

    var newest: Int { migrations.last?.number ?? 0 }

    /// The schema number of an open file.
    /// - Throws: ``StoreError/notADatabase(path:)`` for a file that another program made.
    func version(of connection: Connection) throws(StoreError) -> Int {
        let application = try connection.number("PRAGMA application_id")
        let version = Int(try connection.number("PRAGMA user_version"))
        if application == Self.applicationID { return version }
        let tables = try connection.number("SELECT count(*) FROM sqlite_master")
        guard application == 0, version == 0, tables == 0 else {
            throw .notADatabase(path: connection.path)
        }
        return 0
    }

    /// The schema number of a file that is ours and that this program knows.
    func existingVersion(of connection: Connection) throws(StoreError) -> Int {
        let found = try version(of: connection)
        if found == 0 { throw .notADatabase(path: connection.path) }
        if found > newest {
            throw .newerVersion(path: connection.path, found: found, known: newest)
        }
        return found
    }

    /// Refuses what this program must not read.
    func checkReadable(_ connection: Connection) throws(StoreError) {
        let found = try existingVersion(of: connection)
        if found < newest {
            throw .olderVersion(path: connection.path, found: found, known: newest)
        }
    }

    /// Migrates; an existing file is first copied to `path.before-N`, or `path.before-N-2` where
    /// another state is kept under that name already.
    func migrate(
        _ connection: Connection, report: @escaping StartReport = { _ in true }
    ) throws(StoreError) {
        let found = try version(of: connection)
        if found > newest {
            throw .newerVersion(path: connection.path, found: found, known: newest)
        }
        guard found < newest else { return }
        if found > 0, connection.mode != .memory {
            try DatabaseCopy.keep(connection, as: "before-\(newest)", report: report)
        }
        let steps = migrations.filter { $0.number > found }
        // SQLite hears this outside of a transaction only.
        let keys = steps.contains(where: \.rebuildsTables) ? "off" : "on"
        try connection.execute("PRAGMA foreign_keys = \(keys)")
        defer { sqlite3_exec(connection.handle, "PRAGMA foreign_keys = on", nil, nil, nil) }
        try connection.whileHeld(report) { () throws(StoreError) in
            try connection.execute("BEGIN EXCLUSIVE")
        }
        do throws(StoreError) {
            try run(steps, from: found, on: connection, report)
        } catch {
            sqlite3_exec(connection.handle, "ROLLBACK", nil, nil, nil)
            throw error
        }
    }

    private func run(
        _ steps: [Migration], from found: Int, on connection: Connection,
        _ report: @escaping StartReport
    ) throws(StoreError) {
        // Someone else may have migrated while we waited for the lock.
        guard try version(of: connection) == found else {
            throw .locked(what: "another program migrates this file")
        }
        for (index, step) in steps.enumerated() {
            let progress = StartProgress(
                .upgrading, done: Int64(index), of: Int64(steps.count))
            try run(step, on: connection, progress, report)
        }
        try checkKeys(of: connection, report)
        try connection.execute("PRAGMA application_id = \(Self.applicationID)")
        try connection.execute("PRAGMA user_version = \(newest)")
        guard report(StartProgress(.upgrading, silentStep: "COMMIT")) else { throw .interrupted }
        try connection.execute("COMMIT")
    }

    private func checkKeys(
        of connection: Connection, _ report: @escaping StartReport
    ) throws(StoreError) {
        let violations = try connection.reporting(StartProgress(.upgrading), to: report) {
            () throws(StoreError) in try connection.lines("PRAGMA foreign_key_check")
        }
        guard violations.isEmpty else {
            throw .damaged(what: "rows without their parent in \(violations[0])")
        }
    }

    private func run(
        _ step: Migration, on connection: Connection, _ progress: StartProgress,
        _ report: @escaping StartReport
    ) throws(StoreError) {
        if step.rebuildsTables { try connection.execute("PRAGMA legacy_alter_table = on") }
        defer {
            sqlite3_exec(connection.handle, "PRAGMA legacy_alter_table = off", nil, nil, nil)
        }
        if let prepare = step.prepare {
            try connection.reporting(progress, to: report) {
                () throws(StoreError) in try prepare(connection)
            }
        }
        for text in step.sql {
            try connection.executeEach(text, reporting: progress, to: report)
        }
    }
}

extension Connection {
    /// Runs each statement of a text; reports before it, and from within where SQLite does. What
    /// changes the schema is announced: to drop a table, to sort an index and to check the rows
    /// of a table that gets a new law are single steps of SQLite's machine.
    fileprivate func executeEach(
        _ sql: String, reporting progress: StartProgress, to report: @escaping StartReport
    ) throws(StoreError) {
        try eachStatement(of: sql) { statement throws(StoreError) in
            let words = statement.sql.split(whereSeparator: \.isWhitespace)
            let isSilent = ["CREATE", "DROP", "ALTER"].contains(words.first ?? "")
            var progress = progress
            progress.silentStep = isSilent ? words.prefix(3).joined(separator: " ") : nil
            try reporting(progress, to: report) { () throws(StoreError) in
                try statement.run()
            }
        }
    }
}
