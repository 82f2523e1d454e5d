/// Reading, adding and acknowledging alerts.

extension Notice: Stored {
    static let table = RecordTable(
        "notices", key: ["id"],
        columns: [
            "id", "bot_id", "at", "kind", "severity", "message", "acknowledged_by",
            "acknowledged_at",
        ])

    func put(into row: Statement) {
        row.put(id.orNext)
        row.put(botID)
        row.put(at)
        row.put(kind)
        row.put(severity)
        row.put(message)
        row.put(acknowledgedBy)
        row.put(acknowledgedAt)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            id: row.take(), botID: row.take(), at: row.take(), kind: row.take(),
            severity: row.take(), message: row.take(), acknowledgedBy: row.take(),
            acknowledgedAt: row.take())
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
