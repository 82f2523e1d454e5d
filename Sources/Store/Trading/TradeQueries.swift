/// Reading and adding closed trades, and their sums.

extension Trade: Stored {
    static let table = RecordTable("trades", of: Trade.self)

    init(_ row: inout some ColumnVisitor<Trade>) throws(StoreError) {
        id = try row.numbered("id") { $0.id }
        botID = try row("bot_id") { $0.botID }
        positionID = try row("position_id") { $0.positionID }
        symbol = try row("symbol") { $0.symbol }
        side = try row("side") { $0.side }
        quantity = try row("quantity") { $0.quantity }
        entryPrice = try row("entry_price") { $0.entryPrice }
        exitPrice = try row("exit_price") { $0.exitPrice }
        openedAt = try row("opened_at") { $0.openedAt }
        closedAt = try row("closed_at") { $0.closedAt }
        gross = try row("gross") { $0.gross }
        fees = try row("fees") { $0.fees }
        funding = try row("funding") { $0.funding }
        net = try row("net") { $0.net }
        exitReason = try row("exit_reason") { $0.exitReason }
        mfe = try row("mfe") { $0.mfe }
        mae = try row("mae") { $0.mae }
        slippageIn = try row("slippage_in") { $0.slippageIn }
        slippageOut = try row("slippage_out") { $0.slippageOut }
        entryScore = try row("entry_score") { $0.entryScore }
        entrySignals = try row("entry_signals") { $0.entrySignals }
        templateName = try row("template_name") { $0.templateName }
        templateVersion = try row("template_version") { $0.templateVersion }
        limitsVersion = try row("limits_version") { $0.limitsVersion }
        leverage = try row("leverage") { $0.leverage }
        currency = try row("currency") { $0.currency }
    }
}

/// Sums over the closed trades of one bot in one currency.
public struct TradeTotals: Sendable, Equatable {
    public var botID: ID<Bot>
    public var currency: Currency
    public var count: Int
    /// Trades with a net above zero. **Source** <doc:ProductRules#Figures>.
    public var wins: Int
    /// Sum of the nets above zero.
    public var profit: Money
    /// Sum of the nets below zero, as a positive amount.
    public var loss: Money
    public var net: Money

    public init(
        botID: ID<Bot>, currency: Currency = .usdt, count: Int, wins: Int, profit: Money,
        loss: Money, net: Money
    ) {
        self.botID = botID
        self.currency = currency
        self.count = count
        self.wins = wins
        self.profit = profit
        self.loss = loss
        self.net = net
    }
}

private enum Queries {
    static let byID = Trade.table.select("WHERE id = ?1")
    static let newest = Trade.table.select(
        "WHERE closed_at >= ?1 ORDER BY closed_at DESC, id DESC LIMIT ?2")
    static let newestOfBot = Trade.table.select(
        "WHERE closed_at >= ?1 AND bot_id = ?3 ORDER BY closed_at DESC, id DESC LIMIT ?2")
    static let older = Trade.table.select(
        "WHERE closed_at >= ?1 AND (closed_at, id) < (?3, ?4)",
        "ORDER BY closed_at DESC, id DESC LIMIT ?2")
    static let olderOfBot = Trade.table.select(
        "WHERE closed_at >= ?1 AND bot_id = ?5 AND (closed_at, id) < (?3, ?4)",
        "ORDER BY closed_at DESC, id DESC LIMIT ?2")
    static let lastExits = Query(
        "SELECT symbol, max(closed_at) FROM trades WHERE bot_id = ?1 GROUP BY symbol")
    /// The plus signs keep SQLite on the index by time.
    static let totals = Query(
        "SELECT bot_id, currency, count(*), sum(net > 0), sum(max(net, 0)), sum(max(-net, 0)),",
        "sum(net) FROM trades WHERE closed_at >= ?1 GROUP BY +bot_id, currency",
        "ORDER BY +bot_id, currency")
}

extension Reading {
    public func trade(_ id: ID<Trade>) throws(StoreError) -> Trade? {
        try first(Queries.byID) { $0.put(id) }
    }

    /// Trades of a bot, or of the fleet, closed at or after `since`. **Order** newest first.
    public func trades(
        of bot: ID<Bot>? = nil, since: Instant? = nil, limit: Int = .max
    ) throws(StoreError) -> [Trade] {
        try all(bot == nil ? Queries.newest : Queries.newestOfBot) { row in
            row.put(since?.milliseconds ?? .min)
            row.put(limit)
            if let bot { row.put(bot) }
        }
    }

    /// Those behind a trade in that order; the first ones without it.
    public func trades(
        of bot: ID<Bot>? = nil, before: ID<Trade>?, since: Instant? = nil, limit: Int
    ) throws(StoreError) -> [Trade] {
        guard let before else { return try trades(of: bot, since: since, limit: limit) }
        guard let last = try trade(before) else { return [] }
        return try all(bot == nil ? Queries.older : Queries.olderOfBot) { row in
            row.put(since?.milliseconds ?? .min)
            row.put(limit)
            row.put(last.closedAt)
            row.put(last.id)
            if let bot { row.put(bot) }
        }
    }

    /// When a bot last closed a position, by symbol.
    public func lastExits(of bot: ID<Bot>) throws(StoreError) -> [String: Instant] {
        var exits: [String: Instant] = [:]
        try each(Queries.lastExits, { $0.put(bot) }) { row throws(StoreError) in
            let symbol: String = try row.value()
            exits[symbol] = try row.value()
        }
        return exits
    }

    /// Sums by bot and currency over trades closed at or after `since`; bots without any are
    /// absent. **Order** by bot, then currency.
    public func tradeTotals(since: Instant? = nil) throws(StoreError) -> [TradeTotals] {
        var totals: [TradeTotals] = []
        let bind: (Statement) -> Void = { $0.put(since?.milliseconds ?? .min) }
        try each(Queries.totals, bind) { row throws(StoreError) in
            totals.append(
                try TradeTotals(
                    botID: row.value(), currency: row.value(), count: row.value(),
                    wins: row.value(), profit: row.value(), loss: row.value(), net: row.value()))
        }
        return totals
    }

    /// Net profit of the trades that each bot closed at or after `since`, as since midnight UTC.
    public func realisedNet(since: Instant) throws(StoreError) -> [ID<Bot>: CurrencySums] {
        var nets: [ID<Bot>: CurrencySums] = [:]
        for totals in try tradeTotals(since: since) {
            nets[totals.botID, default: CurrencySums()].add(totals.net, in: totals.currency)
        }
        return nets
    }
}

extension Writing {
    /// Adds a closed trade. **Throws** when its position has one already.
    @discardableResult
    public func insert(_ trade: Trade) throws(StoreError) -> ID<Trade> { ID(try add(trade)) }
}
