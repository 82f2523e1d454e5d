/// Reading and saving marks and the state of each market.

extension Mark: Stored {
    static let table = RecordTable("marks", of: Mark.self)

    init(_ row: inout some ColumnVisitor<Mark>) throws(StoreError) {
        symbol = try row("symbol", .key) { $0.symbol }
        price = try row("price") { $0.price }
        bid = try row("bid") { $0.bid }
        ask = try row("ask") { $0.ask }
        fundingRate = try row("funding_rate") { $0.fundingRate }
        at = try row("at") { $0.at }
    }
}

extension MarketRecord: Stored {
    static let table = RecordTable("markets", of: MarketRecord.self)

    init(_ row: inout some ColumnVisitor<MarketRecord>) throws(StoreError) {
        instrument = try Instrument(
            symbol: row("symbol", .key) { $0.instrument.symbol },
            tick: row("tick") { $0.instrument.tick },
            lot: row("lot") { $0.instrument.lot },
            minimumQuantity: row("minimum_quantity") { $0.instrument.minimumQuantity },
            makerFee: row("maker_fee") { $0.instrument.makerFee },
            takerFee: row("taker_fee") { $0.instrument.takerFee },
            maxLeverage: row("max_leverage") { $0.instrument.maxLeverage },
            maintenanceMargin: row("maintenance_margin") { $0.instrument.maintenanceMargin })
        source = try row("source") { $0.source }
        state = try row("state") { $0.state }
    }
}

private enum Queries {
    static let marks = Mark.table.select("ORDER BY symbol")
    static let mark = Mark.table.select("WHERE symbol = ?1")
    static let markets = MarketRecord.table.select("ORDER BY symbol")
    static let market = MarketRecord.table.select("WHERE symbol = ?1")
}

extension Reading {
    /// The last price of every symbol. **Order** by symbol.
    public func marks() throws(StoreError) -> [Mark] { try all(Queries.marks) }

    public func mark(of symbol: String) throws(StoreError) -> Mark? {
        try first(Queries.mark) { $0.put(symbol) }
    }

    /// Every market. **Order** by symbol.
    public func markets() throws(StoreError) -> [MarketRecord] { try all(Queries.markets) }

    public func market(of symbol: String) throws(StoreError) -> MarketRecord? {
        try first(Queries.market) { $0.put(symbol) }
    }
}

extension Writing {
    public func save(_ mark: Mark) throws(StoreError) { try put(mark) }
    public func save(_ market: MarketRecord) throws(StoreError) { try put(market) }
}
