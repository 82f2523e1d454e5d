/// Whether the file is whole and its ledgers add up: what `plutarc check` asks of the store.

extension Database {
    /// Everything that is wrong, in words; empty when all is well. **Order** file, then schema,
    /// then ledgers. The hashes of the audit chain are verified elsewhere.
    public func check(
        moreLaws: @escaping MoreLaws = { _, _ throws(StoreError) in [] }
    ) throws(StoreError) -> [String] {
        guard connection.mode == .read else {
            return try read { db throws(StoreError) in try problems(db, moreLaws) }
        }
        let other = try Connection(path: connection.path, mode: .inspect)
        try other.execute("BEGIN")
        return try problems(Reading(connection: other), moreLaws)
    }

    private func problems(
        _ db: Reading, _ moreLaws: @escaping MoreLaws
    ) throws(StoreError) -> [String] {
        try Inspection(reading: db, migrations: Schema.migrations, moreLaws: moreLaws)
            .problems(.whole)
    }
}

/// One row of the schema. Not the page on which it begins: that differs from file to file.
struct SchemaObject: Hashable {
    let kind: String
    let name: String
    let table: String

    var words: String { "\(kind) \(name)" }
}

extension Reading {
    /// One broken page makes many that nobody names any more: nobody reads all of them.
    private static let mostFaults = 20

    /// What SQLite's own check says of a table, or of the whole file; `ok` when all is well.
    func integrity(of table: String?) throws(StoreError) -> [String] {
        var lines: [String] = []
        let query = table == nil ? Laws.integrity : Laws.integrityOfTable
        let bind: (Statement) -> Void = { row in if let table { row.put(table) } }
        try each(query, bind) { row throws(StoreError) in
            // One row may tell of many pages, each on a line, under a heading.
            for line in row.takeText().split(separator: "\n") where !line.hasPrefix("***") {
                lines.append(String(line))
            }
        }
        guard lines.count > Self.mostFaults else { return lines }
        let more = counted(lines.count - Self.mostFaults, "more fault")
        return lines.prefix(Self.mostFaults) + ["and \(more)"]
    }

    /// Rows that name a row which is not there, in a table or in all.
    func orphans(in table: String?) throws(StoreError) -> [String] {
        var problems: [String] = []
        let query = table == nil ? Laws.orphans : Laws.orphansOfTable
        let bind: (Statement) -> Void = { row in if let table { row.put(table) } }
        try each(query, bind) { row throws(StoreError) in
            let (table, parent, count) = (row.takeText(), row.takeText(), row.takeInteger())
            let rows = counted(count, "row")
            problems.append("\(table): \(rows) without the row of \(parent) that is named")
        }
        return problems
    }

    func tableNames() throws(StoreError) -> [String] {
        try schemaObjects().keys.filter { $0.kind == "table" }.map(\.name).sorted()
    }

    /// Every object of the file and its text, SQLite's own ones too: their names hide nothing.
    func schemaObjects() throws(StoreError) -> [SchemaObject: [String]] {
        var objects: [SchemaObject: [String]] = [:]
        try each(Laws.objects) { row throws(StoreError) in
            let object = SchemaObject(
                kind: row.takeText(), name: row.takeText(), table: row.takeText())
            objects[object, default: []].append(row.takeText())
        }
        return objects
    }

    /// Tables, triggers, views and indexes that should be there and are not, that stand there
    /// otherwise, and that nobody asked for.
    func schemaProblems(
        expected: [SchemaObject: [String]]
    ) throws(StoreError) -> [String] {
        let found = try schemaObjects()
        var problems: [String] = []
        for (object, text) in expected.sorted(by: { $0.key.words < $1.key.words })
        where found[object] != text {
            let fault = found[object] == nil ? "is missing" : "was changed by other hands"
            problems.append("schema: \(object.words) \(fault)")
        }
        for object in found.keys.filter({ expected[$0] == nil }).map(\.words).sorted() {
            problems.append("schema: \(object) was added by other hands")
        }
        if try value(Laws.sharedPages) ?? Int64(0) > 0 {
            problems.append("schema: two tables or indexes begin on one page")
        }
        return problems
    }
}

private enum Laws {
    static let integrity = Query("SELECT integrity_check FROM pragma_integrity_check")
    static let integrityOfTable = Query(
        "SELECT integrity_check FROM pragma_integrity_check(?1)")
    static let orphans = Query(
        "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check",
        "GROUP BY 1, 2 ORDER BY 1, 2")
    static let orphansOfTable = Query(
        "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check(?1)",
        "GROUP BY 1, 2 ORDER BY 1, 2")
    static let objects = Query(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY rowid")
    static let sharedPages = Query(
        "SELECT count(rootpage) - count(DISTINCT rootpage) FROM sqlite_schema WHERE rootpage > 0")
}
