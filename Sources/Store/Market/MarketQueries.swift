/// Reading and saving marks and the state of each market.

extension Mark: Stored {
    static let table = RecordTable(
        "marks", key: ["symbol"],
        columns: [
            "symbol", "price", "bid", "ask", "funding_rate", "at",
        ])

    func put(into row: Statement) {
        row.put(symbol)
        row.put(price)
        row.put(bid)
        row.put(ask)
        row.put(fundingRate)
        row.put(at)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            symbol: row.take(), price: row.take(), bid: row.take(), ask: row.take(),
            fundingRate: row.take(), at: row.take())
    }
}

extension MarketRecord: Stored {
    static let table = RecordTable(
        "markets", key: ["symbol"],
        columns: [
            "symbol", "tick", "lot", "minimum_quantity", "maker_fee", "taker_fee",
            "max_leverage", "maintenance_margin", "source", "state",
        ])

    func put(into row: Statement) {
        row.put(instrument.symbol)
        row.put(instrument.tick)
        row.put(instrument.lot)
        row.put(instrument.minimumQuantity)
        row.put(instrument.makerFee)
        row.put(instrument.takerFee)
        row.put(instrument.maxLeverage)
        row.put(instrument.maintenanceMargin)
        row.put(source)
        row.put(state)
    }

    init(from row: Statement) throws(StoreError) {
        let instrument = try Instrument(
            symbol: row.take(), tick: row.take(), lot: row.take(), minimumQuantity: row.take(),
            makerFee: row.take(), takerFee: row.take(), maxLeverage: row.take(),
            maintenanceMargin: row.take())
        try self.init(instrument: instrument, source: row.take(), state: row.take())
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
