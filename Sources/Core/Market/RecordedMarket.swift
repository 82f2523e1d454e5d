/// Recorded candles played as market events.
import Store

/// For each row: a print at the open, then at the candle's end its range and the candle itself.
/// **Source** PRODUCT section 5, reading 2. An object, since it reads a file from one place on.
public final class RecordedMarket {
    public let instrument: Instrument
    public let path: String
    public let candleSpan: Span
    private let file: CandleFile
    /// Where the rows come from instead of the file, once they were copied there.
    private var tape: CandleTape? {
        didSet { rows = tape.map { .passUnretained($0) } }
    }
    /// The tape, without counting references to it: every row asks for it.
    private var rows: Unmanaged<CandleTape>?
    /// The row under way; nil after the last one.
    private(set) var candle: Candle?
    private(set) var stage: Stage = .print
    /// Rows that are wholly played.
    private var played = 0
    public private(set) var lastPrice: Price?
    /// The bad row that ended the market, if one did.
    public private(set) var failure: FileError?

    /// Rows of the file, where a survey has counted them; 0 otherwise.
    public var rowCount = 0

    enum Stage: Int { case print, range, close }

    /// From the first row. Without an instrument or a span the whole file is looked over first,
    /// which also finds every bad row before anything is traded.
    /// - Throws: ``FileError``.
    public init(
        path: String, symbol: String, instrument: Instrument? = nil, candleSpan: Span? = nil
    ) throws(FileError) {
        if let instrument, let candleSpan {
            self.instrument = instrument
            self.candleSpan = candleSpan
        } else {
            let survey = try CandleSurvey(path)
            self.instrument = instrument ?? survey.instrument(symbol: symbol)
            self.candleSpan = candleSpan ?? survey.candleSpan
        }
        self.path = path
        file = try CandleFile(path)
        candle = try file.next()
    }

    /// Takes the rows, from the first on, from a copy of the file instead.
    /// **Requires** that nothing was played yet.
    func play(_ copy: CandleTape) {
        guard !copy.isTorn else { return }
        tape = copy
        candle = copy.next()
    }

    /// Goes on where a saved market stood.
    /// - Throws: ``FileError`` when the file is gone or broken, or the state is none.
    convenience init(_ record: MarketRecord) throws(FileError) {
        var words = StateWords(record.state)
        guard words.word() == "recorded1", let rows = words.whole(), rows >= 0,
            let stage = words.whole().flatMap({ Stage(rawValue: Int($0)) }),
            let span = words.whole(), span > 0
        else {
            throw FileError(
                file: record.source, problem: "the saved place in this file is damaged",
                remedy: "Restore the database from a backup.")
        }
        try self.init(
            path: record.source, symbol: record.instrument.symbol, instrument: record.instrument,
            candleSpan: Span(milliseconds: span))
        while played < rows {
            guard let candle else {
                throw FileError(
                    file: record.source, problem: "has only \(played) rows, \(rows) were played",
                    remedy: "Put the whole file back.")
            }
            lastPrice = candle.close
            played += 1
            self.candle = try file.next()
        }
        self.stage = stage
        switch stage {
        case .print: break
        case .range: lastPrice = candle?.open
        case .close: lastPrice = candle?.close
        }
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
        if let openTime = candle?.openTime, openTime < end { refuse(openTime, end) }
    }

    @inline(never)
    private func refuse(_ openTime: Instant, _ end: Instant) {
        candle = nil
        failure = FileError(
            file: path, line: (tape?.row ?? file.row) + 1, key: "open_time_ms",
            problem: "\(openTime) lies inside the candle before, which ends \(end)",
            remedy: "Correct the open times, or give the file's own timeframe.")
    }

    private func readOn() {
        do throws(FileError) {
            candle = try file.next()
        } catch {
            candle = nil
            failure = error
        }
    }
}
