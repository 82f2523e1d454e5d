/// Reading and adding stored candles: the base span of each market, one minute for seeded markets.

private enum Queries {
    static let save = Query(
        "INSERT INTO candles (instrument_id, open_time, open, high, low, close, volume)",
        "SELECT id, ?4, ?5, ?6, ?7, ?8, ?9 FROM instruments",
        "WHERE exchange = ?1 AND environment = ?2 AND symbol = ?3",
        "ON CONFLICT (instrument_id, open_time) DO UPDATE SET",
        "open = excluded.open, high = excluded.high, low = excluded.low,",
        "close = excluded.close, volume = excluded.volume")
    static let number = Query(
        "INSERT INTO instruments (exchange, environment, symbol) VALUES (?1, ?2, ?3)")
    static let between = Query(
        "SELECT open_time, open, high, low, close, volume FROM candles",
        "WHERE instrument_id = (SELECT id FROM instruments",
        "WHERE exchange = ?1 AND environment = ?2 AND symbol = ?3)",
        "AND open_time >= ?4 AND open_time < ?5 ORDER BY open_time LIMIT ?6")
}

extension Reading {
    /// Candles that open in `from..<to`. **Order** oldest first.
    public func candles(
        of instrument: InstrumentID, from: Instant? = nil, to: Instant? = nil, limit: Int = .max
    ) throws(StoreError) -> [Candle] {
        var candles: [Candle] = []
        try eachCandle(of: instrument, from: from, to: to, limit: limit) { candles.append($0) }
        return candles
    }

    /// Hands candles that open in `from..<to` to `body`, one by one. **Order** oldest first.
    public func eachCandle(
        of instrument: InstrumentID, from: Instant? = nil, to: Instant? = nil,
        limit: Int = .max, _ body: (Candle) -> Void
    ) throws(StoreError) {
        let bind: (Statement) -> Void = { row in
            row.put(instrument)
            row.put(from?.milliseconds ?? .min)
            row.put(to?.milliseconds ?? .max)
            row.put(limit)
        }
        try each(Queries.between, bind) { row throws(StoreError) in body(Candle(from: row)) }
    }
}

extension Writing {
    /// Adds a closed candle, or corrects the one with its open time. The first of an instrument
    /// gives it its number.
    public func save(_ candle: Candle, of instrument: InstrumentID) throws(StoreError) {
        guard try insert(candle, instrument) == 0 else { return }
        try run(Queries.number) { $0.put(instrument) }
        _ = try insert(candle, instrument)
    }

    private func insert(
        _ candle: Candle, _ instrument: InstrumentID
    ) throws(StoreError) -> Int {
        try run(Queries.save) { row in
            row.put(instrument)
            row.putInteger(candle.openTime.milliseconds)
            row.putInteger(candle.open.raw)
            row.putInteger(candle.high.raw)
            row.putInteger(candle.low.raw)
            row.putInteger(candle.close.raw)
            row.putInteger(candle.volume.raw)
        }
    }
}

extension Statement {
    fileprivate func put(_ instrument: InstrumentID) {
        putText(instrument.venue.exchange)
        put(instrument.venue.environment)
        putText(instrument.symbol)
    }
}

extension Candle {
    fileprivate init(from row: Statement) {
        self.init(
            openTime: Instant(from: row), open: Price(from: row), high: Price(from: row),
            low: Price(from: row), close: Price(from: row), volume: Quantity(from: row))
    }
}
