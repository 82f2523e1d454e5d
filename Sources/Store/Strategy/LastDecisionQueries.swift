/// Reading and saving what each bot thought last.

extension LastDecision: Stored {
    static let table = RecordTable("last_decisions", of: LastDecision.self)

    init(_ row: inout some ColumnVisitor<LastDecision>) throws(StoreError) {
        botID = try row("bot_id", .key) { $0.botID }
        symbol = try row("symbol", .key) { $0.symbol }
        at = try row("at") { $0.at }
        close = try row("close") { $0.close }
        score = try row("score") { $0.score }
        threshold = try row("threshold") { $0.threshold }
        side = try row("side") { $0.side }
        verdict = try row("verdict") { $0.verdict }
        readings = try row("readings") { $0.readings }
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
