/// What is looked at in a file: before its first write by ``CheckBeforeWriting``, and in all of it
/// where `plutarc check` asks.

/// How much of a file is looked at.
public enum InspectionExtent: Sendable {
    /// Everything.
    case whole
    /// The schema, and every table but the histories: what is decided from, and what is owned.
    case essential
}

/// Laws of other modules that are asked as well: each sentence is a problem.
public typealias MoreLaws = (Reading, InspectionExtent) throws(StoreError) -> [String]

struct Inspection {
    /// Tables that tell of the past: nothing is decided from an old row of theirs. Every other
    /// table, one of a later step too, is looked at before the first write.
    static let histories: Set<String> = [
        "activity", "audit", "candles", "decision_series", "decision_templates", "decisions",
        "deployments", "equity", "fills", "ledger", "trades",
    ]
    private static let schemaTable = "sqlite_schema"

    let reading: Reading
    /// The steps that made the file.
    let migrations: [Migration]
    var report: StartReport = { _ in true }
    var moreLaws: MoreLaws = { _, _ throws(StoreError) in [] }

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
                case .interrupted, .locked, .cannotOpen, .notPlain, .notReadable, .full: throw error
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
