/// Reading and saving open positions; a closed one leaves the table and becomes a trade.

extension Position: Stored {
    static let table = RecordTable("positions", of: Position.self)

    init(_ row: inout some ColumnVisitor<Position>) throws(StoreError) {
        id = try row("id", .key) { $0.id }
        botID = try row("bot_id", .fixed) { $0.botID }
        keyID = try row("key_id", .fixed) { $0.keyID }
        symbol = try row("symbol", .fixed) { $0.symbol }
        side = try row("side", .fixed) { $0.side }
        quantity = try row("quantity") { $0.quantity }
        openedQuantity = try row("opened_quantity") { $0.openedQuantity }
        entryPrice = try row("entry_price") { $0.entryPrice }
        leverage = try row("leverage") { $0.leverage }
        margin = try row("margin") { $0.margin }
        liquidationPrice = try row("liquidation_price") { $0.liquidationPrice }
        openedAt = try row("opened_at") { $0.openedAt }
        bestPrice = try row("best_price") { $0.bestPrice }
        worstPrice = try row("worst_price") { $0.worstPrice }
        candlesHeld = try row("candles_held") { $0.candlesHeld }
        entryATR = try row("entry_atr") { $0.entryATR }
        decisionPrice = try row("decision_price") { $0.decisionPrice }
        entryScore = try row("entry_score") { $0.entryScore }
        entrySignals = try row("entry_signals") { $0.entrySignals }
        fees = try row("fees") { $0.fees }
        funding = try row("funding") { $0.funding }
        realised = try row("realised") { $0.realised }
        exitValue = try row("exit_value") { $0.exitValue }
        exitReason = try row("exit_reason") { $0.exitReason }
        templateName = try row("template_name") { $0.templateName }
        templateVersion = try row("template_version") { $0.templateVersion }
        limitsVersion = try row("limits_version") { $0.limitsVersion }
    }
}

private enum Queries {
    static let all = Position.table.select("ORDER BY id")
    static let ofBot = Position.table.select("WHERE bot_id = ?1 ORDER BY id")
    static let byID = Position.table.select("WHERE id = ?1")
    static let delete = Query("DELETE FROM positions WHERE id = ?1")
    static let nextID = Query(
        "SELECT max(coalesce((SELECT max(id) FROM positions), 0),",
        "coalesce((SELECT max(position_id) FROM trades), 0),",
        "coalesce((SELECT max(position_id) FROM fills), 0)) + 1")
}

extension Reading {
    /// Open positions of a bot, or of the fleet. **Order** by id.
    public func positions(of bot: ID<Bot>? = nil) throws(StoreError) -> [Position] {
        guard let bot else { return try all(Queries.all) }
        return try all(Queries.ofBot) { $0.put(bot) }
    }

    public func position(_ id: ID<Position>) throws(StoreError) -> Position? {
        try first(Queries.byID) { $0.put(id) }
    }

    /// The id that the next position gets; ids of closed positions are never used again.
    public func nextPositionID() throws(StoreError) -> ID<Position> {
        try value(Queries.nextID) ?? ID(1)
    }
}

extension Writing {
    /// Adds an open position or changes the one with its id; bot, key, symbol and side stay as
    /// they were. **Throws** for a quantity of zero.
    public func save(_ position: Position) throws(StoreError) { try put(position) }

    /// Removes a position that was closed, before its bot sleeps or changes its key.
    public func delete(_ position: ID<Position>) throws(StoreError) {
        try run(Queries.delete) { $0.put(position) }
    }
}
