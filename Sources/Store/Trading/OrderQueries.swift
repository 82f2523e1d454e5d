/// Reading and saving orders; they are written under the epoch of the engine that writes.

extension Order: Stored {
    static let table = RecordTable(
        "orders", key: ["id"], fixed: ["bot_id", "key_id", "client_order_id", "symbol", "side"],
        columns: [
            "id", "bot_id", "key_id", "client_order_id", "symbol", "side", "kind", "quantity",
            "limit_price", "reduce_only", "purpose", "position_id", "command_id", "status",
            "filled", "average_price", "decision_price", "touch_price", "leverage", "reason",
            "created_at", "deadline", "done_at", "reject_reason", "epoch",
        ])

    func put(into row: Statement) {
        row.put(id)
        row.put(botID)
        row.put(keyID)
        row.put(clientOrderID)
        row.put(symbol)
        row.put(side)
        row.put(kind)
        row.put(quantity)
        row.put(limitPrice)
        row.put(reduceOnly)
        row.put(purpose)
        row.put(positionID)
        row.put(commandID)
        row.put(status)
        row.put(filled)
        row.put(averagePrice)
        row.put(decisionPrice)
        row.put(touchPrice)
        row.put(leverage)
        row.put(reason)
        row.put(createdAt)
        row.put(deadline)
        row.put(doneAt)
        row.put(rejectReason)
        row.put(epoch)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            id: row.take(), botID: row.take(), keyID: row.take(), clientOrderID: row.take(),
            symbol: row.take(), side: row.take(), kind: row.take(), quantity: row.take(),
            limitPrice: row.take(), reduceOnly: row.take(), purpose: row.take(),
            positionID: row.take(), commandID: row.take(), status: row.take(), filled: row.take(),
            averagePrice: row.take(), decisionPrice: row.take(), touchPrice: row.take(),
            leverage: row.take(), reason: row.take(), createdAt: row.take(), deadline: row.take(),
            doneAt: row.take(), rejectReason: row.take(), epoch: row.take())
    }
}

private enum Queries {
    static let byID = Order.table.select("WHERE id = ?1")
    static let byClientID = Order.table.select("WHERE client_order_id = ?1")
    static let open = Order.table.select("WHERE status IN ('intent', 'open') ORDER BY id")
    static let newest = Order.table.select("WHERE id < ?1 ORDER BY id DESC LIMIT ?2")
    static let newestOfBot = Order.table.select(
        "WHERE id < ?1 AND bot_id = ?3 ORDER BY id DESC LIMIT ?2")
    static let ofCommand = Order.table.select("WHERE command_id = ?1 ORDER BY id")
    static let nextID = Query("SELECT coalesce(max(id), 0) + 1 FROM orders")
}

extension Reading {
    public func order(_ id: ID<Order>) throws(StoreError) -> Order? {
        try first(Queries.byID) { $0.put(id) }
    }

    public func order(clientOrderID: String) throws(StoreError) -> Order? {
        try first(Queries.byClientID) { $0.put(clientOrderID) }
    }

    /// Orders that may still fill: intents and those at the exchange. **Order** by id.
    public func openOrders() throws(StoreError) -> [Order] { try all(Queries.open) }

    /// Orders of a bot, or of the fleet. **Order** newest first.
    public func orders(
        of bot: ID<Bot>? = nil, before: ID<Order>? = nil, limit: Int
    ) throws(StoreError) -> [Order] {
        try all(bot == nil ? Queries.newest : Queries.newestOfBot) { row in
            row.put(before?.number ?? .max)
            row.put(limit)
            if let bot { row.put(bot) }
        }
    }

    /// Orders that a command brought about. **Order** by id.
    public func orders(of command: ID<CommandRecord>) throws(StoreError) -> [Order] {
        try all(Queries.ofCommand) { $0.put(command) }
    }

    public func nextOrderID() throws(StoreError) -> ID<Order> {
        try value(Queries.nextID) ?? ID(1)
    }
}

extension Writing {
    /// Adds an order or changes the one with its id; bot, key, client order id, symbol and side
    /// stay as they were. Its `epoch` is that of this database handle
    /// (``Database/raiseEpoch()``), whatever the record says. **Throws** when another engine has
    /// raised the epoch since. **Source** <doc:SafetyRules#The-epoch>.
    public func save(_ order: Order) throws(StoreError) {
        var stamped = order
        stamped.epoch = connection.epoch
        try put(stamped)
    }
}
