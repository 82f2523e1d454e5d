/// Reading and adding fills.

extension Fill: Stored {
    static let table = RecordTable(
        "fills", key: ["id"],
        columns: [
            "id", "order_id", "bot_id", "position_id", "symbol", "side", "quantity", "price",
            "fee", "is_maker", "realised", "at",
        ])

    func put(into row: Statement) {
        row.put(id)
        row.put(orderID)
        row.put(botID)
        row.put(positionID)
        row.put(symbol)
        row.put(side)
        row.put(quantity)
        row.put(price)
        row.put(fee)
        row.put(isMaker)
        row.put(realised)
        row.put(at)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            id: row.take(), orderID: row.take(), botID: row.take(), positionID: row.take(),
            symbol: row.take(), side: row.take(), quantity: row.take(), price: row.take(),
            fee: row.take(), isMaker: row.take(), realised: row.take(), at: row.take())
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
