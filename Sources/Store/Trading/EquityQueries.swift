/// Reading and adding points of the equity curves.

extension EquityPoint: Stored {
    static let table = RecordTable("equity", of: EquityPoint.self)

    init(_ row: inout some ColumnVisitor<EquityPoint>) throws(StoreError) {
        botID = try row("bot_id", .key) { $0.botID }
        at = try row("at", .key) { $0.at }
        equity = try row("equity") { $0.equity }
        wallet = try row("wallet") { $0.wallet }
        low = try row("low") { $0.low as Money? } ?? equity
        high = try row("high") { $0.high as Money? } ?? equity
        fall = try row("fall") { $0.fall as Rate? } ?? .zero
        currency = try row("currency") { $0.currency }
    }
}

private enum Queries {
    static let series = EquityPoint.table.select("WHERE bot_id = ?1 AND at >= ?2 ORDER BY at")
    /// With one max(), SQLite takes the other columns from the row that holds it.
    static let thinned = EquityPoint.table.select(
        "WHERE bot_id = ?1 AND at >= ?2 GROUP BY at / ?3 ORDER BY max(at)")
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
