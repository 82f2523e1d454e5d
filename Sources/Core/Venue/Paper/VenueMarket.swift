/// One symbol at the simulated exchange: its price, its orders, who holds it.
import Store

/// Where a market stands. **Source** <doc:ProductRules#Recorded-candles>.
public enum VenuePhase: Sendable, Equatable {
    /// No price yet; orders wait for the first print.
    case silent
    /// The last event was a print; orders match against it.
    case printing
    /// A recorded candle has ended; orders wait for the next open.
    case betweenPrints
    /// The recorded data has ended; market orders fill at the last close.
    case ended
}

/// Between prints nothing can be matched; orders wait for the next print.
struct VenueMarket: Sendable {
    var instrument: Instrument
    var phase: VenuePhase = .silent
    /// Last price; nil before the first print.
    var mark: Price?
    /// Nil for recorded markets.
    var book: Book?
    /// Limit orders in the book, in order of arrival.
    var resting: [VenueOrder] = []
    /// Orders that came between prints, in order of arrival.
    var waiting: [VenueOrder] = []
    /// Indices of accounts with a position here, ascending by key.
    var holders: [Int] = []
    /// Highest liquidation price of the longs and lowest of the shorts; nil when there are none.
    var longEdge: Price?
    var shortEdge: Price?
    /// Edges are stale after a position changed.
    var edgesAreStale = false

    init(instrument: Instrument) { self.instrument = instrument }

    /// Whether a stretch of prices can leave every order and position as it is.
    func isQuiet(low: Price, high: Price) -> Bool {
        guard waiting.isEmpty, resting.isEmpty, !edgesAreStale else { return false }
        if let longEdge, low <= longEdge { return false }
        if let shortEdge, high >= shortEdge { return false }
        return true
    }

    /// Takes a print, and tells whether it is a quiet one.
    @inline(__always) mutating func print(_ price: Price, _ book: Book?) -> Bool {
        mark = price
        self.book = book
        phase = .printing
        return isQuiet(low: price, high: price)
    }

    /// Passes a candle that is quiet all through; false where it is not: then its orders and
    /// positions come first, and ``endCandle(_:)`` last.
    @inline(__always) mutating func passQuietly(low: Price, high: Price, close: Price) -> Bool {
        book = nil
        guard isQuiet(low: low, high: high) else { return false }
        endCandle(close)
        return true
    }

    /// The mark is the close, and the market between prints.
    @inline(__always) mutating func endCandle(_ close: Price) {
        mark = close
        phase = .betweenPrints
    }

    /// The candle under way is over, though its range is still to be told: whoever comes now waits
    /// for the next print.
    mutating func endPrint() {
        if phase == .printing { phase = .betweenPrints }
    }

    /// What an order finds now; nil: nothing within its worst price.
    @inline(__always) func take(_ order: VenueOrder, _ quantity: Quantity) -> Book.Take? {
        let worst = order.worstPrice(tick: instrument.tick)
        if phase == .printing, let book {
            // What was opened in other lots is closed whole.
            let isOff = order.reduceOnly && quantity.raw % instrument.lot.raw != 0
            return book.take(
                order.side, quantity, worst: worst, tick: instrument.tick,
                lot: isOff ? .zero : instrument.lot)
        }
        guard let mark else { return nil }
        if let worst, order.side == .buy ? mark > worst : mark < worst { return nil }
        return Book.Take(quantity: quantity, price: mark)
    }

    /// Removes an order by account and id.
    mutating func remove(_ id: String, of keyID: ID<APIKey>) -> VenueOrder? {
        if let index = Self.index(of: id, keyID, in: resting) { return resting.remove(at: index) }
        if let index = Self.index(of: id, keyID, in: waiting) { return waiting.remove(at: index) }
        return nil
    }

    func order(_ id: String, of keyID: ID<APIKey>) -> VenueOrder? {
        if let index = Self.index(of: id, keyID, in: resting) { return resting[index] }
        if let index = Self.index(of: id, keyID, in: waiting) { return waiting[index] }
        return nil
    }

    private static func index(
        of id: String, _ keyID: ID<APIKey>, in orders: [VenueOrder]
    ) -> Int? {
        orders.firstIndex { $0.clientOrderID == id && $0.keyID == keyID }
    }
}
