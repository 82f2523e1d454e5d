/// Reading and adding fills.

extension Fill: Stored {
    static let table = RecordTable("fills", of: Fill.self)

    init(_ row: inout some ColumnVisitor<Fill>) throws(StoreError) {
        id = try row("id", .key) { $0.id }
        orderID = try row("order_id") { $0.orderID }
        botID = try row("bot_id") { $0.botID }
        positionID = try row("position_id") { $0.positionID }
        symbol = try row("symbol") { $0.symbol }
        side = try row("side") { $0.side }
        quantity = try row("quantity") { $0.quantity }
        price = try row("price") { $0.price }
        fee = try row("fee") { $0.fee }
        isMaker = try row("is_maker") { $0.isMaker }
        realised = try row("realised") { $0.realised }
        at = try row("at") { $0.at }
    }
}

private enum Queries {
    static let ofOrder = Fill.table.select("WHERE order_id = ?1 ORDER BY id")
    static let ofPosition = Fill.table.select("WHERE position_id = ?1 ORDER BY id")
    static let newest = Fill.table.select("WHERE id < ?1 ORDER BY id DESC LIMIT ?2")
    static let nextID = Query("SELECT coalesce(max(id), 0) + 1 FROM fills")
}

extension Reading {
    /// **Order** by id.
    public func fills(of order: ID<Order>) throws(StoreError) -> [Fill] {
        try all(Queries.ofOrder) { $0.put(order) }
    }

    /// **Order** by id.
    public func fills(of position: ID<Position>) throws(StoreError) -> [Fill] {
        try all(Queries.ofPosition) { $0.put(position) }
    }

    /// **Order** newest first.
    public func fills(before: ID<Fill>? = nil, limit: Int) throws(StoreError) -> [Fill] {
        try all(Queries.newest) { row in
            row.put(before?.number ?? .max)
            row.put(limit)
        }
    }

    public func nextFillID() throws(StoreError) -> ID<Fill> { try value(Queries.nextID) ?? ID(1) }
}

extension Writing {
    /// Adds a fill; its order must be there when the transaction commits.
    public func insert(_ fill: Fill) throws(StoreError) { try add(fill) }
}
