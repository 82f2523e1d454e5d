/// The exchange as trading meets it: the simulated one, its weather, and the line to it.
import Store

/// Whatever is done here may bring news; whoever did it takes them, in their order.
struct Venue {
    /// The exchange itself, to be asked; what brings news is done through the venue.
    var paper: PaperVenue
    /// Errors of the exchange; nil where there are none, as over recorded candles.
    var weather: VenueWeather?
    /// A line with faults; nil: a perfect one.
    var line: FaultyLine? {
        didSet { isOnPerfectLine = line == nil }
    }
    /// Whether there is no such line: asked with every event.
    private(set) var isOnPerfectLine = true
    /// Reused between events, so that a quiet price allocates nothing.
    private var news: [VenueEvent] = []

    init(_ instruments: [Instrument], remembersEnded: Bool, weather: VenueWeather?) {
        paper = PaperVenue(instruments: instruments)
        paper.remembersEnded = remembersEnded
        self.weather = weather
    }

    @inline(__always) var hasNews: Bool { !news.isEmpty }

    /// Gives what has happened for an empty list, which is filled next.
    mutating func exchangeNews(_ events: inout [VenueEvent]) { swap(&events, &news) }

    /// Takes back a list that has been read, for its room.
    mutating func reuse(_ events: inout [VenueEvent]) {
        guard news.isEmpty else { return }
        events.removeAll(keepingCapacity: true)
        swap(&events, &news)
    }
}

extension Venue {
    @inline(__always)
    mutating func place(_ order: Order, symbol: Int, maxSlippage: Rate?, at now: Instant) {
        paper.place(order, symbol: symbol, maxSlippage: maxSlippage, at: now, into: &news)
    }

    mutating func cancel(_ clientOrderID: String, key: ID<APIKey>, at now: Instant) {
        paper.cancel(clientOrderID, key: key, at: now, into: &news)
    }

    mutating func cancelAll(key: ID<APIKey>, symbol: Int?, at now: Instant) {
        paper.cancelAll(key: key, symbol: symbol, at: now, into: &news)
    }

    @inline(__always)
    mutating func trade(symbol: Int, price: Price, book: Book?, at now: Instant) {
        paper.trade(symbol: symbol, price: price, book: book, at: now, into: &news)
    }

    @inline(__always)
    mutating func range(symbol: Int, high: Price, low: Price, close: Price, at now: Instant) {
        paper.range(symbol: symbol, high: high, low: low, close: close, at: now, into: &news)
    }

    mutating func endOfData(symbol: Int, at now: Instant) {
        paper.endOfData(symbol: symbol, at: now, into: &news)
    }

    mutating func settleFunding(symbol: Int, rate: Rate, at now: Instant) {
        paper.settleFunding(symbol: symbol, rate: rate, at: now, into: &news)
    }

    mutating func liquidate(at account: Int, _ symbol: Int, _ now: Instant) {
        paper.liquidate(at: account, symbol, now, &news)
    }
}
