/// A home as an older program left it: the rows of today's, in the tables of an earlier schema.

import Foundation

@testable import Store

enum OldHome {
    static let newest = Schema.migrations.count

    /// Histories of millions of rows are cut: a kill at every statement copies them each time.
    private static let limits = ["candles": 100, "equity": 100, "decisions": 100]

    /// Writes the rows of a database of today into a new file of an earlier schema.
    static func write(_ path: String, schema: Int, rowsOf source: String) throws {
        let today = try Database(reading: source)
        let old = try Database(
            path: path, mode: .create, migrations: Array(Schema.migrations.prefix(schema)))
        let laws = try texts(old, "SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
        for name in try texts(old, "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
            try old.connection.execute("DROP TRIGGER \(name)")
        }
        let filled = try tables(old)
        try old.connection.execute("PRAGMA foreign_keys = off; BEGIN")
        for table in filled { try fill(table, of: old, from: today) }
        for law in laws { try old.connection.execute(law) }
        try old.connection.execute("COMMIT")
        try old.checkpointIfNeeded(isIdle: true)
    }

    /// Every row of every table, as text.
    static func rows(_ path: String) throws -> [String: [[String?]]] {
        let database = try Database(reading: path)
        var rows: [String: [[String?]]] = [:]
        for table in try tables(database) {
            rows[table] = try database.read { db in
                try db.rows(sql: "SELECT * FROM \(table) ORDER BY 1, 2", limit: .max).rows
            }
        }
        return rows
    }

    /// The columns of every table of a file, by table.
    static func columns(_ path: String) throws -> [String: [String]] {
        let file = try Connection(path: path, mode: .read)
        let tables = try file.lines(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'")
        var columns: [String: [String]] = [:]
        for table in tables {
            let statement = try file.prepare("SELECT name FROM pragma_table_info('\(table)')")
            while try statement.next() { columns[table, default: []].append(statement.takeText()) }
        }
        return columns
    }

    /// What a file says in some columns of each table, as an earlier schema would have said it;
    /// a line a row, in no order of its own.
    static func facts(_ path: String, _ columns: [String: [String]]) throws -> [String: [String]] {
        let file = try Connection(path: path, mode: .read)
        let isEarlier = try file.number("PRAGMA user_version") < 10
        var facts: [String: [String]] = [:]
        for (table, names) in columns {
            let values = names.map { name in
                "quote(\((isEarlier ? nil : earlier[table]?[name]) ?? "\"\(name)\""))"
            }
            let statement = try file.prepare(
                "SELECT \(values.joined(separator: ", ")) FROM \(table)")
            while try statement.next() {
                let row = values.map { _ in statement.takeText() }.joined(separator: " ")
                facts[table, default: []].append(row)
            }
        }
        return facts.mapValues { $0.sorted() }
    }

    /// Makes a file larger than what is looked over at once.
    static func grow(_ path: String) throws {
        let file = try Connection(path: path, mode: .write)
        try file.execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
            INSERT INTO activity (bot_id, at, kind, severity, what, detail, actor)
            SELECT 1, i, 'life', 'info', 'padded', printf('%0200d', i), '' FROM n;
            PRAGMA wal_checkpoint(TRUNCATE)
            """)
    }

    private static func tables(_ database: Database) throws -> [String] {
        try texts(
            database,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'")
    }

    private static func texts(_ database: Database, _ sql: String) throws -> [String] {
        try database.read { db in try db.rows(sql: sql).rows.compactMap { $0[0] } }
    }

    /// What earlier schemas had under another name or in another form, by table and column; each
    /// as SQL over a row of today.
    private static let earlier = [
        "candles": [
            "symbol": "(SELECT symbol FROM instruments AS i WHERE i.id = instrument_id)"
        ],
        "previews": ["notional": "CAST(substr(notional, 6) AS INTEGER)"],
    ]

    private static func fill(_ table: String, of old: Database, from today: Database) throws {
        let info = "SELECT name FROM pragma_table_info('\(table)')"
        let known = Set(try columns(today, info))
        let isEarlier = try old.connection.number("PRAGMA user_version") < 10
        let forms = isEarlier ? earlier[table] ?? [:] : [:]
        let columns = try columns(old, info).filter { known.contains($0) || forms[$0] != nil }
        guard !columns.isEmpty else { return }
        let list = columns.map { "\"\($0)\"" }.joined(separator: ", ")
        let quoted = columns.map { "quote(\(forms[$0] ?? "\"\($0)\""))" }
            .joined(separator: ", ")
        let statement = try today.connection.prepare(
            "SELECT \(quoted) FROM \(table) LIMIT \(limits[table] ?? -1)")
        try old.connection.execute("DELETE FROM \(table)")
        while try statement.next() {
            let values = columns.map { _ in statement.takeText() }.joined(separator: ", ")
            try old.connection.execute("INSERT INTO \(table) (\(list)) VALUES (\(values))")
        }
    }

    private static func columns(_ database: Database, _ sql: String) throws -> [String] {
        let statement = try database.connection.prepare(sql)
        var names: [String] = []
        while try statement.next() { names.append(statement.takeText()) }
        return names
    }
}
