/// Recorded candles played as market events.
import Store

/// For each row: a print at the open, then at the candle's end its range and the candle itself.
/// An object, since it reads a file from one place on.
/// **Source** <doc:ProductRules#Recorded-candles>.
public final class RecordedMarket {
    public let instrument: Instrument
    public let path: String
    public let candleSpan: Span
    /// Where the rows come from: the file, or a copy of it. Exactly one of the two is there.
    fileprivate let file: CandleFile?
    private let tape: CandleTape?
    /// The tape, without counting references to it: every row asks for it.
    private let rows: Unmanaged<CandleTape>?
    /// Rows that open from here on are as good as not there.
    private var until = Instant(milliseconds: .max)
    /// The row under way; nil after the last one.
    fileprivate(set) var candle: Candle?
    fileprivate(set) var stage: Stage = .print
    /// Rows that are wholly played.
    fileprivate(set) var played = 0
    public fileprivate(set) var lastPrice: Price?
    /// The bad row that ended the market, if one did.
    public private(set) var failure: FileError?
    /// When its last candle ended, once it has.
    fileprivate(set) var endedAt: Instant?
    /// The latest stretch between two rows that follow upon each other with a gap.
    private var gap: Range<Instant>?

    /// Rows of the file, where a survey has counted them; 0 otherwise.
    public var rowCount = 0

    enum Stage: Int { case print, range, close }

    /// From the first row. Without an instrument or a span the whole file is looked over first,
    /// which also finds every bad row before anything is traded.
    /// - Throws: ``FileError``.
    public convenience init(
        path: String, symbol: String, instrument: Instrument? = nil, candleSpan: Span? = nil
    ) throws(FileError) {
        if let instrument, let candleSpan {
            try self.init(file: CandleFile(path), instrument, candleSpan)
            return
        }
        let file = try CandleFile(path)
        try file.expectRereading()
        let survey = try CandleSurvey(path)
        try self.init(
            file: file, instrument ?? survey.instrument(symbol: symbol),
            candleSpan ?? survey.candleSpan)
    }

    /// From the first row of a file that was opened.
    init(file: CandleFile, _ instrument: Instrument, _ candleSpan: Span) throws(FileError) {
        self.instrument = instrument
        self.candleSpan = candleSpan
        self.file = file
        path = file.path
        (tape, rows) = (nil, nil)
        candle = try file.next()
    }

    /// From the first row of a copy that a survey has made.
    init(copy: CandleTape, of path: String, _ instrument: Instrument, _ candleSpan: Span) {
        self.instrument = instrument
        self.candleSpan = candleSpan
        self.path = path
        file = nil
        tape = copy
        rows = .passUnretained(copy)
        candle = copy.next()
    }

    /// Rows that open from an instant on are as good as not there.
    func end(before instant: Instant) {
        until = instant
        if stage == .print, let candle, candle.openTime >= until { self.candle = nil }
    }

    /// Rows played, the place inside the row, the span.
    public var state: String { "recorded1 \(played) \(stage.rawValue) \(candleSpan.milliseconds)" }

    /// The rows that are wholly played, oldest first, read from the file again.
    var past: [Candle] {
        var candles: [Candle] = []
        guard let file = try? CandleFile(path) else { return [] }
        while candles.count < played, let candle = try? file.next() { candles.append(candle) }
        return candles
    }

    /// When the next event happens; nil after the last row.
    public var nextAt: Instant? {
        guard let candle else { return nil }
        return stage == .print ? candle.openTime : candle.openTime + candleSpan
    }

    /// The same, with its turn at that instant; never after the last row.
    var nextMoment: Moment {
        guard let candle else { return .never }
        switch stage {
        case .print: return Moment(candle.openTime, .open)
        case .range: return Moment(candle.openTime + candleSpan, .price)
        case .close: return Moment(candle.openTime + candleSpan, .close)
        }
    }

    /// When the candle ends that has opened before an instant; nil where none is under way.
    func end(underWayAt now: Instant) -> Instant? {
        guard stage == .range, let candle, candle.openTime < now else { return nil }
        return candle.openTime + candleSpan
    }

    /// The candle under way is over by now, and what it traded at is still to be told: whoever
    /// comes now comes after its last price.
    func isOverdue(at now: Instant) -> Bool {
        guard stage == .range, let candle else { return false }
        return candle.openTime + candleSpan <= now
    }

    /// How long a price is one after its candle has ended.
    static let believed = Span.days(1)

    /// Its data has ended, or lacks more than a day before the next row: the last price is none
    /// any more.
    func isSilent(at now: Instant) -> Bool {
        if let endedAt { return now > endedAt }
        guard stage == .print, let gap, gap.upperBound == candle?.openTime else { return false }
        return now > gap.lowerBound + Self.believed
    }

    /// Where this market stands for the exchange.
    public var phase: VenuePhase {
        guard candle != nil else { return .ended }
        if stage == .range { return .printing }
        return lastPrice == nil ? .silent : .betweenPrints
    }

    /// The next event; nil after the last row, or after a bad one (then ``failure`` tells).
    public func next() -> TimedMarketEvent? {
        guard let at = nextAt, let candle else { return nil }
        switch stage {
        case .print: return TimedMarketEvent(at: at, event: .trade(price: passPrint(candle)))
        case .range:
            passRange(candle)
            return TimedMarketEvent(
                at: at, event: .range(high: candle.high, low: candle.low, close: candle.close))
        case .close:
            passCandle(candle)
            return TimedMarketEvent(at: at, event: .candle(candle))
        }
    }

    // MARK: - Step by step
    //
    // What `next` does, without wrapping each price into an event: the engine plays long
    // stretches of candles.

    /// Passes the print at the open of the row under way and gives its price.
    func passPrint(_ candle: Candle) -> Price {
        stage = .range
        lastPrice = candle.open
        return candle.open
    }

    /// Passes the stretch after the open.
    func passRange(_ candle: Candle) {
        stage = .close
        lastPrice = candle.close
    }

    /// Passes the end of the row and reads the next one.
    @inline(__always) func passCandle(_ candle: Candle) {
        stage = .print
        lastPrice = candle.close
        played += 1
        advance(notBefore: candle.openTime + candleSpan)
    }

    @inline(__always)
    private func advance(notBefore end: Instant) {
        if let rows { candle = rows._withUnsafeGuaranteedRef { $0.next() } } else { readOn() }
        guard let openTime = candle?.openTime, openTime >= end, openTime < until else {
            return finish(at: end)
        }
        if openTime > end { noteGap(end, openTime) }
    }

    @inline(never)
    fileprivate func noteGap(_ end: Instant, _ openTime: Instant) { gap = end..<openTime }

    /// No more rows that can be played.
    @inline(never)
    private func finish(at end: Instant) {
        endedAt = end
        if let openTime = candle?.openTime, openTime < end { refuse(openTime, end) }
        candle = nil
    }

    private func refuse(_ openTime: Instant, _ end: Instant) {
        failure = FileError(
            file: path, line: (tape?.row ?? file?.row ?? 0) + 1, key: "open_time_ms",
            problem: "\(openTime) lies inside the candle before, which ends \(end)",
            remedy: "Correct the open times, or give the file's own timeframe.")
    }

    private func readOn() {
        do throws(FileError) {
            candle = try file?.next()
        } catch {
            candle = nil
            failure = error
        }
    }
}

/// A recorded market on its way to where it was saved: rows are passed a few at a time.
struct RecordedReopening {
    let market: RecordedMarket
    private let rows: Int
    private let stage: RecordedMarket.Stage

    /// Opens the file of a saved market; it stands before the first row.
    /// - Throws: ``FileError`` when the file is gone or broken, or the state is none.
    init(_ record: MarketRecord) throws(FileError) {
        guard let (rows, stage, span) = Self.place(record.state) else {
            throw FileError(
                file: record.source, problem: "the saved place in this file is damaged",
                remedy: "Restore the database from a backup.")
        }
        self.rows = rows
        self.stage = stage
        market = try RecordedMarket(
            path: record.source, symbol: record.instrument.symbol, instrument: record.instrument,
            candleSpan: span)
    }

    /// Where a saved market stands in its file; nil for what is no such place.
    static func place(
        _ state: String
    ) -> (rows: Int, stage: RecordedMarket.Stage, span: Span)? {
        var words = StateWords(state)
        guard words.word() == "recorded1", let rows = words.whole(), 0...1 << 53 ~= rows,
            let stage = words.whole().flatMap({ RecordedMarket.Stage(rawValue: Int($0)) }),
            let span = words.whole(), 1...1 << 53 ~= span
        else { return nil }
        return (Int(rows), stage, Span(milliseconds: span))
    }

    /// Passes so many rows, or what is left of those that were played.
    /// - Returns: whether the market stands where it was saved.
    func pass(_ count: Int = .max) throws(FileError) -> Bool {
        let end = market.played + min(count, rows - market.played)
        while market.played < end { try passOne() }
        guard market.played == rows else { return false }
        market.stage = stage
        switch stage {
        case .print: break
        case .range: market.lastPrice = market.candle?.open
        case .close: market.lastPrice = market.candle?.close
        }
        return true
    }

    private func passOne() throws(FileError) {
        guard let candle = market.candle else {
            throw FileError(
                file: market.path,
                problem: "has only \(counted(market.played, "row")), \(rows) were played",
                remedy: "Put the whole file back.")
        }
        market.lastPrice = candle.close
        market.played += 1
        market.candle = try market.file?.next()
        let end = candle.openTime + market.candleSpan
        guard let next = market.candle else { return market.endedAt = end }
        if next.openTime > end { market.noteGap(end, next.openTime) }
    }
}
