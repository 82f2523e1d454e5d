/// Holds a record's one list of columns against its table and its properties.

@testable import Store

/// Finds columns that are missing, of another type, or in each other's place.
struct RecordCheck<Record: Stored & Equatable> {
    /// Properties that are called otherwise than their column.
    private static var otherwise: [String: String] {
        [
            "rollouts.id": "number", "rollout_bots.rollout_id": "rollout",
            "workspace.wall_at": "wall", "workspace.boottime_ms": "milliseconds",
            "markets.contract_type": "type",
        ]
    }
    /// The only row of its table has no number in its record.
    private static var constant: Set<String> { ["workspace.id", "billing_account.id"] }

    private let database: Database
    private let table = Record.table.name

    init() throws {
        database = try Database.memory()
        let connection = database.connection
        // Values that make no sense, so that each column has its own.
        try connection.execute("PRAGMA ignore_check_constraints = on")
        try connection.execute("PRAGMA foreign_keys = off")
        for trigger in try lines("SELECT name FROM sqlite_master WHERE type = 'trigger'") {
            try connection.execute("DROP TRIGGER \(trigger)")
        }
    }

    /// Differences between the list and the table, by name, type and whether a column may be NULL.
    func schemaProblems() throws -> [String] {
        let said = Set(try sample(0).columns.map(\.declaration))
        let migrated = Set(
            try lines(
                """
                SELECT name || ' ' || type || iif("notnull" OR pk, '', ' NULL')
                FROM pragma_table_info('\(table)')
                """))
        return said.subtracting(migrated).map { "\(table) has no \($0)" }.sorted()
            + migrated.subtracting(said).map { "\(table): \($0) is not said" }.sorted()
    }

    /// Columns that are read into, or written from, another property.
    func swapProblems() throws -> [String] {
        var problems: Set<String> = []
        for round in 0..<2 {
            let (record, columns) = try sample(round)
            var properties: [String: String] = [:]
            try collect(Mirror(reflecting: record), into: &properties)
            for column in columns where !isConstant(column) {
                if properties[property(of: column.name)] != column.value {
                    problems.insert("\(table).\(column.name) is read into another property")
                }
            }
            try database.connection.execute("DELETE FROM \(table)")
            try database.write { db throws(StoreError) in try db.add(record) }
            for column in columns where try stored(column) != value(column) {
                problems.insert("\(table).\(column.name) is written from another property")
            }
            if try read() != [record] { problems.insert("\(table): a row comes back changed") }
        }
        return problems.sorted()
    }

    /// Columns that a change leaves as they were, or changes though they are fixed.
    func changeProblems() throws -> [String] {
        let (record, before) = try sample(0)
        let (changed, after) = try sample(0, changed: true)
        try database.write { db throws(StoreError) in
            try db.add(record)
            try db.put(changed)
        }
        return try zip(before, after).filter { before, after in
            try stored(after) != value(after.role == .fixed ? before : after)
        }.map { "\(table).\($0.0.name) is not as the change has it" }
    }

    private func sample(_ round: Int, changed: Bool = false) throws -> (
        record: Record, columns: [SampledColumn]
    ) {
        var values = DistinctValues<Record>(
            connection: database.connection, round: round, changed: changed)
        let record = try Record(&values)
        return (record, values.columns)
    }

    private func isConstant(_ column: SampledColumn) -> Bool {
        Self.constant.contains("\(table).\(column.name)")
    }
    private func value(_ column: SampledColumn) -> String {
        isConstant(column) ? "1" : column.value
    }

    // MARK: what is on the disk

    private func stored(_ column: SampledColumn) throws -> String {
        try lines("SELECT quote(\"\(column.name)\") FROM \(table)").joined(separator: ", ")
    }

    private func read() throws -> [Record] {
        let statement = try database.connection.prepare(Record.table.select().sql)
        var records: [Record] = []
        while try statement.next() { records.append(try Record(from: statement)) }
        return records
    }

    private func lines(_ sql: String) throws -> [String] {
        let statement = try database.connection.prepare(sql)
        var lines: [String] = []
        while try statement.next() { lines.append(statement.takeText()) }
        return lines
    }

    // MARK: what is in the record

    private func property(of column: String) -> String {
        Self.otherwise["\(table).\(column)"] ?? column
    }

    /// Properties by the name that their column has: `botID` is `bot_id`.
    private func collect(_ record: Mirror, into properties: inout [String: String]) throws {
        for (label, value) in record.children {
            let name = Self.columnName(label ?? "")
            if let column = value as? any Column {
                properties[name] = try database.connection.quoted(column)
            } else if let list = value as? [Any] {
                let words = try list.compactMap { $0 as? any Column }
                    .map { try database.connection.quoted($0).filter { $0 != "'" } }
                properties[name] = "'\(words.joined(separator: " "))'"
            } else {
                try collect(Mirror(reflecting: value), into: &properties)
            }
        }
    }

    private static func columnName(_ property: String) -> String {
        var name = ""
        var isAfterCapital = true
        for letter in property {
            if letter.isUppercase, !isAfterCapital { name += "_" }
            name += letter.lowercased()
            isAfterCapital = letter.isUppercase
        }
        return name
    }
}
