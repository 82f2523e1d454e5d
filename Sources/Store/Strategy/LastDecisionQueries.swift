/// Reading and saving what each bot thought last.

extension LastDecision: Stored {
    static let table = RecordTable(
        "last_decisions", key: ["bot_id", "symbol"],
        columns: [
            "bot_id", "symbol", "at", "close", "score", "threshold", "side", "verdict", "readings",
        ])

    func put(into row: Statement) {
        row.put(botID)
        row.put(symbol)
        row.put(at)
        row.put(close)
        row.put(score)
        row.put(threshold)
        row.put(side)
        row.put(verdict)
        row.put(readings)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            botID: row.take(), symbol: row.take(), at: row.take(), close: row.take(),
            score: row.take(), threshold: row.take(), side: row.take(), verdict: row.take(),
            readings: row.take())
    }
}

private enum Queries {
    static let ofBot = LastDecision.table.select("WHERE bot_id = ?1 ORDER BY symbol")
    static let all = LastDecision.table.select("ORDER BY bot_id, symbol")
}

extension Reading {
    /// The newest decision of a bot for each symbol. **Order** by symbol.
    public func lastDecisions(of bot: ID<Bot>) throws(StoreError) -> [LastDecision] {
        try all(Queries.ofBot) { $0.put(bot) }
    }

    /// The newest decisions of every bot. **Order** by bot, then symbol.
    public func lastDecisions() throws(StoreError) -> [LastDecision] { try all(Queries.all) }
}

extension Writing {
    public func save(_ decision: LastDecision) throws(StoreError) { try put(decision) }
}
