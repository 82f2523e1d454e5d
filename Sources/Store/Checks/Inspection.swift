/// Looks a file over before anybody may write to it: what `plutarc check` would refuse is refused.

import CSQLite

/// How much of a file is looked at.
public enum InspectionExtent: Sendable {
    /// Everything.
    case whole
    /// The schema, and every table but the histories: what is decided from, and what is owned.
    case essential
}

/// Laws of other modules that are asked as well: each sentence is a problem.
public typealias MoreLaws = (Reading, InspectionExtent) throws(StoreError) -> [String]

public struct Inspection {
    /// Tables that tell of the past: nothing is decided from an old row of theirs. Every other
    /// table, one of a later step too, is looked at before the first write.
    static let histories: Set<String> = [
        "activity", "audit", "candles", "decision_series", "decision_templates", "decisions",
        "deployments", "equity", "fills", "ledger", "trades",
    ]
    /// Files up to this size are looked at whole: some 200 ms. **Unit** bytes
    public static let wholeUpTo: Int64 = 40 << 20

    private static let schemaTable = "sqlite_schema"

    let reading: Reading
    /// The steps that made the file.
    let migrations: [Migration]
    var report: StartReport = { _ in true }
    var moreLaws: MoreLaws = { _, _ throws(StoreError) in [] }

    /// Opens a file for this look only, and leaves it as it is.
    /// - Returns: whether it was looked at whole.
    /// - Throws: ``StoreError/unsound(path:problems:)``; the file was not written to.
    static func pass(
        _ path: String, migrations: [Migration], wholeUpTo limit: Int64,
        report: @escaping StartReport, moreLaws: @escaping MoreLaws
    ) throws(StoreError) -> Bool {
        let log = FileNames.size(of: path + "-wal")
        let isWhole = FileNames.size(of: path) + log <= limit
        let extent: InspectionExtent = isWhole ? .whole : .essential
        var isOld = false
        // Without a log the file is all there is, and nothing need be laid down beside it.
        for mode in log > 0 ? [OpenMode.inspect] : [.look, .inspect] {
            let connection = try Connection(path: path, mode: mode)
            let migrator = Migrator(migrations: migrations)
            let found = try migrator.existingVersion(of: connection)
            isOld = found < migrator.newest
            let inspection = Inspection(
                reading: Reading(connection: connection),
                migrations: migrations.filter { $0.number <= found }, report: report,
                moreLaws: isOld ? { _, _ throws(StoreError) in [] } : moreLaws)
            try connection.execute("BEGIN")
            let isSecond = mode == .inspect && log == 0
            let problems = try inspection.problems(extent, onlyFile: isSecond)
            guard problems.isEmpty else { throw .unsound(path: path, problems: problems) }
        }
        // What this program asks of a history is asked once the file has its schema.
        return isWhole && !isOld
    }

    /// Everything that is wrong, in words; empty when all is well. **Order** file, schema, keys,
    /// ledgers. What a broken file keeps from being read is said too.
    func problems(
        _ extent: InspectionExtent, onlyFile: Bool = false
    ) throws(StoreError) -> [String] {
        var problems: [String] = []
        let parts: [(InspectionExtent) throws(StoreError) -> [String]] = [
            file, schema, keys, ledgers,
        ]
        for part in parts.prefix(onlyFile ? 1 : parts.count) {
            do throws(StoreError) { problems += try part(extent) } catch {
                switch error {
                case .interrupted, .locked, .cannotOpen, .full: throw error
                default: return problems + ["it cannot be read further: \(error.headline)"]
                }
            }
        }
        return problems
    }

    private func expected() throws(StoreError) -> Database {
        try Database(path: ":memory:", mode: .memory, migrations: migrations)
    }

    private func file(_ extent: InspectionExtent) throws(StoreError) -> [String] {
        guard extent == .essential else { return try faults(of: nil) }
        var problems: [String] = []
        for table in try essentialTables() { problems += try faults(of: table) }
        return problems
    }

    private func essentialTables() throws(StoreError) -> [String] {
        let tables = try expected().read { db throws(StoreError) in try db.tableNames() }
        return [Self.schemaTable] + tables.filter { !Self.histories.contains($0) }
    }

    /// What SQLite finds in one table and its indexes, or in the whole file.
    private func faults(of table: String?) throws(StoreError) -> [String] {
        let step = "check of \(table ?? "the file")"
        let progress = StartProgress(.checking, silentStep: step)
        let reading = reading
        let lines = try reading.connection.reportingBeside(progress, to: report) {
            () throws(StoreError) in
            do throws(StoreError) {
                return try reading.integrity(of: table)
            } catch {
                // Some damage ends the check itself.
                guard case .damaged(let what) = error else { throw error }
                return [what]
            }
        }
        return lines.filter { $0 != "ok" }.map { "the file is damaged: \($0)" }
    }

    private func schema(_ extent: InspectionExtent) throws(StoreError) -> [String] {
        let expected = try expected().read { db throws(StoreError) in try db.schemaObjects() }
        return try reading.schemaProblems(expected: expected)
    }

    private func keys(_ extent: InspectionExtent) throws(StoreError) -> [String] {
        guard extent == .essential else {
            return try reported { () throws(StoreError) in try reading.orphans(in: nil) }
        }
        var problems: [String] = []
        for table in try essentialTables() where table != Self.schemaTable {
            problems += try reported { () throws(StoreError) in try reading.orphans(in: table) }
        }
        return problems
    }

    private func ledgers(_ extent: InspectionExtent) throws(StoreError) -> [String] {
        try reported { () throws(StoreError) in
            let found = try reading.ledgerProblems(extent, schema: migrations.last?.number ?? 0)
            return try found + moreLaws(reading, extent)
        }
    }

    private func reported<Value>(
        _ body: () throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        try reading.connection.reporting(StartProgress(.checking), to: report, body)
    }
}
