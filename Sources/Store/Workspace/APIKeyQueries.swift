/// Reading and saving exchange keys, each with the instruments that it may trade.

extension APIKey: Stored {
    static let table = RecordTable("api_keys", of: APIKey.self)

    init(_ row: inout some ColumnVisitor<APIKey>) throws(StoreError) {
        id = try row.numbered("id") { $0.id }
        label = try row("label") { $0.label }
        exchange = try row("exchange") { $0.exchange }
        environment = try row("environment") { $0.environment }
        contractType = try row("contract_type") { $0.contractType }
        masked = try row("masked") { $0.masked }
        isActive = try row("is_active") { $0.isActive }
        createdAt = try row("created_at") { $0.createdAt }
        let symbols = try row.derived(
            """
            (SELECT coalesce(group_concat(symbol, ' '), '') FROM
            (SELECT symbol FROM key_instruments WHERE key_id = api_keys.id ORDER BY symbol))
            """
        ) { $0.instruments.joined(separator: " ") }
        instruments = symbols.split(separator: " ").map(String.init)
    }
}

private enum Queries {
    static let all = APIKey.table.select("ORDER BY id")
    static let byID = APIKey.table.select("WHERE id = ?1")
    static let byIDText = APIKey.table.select("WHERE 'key-' || id = ?1")
    static let byLabel = APIKey.table.select("WHERE label = ?1")
    static let byWord = APIKey.table.select(
        "WHERE substr('key-' || id, 1, length(?1)) = ?1 OR label = ?1 COLLATE NOCASE ORDER BY id")
    static let delete = Query("DELETE FROM api_keys WHERE id = ?1")
    static let clear = Query("DELETE FROM key_instruments WHERE key_id = ?1")
    static let assign = Query("INSERT INTO key_instruments (key_id, symbol) VALUES (?1, ?2)")
}

extension Reading {
    /// **Order** by id.
    public func keys() throws(StoreError) -> [APIKey] { try all(Queries.all) }

    public func key(_ id: ID<APIKey>) throws(StoreError) -> APIKey? {
        try first(Queries.byID) { $0.put(id) }
    }

    /// By id (`key-2`), exact label, or what only one can mean: the start of an id, or a label
    /// without regard to case.
    public func findKey(_ name: String) throws(StoreError) -> Lookup<APIKey> {
        try look(for: name, Queries.byIDText, Queries.byLabel, Queries.byWord)
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
