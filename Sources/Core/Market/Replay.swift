/// Recorded candles through the very same bot, risk and exchange code that the engine runs.
import Store

/// What is replayed.
public struct ReplayRequest: Sendable {
    public var file: String
    public var template: Template
    /// Nil: the file's name without its ending.
    public var symbol: String?
    public var limits: RiskLimits
    /// Maker and taker fee alike; nil: the paper exchange's own.
    public var fees: Rate?
    public var equity: Money
    /// Nil: the file's own decimals.
    public var tick: Price?
    public var lot: Quantity?
    /// Only candles that open in this range.
    public var from: Instant?
    public var to: Instant?

    public init(
        file: String, template: Template, symbol: String? = nil, limits: RiskLimits = RiskLimits(),
        fees: Rate? = nil, equity: Money = .units(10_000), tick: Price? = nil,
        lot: Quantity? = nil, from: Instant? = nil, to: Instant? = nil
    ) {
        self.file = file
        self.template = template
        self.symbol = symbol
        self.limits = limits
        self.fees = fees
        self.equity = equity
        self.tick = tick
        self.lot = lot
        self.from = from
        self.to = to
    }
}

/// What came of it.
public struct ReplayResult: Sendable {
    public var bars: Int
    /// In the order of their closing.
    public var trades: [Trade]
    /// Orders that ended, and executions: how many were recorded.
    public var orders: Int
    public var fills: Int
    /// Decision records: one for each candle of the template's timeframe.
    public var decisions: Int
    /// Bytes that the decision records take.
    public var decisionBytes: Int
    public var equity: [EquityPoint]
    public var performance: Performance
    public var drawdown: Drawdown
    /// Account at the end; open positions are in the equity, not in the wallet.
    public var account: VenueAccount
    public var finalEquity: Money
}

extension World {
    /// The one bot of a replay.
    static let replayBot = ID<Bot>(1)

    /// A world with one bot over one recorded market.
    /// - Throws: ``ReplayError`` for a file or template that cannot be run.
    public static func replaying(_ request: ReplayRequest) throws(ReplayError) -> World {
        try replaying(request, journal: .replay)
    }

    /// - Parameter journal: what is kept; a test may want all of it.
    static func replaying(
        _ request: ReplayRequest, journal: Journal.Scope
    ) throws(ReplayError) -> World {
        let market = try request.market()
        guard CandleAggregator.canBuild(request.template.timeframe, from: market.candleSpan)
        else {
            throw .tooCoarse(
                file: request.file, has: market.candleSpan,
                needs: request.template.timeframe)
        }
        let world = World(
            settings: WorldSettings(
                generation: "0000", latency: .seconds(0), keepsHouse: false,
                snapshotEvery: .hours(1)),
            markets: [market], at: market.nextAt ?? Instant(milliseconds: 0), journal: journal)
        world.journal.reserve(candles: market.rowCount)
        let key = ID<APIKey>(1)
        world.openAccount(key, deposit: request.equity)
        let bot = Bot(
            id: replayBot, label: "replay", keyID: key, templateName: request.template.name,
            templateVersion: request.template.version, createdAt: world.now)
        do throws(TemplateError) {
            try world.add(
                bot, limits: request.limits, template: request.template,
                symbols: [market.instrument.symbol])
        } catch { throw .template(error) }
        return world
    }

    /// Runs to the end of the data, telling the count of bars now and then. Candles before
    /// `from` only warm the indicators up.
    public func replay(
        from: Instant? = nil, to: Instant? = nil, progress: (Int) -> Void = { _ in }
    ) -> ReplayResult {
        var told = 0
        if let from { catchUp(to: from) }
        while !isOver, let next = nextEventAt, to.map({ next < $0 }) ?? true {
            advance(to: min(next + .days(30), to ?? next + .days(30)))
            let bars = barsTaken
            if bars - told >= 50_000 { progress(bars); told = bars }
        }
        let key = ID<APIKey>(1)
        return ReplayResult(
            bars: barsTaken, trades: journal.trades, orders: journal.endedOrders.count,
            fills: journal.fills.count, decisions: sum(\.candles),
            decisionBytes: sum(\.byteCount), equity: journal.equity,
            performance: Performance(journal.trades),
            drawdown: Drawdown(journal.equity.map(\.equity)),
            account: venue.account(key) ?? VenueAccount(keyID: key, deposits: .zero, wallet: .zero),
            finalEquity: venue.equity(key))
    }

    /// Over the decision records of all bots and symbols.
    private func sum(_ count: (DecisionRuns) -> Int) -> Int {
        bots.reduce(0) { $0 + $1.traded.reduce(0) { $0 + count($1.runs) } }
    }
}

/// Why a replay cannot run.
public enum ReplayError: Error {
    case file(FileError)
    case template(TemplateError)
    case tooCoarse(file: String, has: Span, needs: Timeframe)

    public var headline: String {
        switch self {
        case .file(let error): error.headline
        case .template(let error): error.headline
        case .tooCoarse(let file, let has, let needs):
            "\(file) has \(has.ageText) candles; the template runs on \(needs.rawValue)"
        }
    }

    public var remedy: String {
        switch self {
        case .file(let error): error.remedy
        case .template(let error): error.remedy
        case .tooCoarse(_, _, let needs):
            "Use candles of \(needs.rawValue) or finer, or a template with a coarser timeframe."
        }
    }
}

extension ReplayRequest {
    func market() throws(ReplayError) -> Market {
        do throws(FileError) {
            let copy = CandleTape()
            let survey = try CandleSurvey(file, copy: copy)
            let market = try RecordedMarket(
                path: file, symbol: "", instrument: instrument(survey),
                candleSpan: survey.candleSpan)
            market.rowCount = survey.rows
            market.play(copy)
            return Market(market)
        } catch { throw .file(error) }
    }

    private func instrument(_ survey: CandleSurvey) -> Instrument {
        var instrument = survey.instrument(symbol: symbol ?? Self.symbol(of: file))
        if let tick { instrument.tick = tick }
        if let lot { (instrument.lot, instrument.minimumQuantity) = (lot, lot) }
        if let fees { (instrument.makerFee, instrument.takerFee) = (fees, fees) }
        return instrument
    }

    /// `data/BTC-PERP-1h.csv` → `BTC-PERP-1h`.
    public static func symbol(of file: String) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        return name.hasSuffix(".csv") ? String(name.dropLast(4)) : name
    }
}
