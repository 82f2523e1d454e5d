/// What prices do at the simulated exchange: they fill what waits, and what rests and is touched.
import Store

extension PaperVenue {
    /// A print: liquidates, then fills what waited, then what rests and is touched.
    ///
    /// O(1) when nothing rests or waits and no liquidation price is reached.
    public mutating func trade(
        symbol: Int, price: Price, book: Book?, at now: Instant, into events: inout [VenueEvent]
    ) {
        if markets[symbol].print(price, book) { return }
        liquidate(symbol, low: price, high: price, now, &events)
        fillWaiting(symbol, now, &events)
        fillResting(symbol, low: price, high: price, now, &events)
        liquidate(symbol, low: price, high: price, now, &events)
    }

    /// Where the price is on its way through a recorded candle.
    mutating func move(_ symbol: Int, to price: Price) { markets[symbol].mark = price }

    /// A recorded candle is over, though its range is still to be told.
    mutating func endPrint(_ symbol: Int) { markets[symbol].endPrint() }

    /// What a recorded candle did after its open: liquidation and limit orders inside it. After
    /// this the market is between prints, and its mark is the close.
    public mutating func range(
        symbol: Int, high: Price, low: Price, close: Price, at now: Instant,
        into events: inout [VenueEvent]
    ) {
        if markets[symbol].passQuietly(low: low, high: high, close: close) { return }
        liquidate(symbol, low: low, high: high, now, &events)
        fillResting(symbol, low: low, high: high, now, &events)
        // An entry filled inside the candle may not survive the same candle.
        liquidate(symbol, low: low, high: high, now, &events)
        markets[symbol].endCandle(close)
    }

    /// Whether a recorded candle, its open included, leaves every order and position as it is.
    @inline(__always) func isQuiet(_ symbol: Int, low: Price, high: Price) -> Bool {
        markets[symbol].isQuiet(low: low, high: high)
    }

    /// Takes such a candle's close. **Requires** ``isQuiet(_:low:high:)``.
    @inline(__always) mutating func endCandle(_ symbol: Int, _ close: Price) {
        markets[symbol].endCandle(close)
    }

    /// The recorded market is over: what waits fills at the last close, what rests is cancelled.
    /// From here on market orders fill at the last close.
    public mutating func endOfData(
        symbol: Int, at now: Instant, into events: inout [VenueEvent]
    ) {
        markets[symbol].phase = .ended
        markets[symbol].book = nil
        fillWaiting(symbol, now, &events)
        let left = markets[symbol].resting
        markets[symbol].resting = []
        for order in left {
            guard let account = accountIndex[order.keyID] else { continue }
            end(order, account, .endOfData, &events)
        }
    }

    // MARK: - Parts

    private mutating func fillWaiting(
        _ symbol: Int, _ now: Instant, _ events: inout [VenueEvent]
    ) {
        guard !markets[symbol].waiting.isEmpty else { return }
        var waiting: [VenueOrder] = []
        swap(&waiting, &markets[symbol].waiting)
        waiting.withUnsafeBufferPointer { waiting in
            for place in waiting.indices {
                guard let account = accountIndex[waiting[place].keyID] else { continue }
                execute(waiting[place], account, now, &events)
            }
        }
        guard markets[symbol].waiting.isEmpty else { return }
        // The same memory serves the orders that wait next.
        waiting.removeAll(keepingCapacity: true)
        markets[symbol].waiting = waiting
    }

    /// A resting order that is touched fills whole, at its own price: it was there first.
    private mutating func fillResting(
        _ symbol: Int, low: Price, high: Price, _ now: Instant, _ events: inout [VenueEvent]
    ) {
        var index = 0
        while index < markets[symbol].resting.count {
            let order = markets[symbol].resting[index]
            guard let limit = order.limitPrice, let account = accountIndex[order.keyID],
                order.side == .buy ? low <= limit : high >= limit
            else {
                index += 1
                continue
            }
            markets[symbol].resting.remove(at: index)
            rest(order, account, limit, now, &events)
        }
    }

    private mutating func rest(
        _ resting: VenueOrder, _ account: Int, _ limit: Price, _ now: Instant,
        _ events: inout [VenueEvent]
    ) {
        var order = resting
        guard reduces(order, account) else {
            return end(order, account, .nothingToReduce, &events)
        }
        var quantity = order.remaining
        if order.reduceOnly {
            quantity = min(quantity, accounts[account].held(order.symbol)?.quantity ?? .zero)
            order.quantity = order.filled + quantity
        }
        guard canBook(order.quantity, at: limit, order.symbol, account) else {
            return end(order, account, .uncountable, &events)
        }
        guard canCarry(order, quantity, at: limit, account) else {
            return end(order, account, .margin, &events)
        }
        fill(&order, account, quantity, limit, isMaker: true, now, &events)
        finish(order, account)
    }
}
