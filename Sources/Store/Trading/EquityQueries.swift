/// Reading and adding points of the equity curves.

extension EquityPoint: Stored {
    static let table = RecordTable(
        "equity", key: ["bot_id", "at"],
        columns: [
            "bot_id", "at", "equity", "wallet", "low", "high", "fall",
        ])

    func put(into row: Statement) {
        row.put(botID)
        row.put(at)
        row.put(equity)
        row.put(wallet)
        row.put(low)
        row.put(high)
        row.put(fall)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            botID: row.take(), at: row.take(), equity: row.take(), wallet: row.take(),
            low: row.take(), high: row.take(), fall: row.take() as Rate? ?? .zero)
    }
}

private enum Queries {
    static let series = EquityPoint.table.select("WHERE bot_id = ?1 AND at >= ?2 ORDER BY at")
    /// With one max(), SQLite takes the other columns from the row that holds it.
    static let thinned = Query(
        "SELECT bot_id, max(at), equity, wallet, low, high, fall FROM equity",
        "WHERE bot_id = ?1 AND at >= ?2 GROUP BY at / ?3 ORDER BY at")
}

extension Reading {
    /// The equity of a bot since an instant. **Order** oldest first.
    /// - Parameter step: keeps only the last point of each span, as one an hour.
    public func equity(
        of bot: ID<Bot>, since: Instant? = nil, every step: Span? = nil
    ) throws(StoreError) -> [EquityPoint] {
        try all(step == nil ? Queries.series : Queries.thinned) { row in
            row.put(bot)
            row.put(since?.milliseconds ?? .min)
            if let step { row.put(max(step.milliseconds, 1)) }
        }
    }
}

extension Writing {
    /// Adds a point; a second one at the same instant replaces the first.
    public func save(_ point: EquityPoint) throws(StoreError) { try put(point) }
}
