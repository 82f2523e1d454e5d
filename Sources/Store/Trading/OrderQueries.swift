/// Reading and saving orders; they are written under the epoch of the engine that writes.

extension Order: Stored {
    static let table = RecordTable("orders", of: Order.self)

    init(_ row: inout some ColumnVisitor<Order>) throws(StoreError) {
        id = try row("id", .key) { $0.id }
        botID = try row("bot_id", .fixed) { $0.botID }
        keyID = try row("key_id", .fixed) { $0.keyID }
        clientOrderID = try row("client_order_id", .fixed) { $0.clientOrderID }
        symbol = try row("symbol", .fixed) { $0.symbol }
        side = try row("side", .fixed) { $0.side }
        kind = try row("kind") { $0.kind }
        quantity = try row("quantity") { $0.quantity }
        limitPrice = try row("limit_price") { $0.limitPrice }
        reduceOnly = try row("reduce_only") { $0.reduceOnly }
        purpose = try row("purpose") { $0.purpose }
        positionID = try row("position_id") { $0.positionID }
        commandID = try row("command_id") { $0.commandID }
        status = try row("status") { $0.status }
        filled = try row("filled") { $0.filled }
        averagePrice = try row("average_price") { $0.averagePrice }
        decisionPrice = try row("decision_price") { $0.decisionPrice }
        touchPrice = try row("touch_price") { $0.touchPrice }
        leverage = try row("leverage") { $0.leverage }
        reason = try row("reason") { $0.reason }
        createdAt = try row("created_at") { $0.createdAt }
        deadline = try row("deadline") { $0.deadline }
        doneAt = try row("done_at") { $0.doneAt }
        rejectReason = try row("reject_reason") { $0.rejectReason }
        epoch = try row("epoch") { $0.epoch }
    }
}

private enum Queries {
    static let byID = Order.table.select("WHERE id = ?1")
    static let byClientID = Order.table.select("WHERE client_order_id = ?1")
    /// In the words of its index.
    static let open = Order.table.select(
        "WHERE status IN ('intent', 'sent', 'unknown', 'open') ORDER BY id")
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
