/// Reading and saving open positions; a closed one leaves the table and becomes a trade.

extension Position: Stored {
    static let table = RecordTable(
        "positions", key: ["id"], fixed: ["bot_id", "key_id", "symbol", "side"],
        columns: [
            "id", "bot_id", "key_id", "symbol", "side", "quantity", "opened_quantity",
            "entry_price", "leverage", "margin", "liquidation_price", "opened_at", "best_price",
            "worst_price", "candles_held", "entry_atr", "decision_price", "entry_score",
            "entry_signals", "fees", "funding", "realised", "exit_value", "exit_reason",
            "template_name", "template_version", "limits_version",
        ])

    func put(into row: Statement) {
        row.put(id)
        row.put(botID)
        row.put(keyID)
        row.put(symbol)
        row.put(side)
        row.put(quantity)
        row.put(openedQuantity)
        row.put(entryPrice)
        row.put(leverage)
        row.put(margin)
        row.put(liquidationPrice)
        row.put(openedAt)
        row.put(bestPrice)
        row.put(worstPrice)
        row.put(candlesHeld)
        row.put(entryATR)
        row.put(decisionPrice)
        row.put(entryScore)
        row.put(entrySignals)
        row.put(fees)
        row.put(funding)
        row.put(realised)
        row.put(exitValue)
        row.put(exitReason)
        row.put(templateName)
        row.put(templateVersion)
        row.put(limitsVersion)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            id: row.take(), botID: row.take(), keyID: row.take(), symbol: row.take(),
            side: row.take(), quantity: row.take(), openedQuantity: row.take(),
            entryPrice: row.take(), leverage: row.take(), margin: row.take(),
            liquidationPrice: row.take(), openedAt: row.take(), bestPrice: row.take(),
            worstPrice: row.take(), candlesHeld: row.take(), entryATR: row.take(),
            decisionPrice: row.take(), entryScore: row.take(), entrySignals: row.take(),
            fees: row.take(), funding: row.take(), realised: row.take(), exitValue: row.take(),
            exitReason: row.take(), templateName: row.take(), templateVersion: row.take(),
            limitsVersion: row.take())
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
