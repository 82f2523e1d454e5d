/// Reading and saving marks and the state of each market.

extension Mark: Stored {
    static let table = RecordTable("marks", of: Mark.self)

    init(_ row: inout some ColumnVisitor<Mark>) throws(StoreError) {
        instrument = try InstrumentID(&row) { $0.instrument }
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
        let id = try InstrumentID(&row) { $0.instrument.id }
        let type = try row("contract_type") { $0.instrument.contract.type }
        let multiplier = try row("multiplier") { $0.instrument.contract.multiplier }
        instrument = try Instrument(
            id: id, contract: .plain,
            settlement: row("settlement") { $0.instrument.settlement },
            tick: row("tick") { $0.instrument.tick },
            lot: row("lot") { $0.instrument.lot },
            minimumQuantity: row("minimum_quantity") { $0.instrument.minimumQuantity },
            minimumNotional: row("minimum_notional") { $0.instrument.minimumNotional },
            makerFee: row("maker_fee") { $0.instrument.makerFee },
            takerFee: row("taker_fee") { $0.instrument.takerFee },
            maxLeverage: row("max_leverage") { $0.instrument.maxLeverage },
            maintenanceMargin: row("maintenance_margin") { $0.instrument.maintenanceMargin })
        source = try row("source") { $0.source }
        state = try row("state") { $0.state }
        guard let contract = Contract(type, multiplier: multiplier) else {
            throw .damaged(what: "the multiplier of \(id) is out of range")
        }
        instrument.contract = contract
    }
}

extension InstrumentID {
    /// The three columns that tell which instrument a row is of.
    fileprivate init<Record>(
        _ row: inout some ColumnVisitor<Record>, _ get: (inout Record) -> InstrumentID
    ) throws(StoreError) {
        let exchange = try row("exchange", .key) { get(&$0).venue.exchange }
        let environment = try row("environment", .key) { get(&$0).venue.environment }
        let symbol = try row("symbol", .key) { get(&$0).symbol }
        self.init(symbol, on: VenueName(exchange, environment))
    }
}

private enum Queries {
    static let marks = Mark.table.select("ORDER BY symbol, exchange, environment")
    static let markets = MarketRecord.table.select("ORDER BY symbol, exchange, environment")
}

extension Reading {
    /// The last price of every instrument. **Order** by symbol, then exchange.
    public func marks() throws(StoreError) -> [Mark] { try all(Queries.marks) }

    /// Every market. **Order** by symbol, then exchange.
    public func markets() throws(StoreError) -> [MarketRecord] { try all(Queries.markets) }
}

extension Writing {
    public func save(_ mark: Mark) throws(StoreError) { try put(mark) }
    public func save(_ market: MarketRecord) throws(StoreError) { try put(market) }
}
