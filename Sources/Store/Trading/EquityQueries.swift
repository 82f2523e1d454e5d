/// Reading and adding points of the equity curves.

extension EquityPoint: Stored {
    static let table = Table(
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
    /// CROSS keeps the order: for each bot one look into the table, never a walk over all of it.
    static let latest = Query(
        "SELECT e.bot_id, e.at, e.equity, e.wallet, e.low, e.high, e.fall",
        "FROM bots CROSS JOIN equity AS e",
        "ON e.bot_id = bots.id AND e.at =",
        "(SELECT max(at) FROM equity WHERE bot_id = bots.id AND at <= ?1) ORDER BY bots.id")
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

    /// The newest point of each bot, or the newest that is not after an instant. **Order** by bot.
    public func latestEquity(asOf instant: Instant? = nil) throws(StoreError) -> [EquityPoint] {
        try all(Queries.latest) { $0.put(instant?.milliseconds ?? .max) }
    }
}

extension Writing {
    /// Adds a point; a second one at the same instant replaces the first.
    public func save(_ point: EquityPoint) throws(StoreError) { try put(point) }
}
