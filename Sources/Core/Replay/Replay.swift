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
    /// Only candles that open in this range are traded; those before it warm the indicators up.
    public var from: Instant?
    /// Exclusive: as good as the end of the file.
    public var to: Instant?

    public init(
        file: String, template: Template, symbol: String? = nil, limits: RiskLimits = RiskLimits(),
        fees: Rate? = nil, equity: Money = PaperVenue.standardDeposit, tick: Price? = nil,
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
    /// Candles of the range, without those before it.
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
    /// One point an hour, and one at the end.
    public var equity: [EquityPoint]
    public var performance: Performance
    /// Of every price from the start on, not only of the points.
    public var drawdown: Drawdown
    /// Account at the end; open positions are in the equity, not in the wallet.
    public var account: VenueAccount
    public var finalEquity: Money
    /// What is still open at the end, oldest first.
    public var open: [OpenPosition]
    /// What stood first against an entry, candle by candle, and at the exchange; most first.
    public var blocked: [BlockedEntries]
    /// When the daily loss limit latched, if it did.
    public var latchedAt: Instant?
    /// Why and since when it opens nothing until a person resumes it; nil: it does.
    public var pauseCause: PauseCause?
    public var pausedAt: Instant?
    /// Why the bot stopped before the end of the data; nil: it did not.
    public var failure: String?
}

/// A position at the end of a replay, and what it is worth there.
public struct OpenPosition: Sendable {
    public var position: Position
    public var mark: Price
    public var unrealised: Money
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
        world.trading.openAccount(key, deposit: request.equity, in: market.settlement)
        let bot = Bot(
            id: replayBot, label: "replay", keyID: key, templateName: request.template.name,
            templateVersion: request.template.version, createdAt: world.now)
        do throws(TemplateError) {
            try world.fleet.add(
                bot, limits: request.limits, template: request.template,
                symbols: [market.instrument.symbol])
        } catch { throw .template(error) }
        return world
    }

    /// Runs to the end of the data, where time ends too, telling the count of bars now and then.
    /// - Parameters:
    ///   - from: candles before it only warm the indicators up.
    ///   - to: candles that open from here on are as good as not there.
    public func replay(
        from: Instant? = nil, to: Instant? = nil, progress: (Int) -> Void = { _ in }
    ) -> ReplayResult {
        if let to { endData(before: to) }
        if let from { warmUp(until: from) }
        let before = barsTaken
        var told = 0
        while !isOver, replayFailure == nil, let next = nextEventAt {
            advance(to: next + .days(30), endsWithData: true)
            let bars = barsTaken - before
            if bars - told >= 50_000 { progress(bars); told = bars }
        }
        for bot in bots where journal.equity.last?.at != now { trading.snapshotEquity(bot) }
        return result(bars: barsTaken - before)
    }

    /// A candle that is under way at an instant is not of the range either: it decides nothing.
    private func warmUp(until from: Instant) {
        catchUp(to: from)
        if let end = recorded.compactMap({ $0?.end(underWayAt: from) }).max() { catchUp(to: end) }
    }

    private func result(bars: Int) -> ReplayResult {
        let key = ID<APIKey>(1)
        let bot = bots.first
        let waits = bot.map { $0.record.isPaused && $0.record.resumeAt == nil } ?? false
        return ReplayResult(
            bars: bars, trades: journal.trades, orders: journal.endedOrders.count,
            fills: journal.fills.count, decisions: sum(\.candles),
            decisionBytes: sum(\.byteCount), equity: journal.equity,
            performance: Performance(journal.trades),
            drawdown: bot?.drawdown ?? Drawdown(from: .zero),
            account: trading.venue.paper.account(key)
                ?? VenueAccount(keyID: key, deposits: .zero, wallet: .zero),
            finalEquity: trading.venue.paper.equity(key), open: bot.map(openPositions) ?? [],
            blocked: bot.map(blockedEntries) ?? [], latchedAt: bot?.record.killLatchedAt,
            pauseCause: waits ? bot?.record.pauseCause : nil, pausedAt: waits ? bot?.pausedAt : nil,
            failure: replayFailure)
    }

    private var replayFailure: String? {
        machine(Self.replayBot).flatMap { $0.record.phase == .error ? $0.record.errorText : nil }
    }

    /// What each is worth is its part of what the account holds of the symbol: the parts make the
    /// whole, to the last digit.
    private func openPositions(_ bot: BotMachine) -> [OpenPosition] {
        var before = SortedMap<Int, Quantity>()
        return bot.held.compactMap { held in
            guard let mark = trading.venue.paper.mark(held.symbol) else { return nil }
            let position = held.position
            let start = before[held.symbol] ?? .zero
            let end = start + position.quantity
            before[held.symbol] = end
            let contract = held.contract
            let cost = contract.value(of: position.quantity, at: position.entryPrice)
            let worth = contract.value(of: end, at: mark) - contract.value(of: start, at: mark)
            return OpenPosition(
                position: position, mark: mark,
                unrealised: contract.profit(position.side, cost: cost, worth: worth))
        }
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
    case emptyRange(file: String)
    /// No candle opens from here on: the last one opens before it.
    case startsAfterData(file: String, from: Instant, last: Instant)

    /// Stable word for scripts.
    public var code: String {
        switch self {
        case .file(let error): error.code
        case .emptyRange, .startsAfterData: FileError.emptyRange
        case .template, .tooCoarse: "replay"
        }
    }

    public var headline: String {
        switch self {
        case .file(let error): error.headline
        case .template(let error): error.headline
        case .tooCoarse(let file, let has, let needs):
            "\(file) has \(has.ageText) candles; the template runs on \(needs.rawValue)"
        case .emptyRange(let file): "no candle of \(file) opens in the range"
        case .startsAfterData(let file, let from, let last):
            "\(file): the range begins at \(from), after the last candle of the data, which "
                + "opens at \(last)"
        }
    }

    public var remedy: String {
        switch self {
        case .file(let error): error.remedy
        case .template(let error): error.remedy
        case .tooCoarse(_, _, let needs):
            "Use candles of \(needs.rawValue) or finer, or a template with a coarser timeframe."
        case .startsAfterData: "Choose a beginning at or before that candle."
        case .emptyRange: "--from is the first instant of the range, --to the first behind it."
        }
    }
}

extension ReplayRequest {
    func market() throws(ReplayError) -> Market {
        if let from, let to, from >= to { throw .emptyRange(file: file) }
        let market: RecordedMarket
        let last: Instant
        do throws(FileError) {
            let source = try CandleFile(file)
            let copy = CandleTape(bound: source.canBeReadAgain ? CandleTape.bound : .max)
            let survey = try CandleSurvey(
                source, copy: copy, until: to ?? Instant(milliseconds: .max))
            market = try self.market(survey, copy)
            market.rowCount = survey.rows
            last = survey.last
        } catch { throw .file(error) }
        if let from, last < from {
            // The survey went no further than the end of the range.
            guard to == nil else { throw .emptyRange(file: file) }
            throw .startsAfterData(file: file, from: from, last: last)
        }
        return Market(market)
    }

    private func market(
        _ survey: CandleSurvey, _ copy: CandleTape
    ) throws(FileError) -> RecordedMarket {
        let instrument = instrument(survey)
        guard !copy.isTorn else {
            return try RecordedMarket(
                path: file, symbol: "", instrument: instrument, candleSpan: survey.candleSpan)
        }
        return RecordedMarket(copy: copy, of: file, instrument, survey.candleSpan)
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
        guard name != CandleFile.standardInput else { return "stdin" }
        return name.hasSuffix(".csv") ? String(name.dropLast(4)) : name
    }
}
