/// Reading, adding and pruning decision records.

extension DecisionRecord {
    fileprivate init(from row: Statement) throws(StoreError) {
        let series = try DecisionSeries(
            botID: row.value(), symbol: row.value(), templateName: row.value(),
            templateVersion: row.value(), templateText: row.value(), limitsVersion: row.value())
        try self.init(
            series: series, at: row.value(), close: row.value(),
            facts: row.takeBytesOfBlob() ?? [])
    }
}

private enum Queries {
    /// Few series, each with one look at its end: CROSS keeps SQLite from walking the records.
    static let latest = Query(
        "SELECT s.bot_id, s.symbol, t.name, t.version, t.text, s.limits_version,",
        "d.at, d.close, d.facts FROM decision_series AS s",
        "CROSS JOIN decision_templates AS t ON t.id = s.template_id",
        "CROSS JOIN decisions AS d ON d.series_id = s.id AND d.at =",
        "(SELECT max(at) FROM decisions WHERE series_id = s.id AND at <= ?2)",
        "WHERE s.bot_id = ?1 AND (?3 IS NULL OR s.symbol = ?3)",
        "ORDER BY d.at DESC, s.symbol, s.id DESC LIMIT 1")
    static let next = Query(
        "SELECT min((SELECT min(at) FROM decisions WHERE series_id = s.id AND at > ?3))",
        "FROM decision_series AS s WHERE s.bot_id = ?1 AND s.symbol = ?2")
    static let between = Query(
        "SELECT s.bot_id, s.symbol, t.name, t.version, t.text, s.limits_version,",
        "d.at, d.close, d.facts FROM decision_series AS s",
        "CROSS JOIN decision_templates AS t ON t.id = s.template_id",
        "CROSS JOIN decisions AS d ON d.series_id = s.id AND d.at BETWEEN ?2 AND ?3",
        "WHERE s.bot_id = ?1 ORDER BY d.at, s.symbol, s.id")
    static let symbols = Query(
        "SELECT DISTINCT symbol FROM decision_series WHERE bot_id = ?1 ORDER BY symbol")
    static let template = Query(
        "SELECT id FROM decision_templates WHERE name = ?1 AND version = ?2 AND text = ?3")
    static let addTemplate = Query(
        "INSERT INTO decision_templates (name, version, text) VALUES (?1, ?2, ?3)")
    static let series = Query(
        "SELECT id FROM decision_series WHERE bot_id = ?1 AND symbol = ?2 AND template_id = ?3",
        "AND limits_version = ?4")
    static let addSeries = Query(
        "INSERT INTO decision_series (bot_id, symbol, template_id, limits_version)",
        "VALUES (?1, ?2, ?3, ?4)")
    static let save = Query(
        "INSERT INTO decisions (series_id, at, close, facts) VALUES (?1, ?2, ?3, ?4)",
        "ON CONFLICT (series_id, at) DO UPDATE SET close = excluded.close, facts = excluded.facts")
    static let seriesAfter = Query(
        "SELECT id FROM decision_series WHERE id > ?1 ORDER BY id LIMIT ?2")
    static let prune = Query("DELETE FROM decisions WHERE series_id = ?1 AND at < ?2")
}

extension Reading {
    /// The newest record of a bot that is not after an instant, of one symbol or of any; of
    /// several symbols at that instant the first by name.
    public func decision(
        of bot: ID<Bot>, symbol: String? = nil, asOf instant: Instant? = nil
    ) throws(StoreError) -> DecisionRecord? {
        var record: DecisionRecord?
        let bind: (Statement) -> Void = { row in
            row.put(bot)
            row.put(instant?.milliseconds ?? .max)
            row.put(symbol)
        }
        try each(Queries.latest, bind) { row throws(StoreError) in
            record = try DecisionRecord(from: row)
        }
        return record
    }

    /// When the first record after an instant was made; nil when none was.
    public func nextDecision(
        of bot: ID<Bot>, symbol: String, after instant: Instant
    ) throws(StoreError) -> Instant? {
        let at: Instant?? = try value(Queries.next) { row in
            row.put(bot)
            row.put(symbol)
            row.put(instant)
        }
        return at ?? nil
    }

    /// Every record of a bot in a closed range of time. **Order** by time, then symbol.
    public func decisions(
        of bot: ID<Bot>, from: Instant? = nil, to: Instant? = nil
    ) throws(StoreError) -> [DecisionRecord] {
        var records: [DecisionRecord] = []
        let bind: (Statement) -> Void = { row in
            row.put(bot)
            row.put(from?.milliseconds ?? .min)
            row.put(to?.milliseconds ?? .max)
        }
        try each(Queries.between, bind) { row throws(StoreError) in
            records.append(try DecisionRecord(from: row))
        }
        return records
    }

    /// The symbols of which a bot has, or had, records. **Order** by name.
    public func decisionSymbols(of bot: ID<Bot>) throws(StoreError) -> [String] {
        var symbols: [String] = []
        try each(Queries.symbols, { $0.put(bot) }) { row throws(StoreError) in
            symbols.append(row.takeText())
        }
        return symbols
    }
}

extension Writing {
    /// The number of a series, which is added where it is new.
    public func number(
        of series: DecisionSeries
    ) throws(StoreError) -> DecisionSeriesNumber {
        let template = try templateNumber(series)
        let bind: (Statement) -> Void = { row in
            row.put(series.botID)
            row.put(series.symbol)
            row.put(template)
            row.put(series.limitsVersion)
        }
        if let known: Int64 = try value(Queries.series, bind) {
            return DecisionSeriesNumber(number: known)
        }
        try run(Queries.addSeries, bind)
        return DecisionSeriesNumber(number: connection.lastRow)
    }

    private func templateNumber(_ series: DecisionSeries) throws(StoreError) -> Int64 {
        let bind: (Statement) -> Void = { row in
            row.put(series.templateName)
            row.put(series.templateVersion)
            row.put(series.templateText)
        }
        if let known: Int64 = try value(Queries.template, bind) { return known }
        try run(Queries.addTemplate, bind)
        return connection.lastRow
    }

    /// Adds the record of one candle; a second one for the same candle replaces the first.
    public func saveDecision(
        in series: DecisionSeriesNumber, at: Instant, close: Price, facts: [UInt8]
    ) throws(StoreError) {
        try run(Queries.save) { row in
            row.put(series.number)
            row.put(at)
            row.put(close)
            row.putBytes(facts)
        }
    }

    /// Deletes old records of the next few series, so that no single step is long.
    /// - Parameters:
    ///   - last: where the step before ended; nil begins at the first series.
    ///   - count: of series in one step.
    /// - Returns: where this step ended; nil when every series has been looked at.
    public func pruneDecisions(
        before instant: Instant, after last: DecisionSeriesNumber? = nil, count: Int = 64
    ) throws(StoreError) -> DecisionSeriesNumber? {
        var numbers: [Int64] = []
        let bind: (Statement) -> Void = { row in
            row.put(last?.number ?? 0)
            row.put(count)
        }
        try each(Queries.seriesAfter, bind) { row throws(StoreError) in
            numbers.append(row.takeInteger())
        }
        for number in numbers {
            try run(Queries.prune) { row in
                row.put(number)
                row.put(instant)
            }
        }
        return numbers.count < count ? nil : numbers.last.map(DecisionSeriesNumber.init)
    }
}
