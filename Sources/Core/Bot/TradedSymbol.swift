/// One symbol that a bot trades: its strategy, its candles, its last decision.
import Store

/// A bot has one of these for each symbol of its key, rebuilt when its template changes.
final class TradedSymbol {
    let symbol: Int
    let instrument: Instrument
    let strategy: Strategy
    private var sessions: SessionCalendar?
    var aggregator: CandleAggregator
    /// Closed candles since the last exit on this symbol; nil when there was none.
    var candlesSinceExit: Int?
    /// The limit that denied the last entry, so that it is reported once.
    var lastDenial: String?
    var last: DecisionSummary?
    /// Where its decision records go, looked up once for each version of the limits.
    var series: (limitsVersion: Int, number: DecisionSeriesNumber)?
    /// Its decision records in a replay, which has no store.
    let runs = DecisionRuns()
    /// What stood against the last entry that was blocked, in a word.
    private(set) var lastBlock = ""

    init(
        _ template: Template, symbol: Int, instrument: Instrument, candles: Span
    ) throws(TemplateError) {
        self.symbol = symbol
        self.instrument = instrument
        self.strategy = try Strategy(template, tick: instrument.tick)
        self.sessions = template.sessions.isEmpty ? nil : SessionCalendar(template.sessions)
        self.aggregator = CandleAggregator(from: candles, to: template.timeframe)
    }

    /// The bot's own sessions replace the template's.
    func follow(_ sessions: [SessionWindow]) {
        self.sessions = sessions.isEmpty ? nil : SessionCalendar(sessions)
    }

    /// Whether a session in force is open; always, where there is none.
    func isOpen(at now: Instant) -> Bool { sessions?.isOpen(at: now) ?? true }

    func blocked(by what: String) -> EntryVerdict {
        lastBlock = what
        return .blocked
    }

    func denied(by limit: String) -> EntryVerdict {
        lastBlock = limit
        return .denied
    }

    func candleClosed() {
        if let count = candlesSinceExit { candlesSinceExit = count + 1 }
    }

    func exited() {
        candlesSinceExit = 0
        lastDenial = nil
    }
}

/// What was decided at the last candle, without the components' texts.
struct DecisionSummary {
    var at: Instant
    var close: Price
    var score: Double
    var lean: Side?
    /// `entered`, or the first thing that stood against it; in words once somebody reads it.
    var verdict: EntryVerdict
}

/// What became of a decision; put into words only where somebody will read them.
enum EntryVerdict {
    case entered
    /// The strategy itself asks for nothing, for this reason first.
    case undecided(Blocker?)
    /// The bot's state stood against it: ``TradedSymbol/lastBlock``.
    case blocked
    /// A limit stood against it: ``TradedSymbol/lastBlock``.
    case denied
    /// An exit rule would close it at once: its place in the template.
    case pointless(Int)
    case late

    func words(_ traded: TradedSymbol) -> String {
        switch self {
        case .entered: "entered"
        case .undecided(let blocker): blocker.map(traded.strategy.text) ?? "no signal"
        case .blocked, .denied: traded.lastBlock
        case .pointless(let rule): "\(traded.strategy.exitName(rule)) would close it at once"
        case .late: "late candle"
        }
    }
}
