/// Reading, adding and acknowledging alerts.

extension Notice: Stored {
    static let table = RecordTable("notices", of: Notice.self)

    init(_ row: inout some ColumnVisitor<Notice>) throws(StoreError) {
        id = try row.numbered("id") { $0.id }
        botID = try row("bot_id") { $0.botID }
        at = try row("at") { $0.at }
        kind = try row("kind") { $0.kind }
        severity = try row("severity") { $0.severity }
        message = try row("message") { $0.message }
        acknowledgedBy = try row("acknowledged_by") { $0.acknowledgedBy }
        acknowledgedAt = try row("acknowledged_at") { $0.acknowledgedAt }
    }
}

private enum Queries {
    static let byID = Notice.table.select("WHERE id = ?1")
    static let open = Notice.table.select("WHERE acknowledged_at IS NULL ORDER BY id DESC")
    static let newest = Notice.table.select("ORDER BY id DESC LIMIT ?1")
}

extension Reading {
    public func notice(_ id: ID<Notice>) throws(StoreError) -> Notice? {
        try first(Queries.byID) { $0.put(id) }
    }

    /// Alerts that nobody has acknowledged. **Order** newest first.
    public func openNotices() throws(StoreError) -> [Notice] { try all(Queries.open) }

    /// Open and acknowledged alerts. **Order** newest first.
    public func notices(limit: Int) throws(StoreError) -> [Notice] {
        try all(Queries.newest) { $0.put(limit) }
    }
}

extension Writing {
    @discardableResult
    public func insert(_ notice: Notice) throws(StoreError) -> ID<Notice> {
        ID(try add(notice))
    }

    public func save(_ notice: Notice) throws(StoreError) { try put(notice) }
}
