/// Reading and saving exchange keys with the instruments that hang off them.

extension APIKey: Stored {
    static let table = RecordTable(
        "api_keys", key: ["id"],
        columns: [
            "id", "label", "exchange", "environment", "contract_type", "masked", "is_active",
            "created_at",
        ])

    func put(into row: Statement) {
        row.put(id.orNext)
        row.put(label)
        row.put(exchange)
        row.put(environment)
        row.put(contractType)
        row.put(masked)
        row.put(isActive)
        row.put(createdAt)
    }

    /// The symbols come last, behind the table's own columns.
    init(from row: Statement) throws(StoreError) {
        try self.init(
            id: row.take(), label: row.take(), exchange: row.take(), environment: row.take(),
            contractType: row.take(), masked: row.take(), isActive: row.take(), instruments: [],
            createdAt: row.take())
        instruments = row.takeText().split(separator: " ").map(String.init)
    }
}

private enum Queries {
    static let all = select("ORDER BY id")
    static let byID = select("WHERE id = ?1")
    static let byIDText = select("WHERE 'key-' || id = ?1")
    static let byLabel = select("WHERE label = ?1")
    static let byPrefix = select("WHERE substr('key-' || id, 1, length(?1)) = ?1 ORDER BY id")
    static let delete = Query("DELETE FROM api_keys WHERE id = ?1")
    static let clear = Query("DELETE FROM key_instruments WHERE key_id = ?1")
    static let assign = Query("INSERT INTO key_instruments (key_id, symbol) VALUES (?1, ?2)")

    /// Keys with their symbols as one text, sorted, with blanks between.
    private static func select(_ tail: StaticString) -> Query {
        APIKey.table.select(
            extra: """
                (SELECT coalesce(group_concat(symbol, ' '), '') FROM
                (SELECT symbol FROM key_instruments WHERE key_id = api_keys.id ORDER BY symbol))
                """, tail)
    }
}

extension Reading {
    /// **Order** by id.
    public func keys() throws(StoreError) -> [APIKey] { try all(Queries.all) }

    public func key(_ id: ID<APIKey>) throws(StoreError) -> APIKey? {
        try first(Queries.byID) { $0.put(id) }
    }

    /// By id (`key-2`), exact label, or unique start of an id.
    public func findKey(_ name: String) throws(StoreError) -> Lookup<APIKey> {
        try look(for: name, Queries.byIDText, Queries.byLabel, Queries.byPrefix)
    }
}

extension Writing {
    @discardableResult
    public func insert(_ key: APIKey) throws(StoreError) -> ID<APIKey> {
        let id = ID<APIKey>(try add(key))
        try assign(key.instruments, to: id)
        return id
    }

    /// Changes a key and its instruments.
    public func save(_ key: APIKey) throws(StoreError) {
        try put(key)
        try run(Queries.clear) { $0.put(key.id) }
        try assign(key.instruments, to: key.id)
    }

    /// **Throws** while a bot has the key.
    public func delete(_ key: ID<APIKey>) throws(StoreError) {
        try run(Queries.delete) { $0.put(key) }
    }

    private func assign(_ symbols: [String], to key: ID<APIKey>) throws(StoreError) {
        for symbol in symbols {
            try run(Queries.assign) { row in
                row.put(key)
                row.put(symbol)
            }
        }
    }
}
