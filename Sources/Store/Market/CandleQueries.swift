/// Reading and adding stored candles: the base span of each symbol, one minute for seeded markets.

private enum Queries {
    static let save = Query(
        "INSERT INTO candles (symbol, open_time, open, high, low, close, volume)",
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (symbol, open_time) DO UPDATE SET",
        "open = excluded.open, high = excluded.high, low = excluded.low,",
        "close = excluded.close, volume = excluded.volume")
    static let between = Query(
        "SELECT open_time, open, high, low, close, volume FROM candles",
        "WHERE symbol = ?1 AND open_time >= ?2 AND open_time < ?3 ORDER BY open_time LIMIT ?4")
}

extension Reading {
    /// Candles that open in `from..<to`. **Order** oldest first.
    public func candles(
        of symbol: String, from: Instant? = nil, to: Instant? = nil, limit: Int = .max
    ) throws(StoreError) -> [Candle] {
        var candles: [Candle] = []
        try eachCandle(of: symbol, from: from, to: to, limit: limit) { candles.append($0) }
        return candles
    }

    /// Hands candles that open in `from..<to` to `body`, one by one. **Order** oldest first.
    public func eachCandle(
        of symbol: String, from: Instant? = nil, to: Instant? = nil, limit: Int = .max,
        _ body: (Candle) -> Void
    ) throws(StoreError) {
        let bind: (Statement) -> Void = { row in
            row.put(symbol)
            row.put(from?.milliseconds ?? .min)
            row.put(to?.milliseconds ?? .max)
            row.put(limit)
        }
        try each(Queries.between, bind) { row throws(StoreError) in body(Candle(from: row)) }
    }
}

extension Writing {
    /// Adds a closed candle, or corrects the one with its open time.
    public func save(_ candle: Candle, of symbol: String) throws(StoreError) {
        let row = try connection.statement(Queries.save)
        row.putText(symbol)
        row.putInteger(candle.openTime.milliseconds)
        row.putInteger(candle.open.raw)
        row.putInteger(candle.high.raw)
        row.putInteger(candle.low.raw)
        row.putInteger(candle.close.raw)
        row.putInteger(candle.volume.raw)
        try row.run()
    }
}

extension Candle {
    fileprivate init(from row: Statement) {
        self.init(
            openTime: Instant(from: row), open: Price(from: row), high: Price(from: row),
            low: Price(from: row), close: Price(from: row), volume: Quantity(from: row))
    }
}
