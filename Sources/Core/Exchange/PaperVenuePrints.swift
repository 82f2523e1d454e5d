/// What prices do at the simulated exchange: fills of resting orders, liquidation, funding.
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

    /// One funding payment of every position, on its notional at the mark: longs pay a positive
    /// rate to shorts. Ascending by key.
    public mutating func settleFunding(
        symbol: Int, rate: Rate, at now: Instant, into events: inout [VenueEvent]
    ) {
        guard let mark = markets[symbol].mark, !rate.isZero else { return }
        for account in markets[symbol].holders {
            guard let held = accounts[account].held(symbol),
                canBook(.zero, at: mark, symbol, account)
            else { continue }
            let amount = held.quantity.value(at: mark).times(rate) * held.side.sign
            accounts[account].pay(funding: amount)
            events.append(
                .funding(
                    VenueFunding(
                        keyID: accounts[account].money.keyID, symbol: symbol, rate: rate,
                        amount: amount, at: now)))
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

    /// Closes positions whose liquidation price lies in the stretch, at that price, ascending by
    /// key. The fee is the maintenance margin: the isolated margin is lost, never more.
    private mutating func liquidate(
        _ symbol: Int, low: Price, high: Price, _ now: Instant, _ events: inout [VenueEvent]
    ) {
        refreshEdges(symbol)
        let longs = markets[symbol].longEdge.map { low <= $0 } ?? false
        let shorts = markets[symbol].shortEdge.map { high >= $0 } ?? false
        guard longs || shorts else { return }
        for account in markets[symbol].holders {
            guard let held = accounts[account].held(symbol),
                held.isLiquidated(at: held.side == .long ? low : high),
                canBook(.zero, at: held.liquidationPrice, symbol, account)
            else { continue }
            liquidate(at: account, symbol, now, &events)
        }
        refreshEdges(symbol)
    }

    /// Closes what an account holds in a symbol at its liquidation price.
    mutating func liquidate(
        at account: Int, _ symbol: Int, _ now: Instant, _ events: inout [VenueEvent]
    ) {
        guard let held = accounts[account].held(symbol) else { return }
        cancelAll(accounts[account].money.keyID, symbol, .liquidation, &events)
        let upkeep = held.quantity.value(at: held.liquidationPrice)
            .times(instrument(symbol).maintenanceMargin)
        let fill = book(
            account, symbol, held.side.closing, held.quantity, held.liquidationPrice,
            leverage: held.leverage, fee: upkeep, isMaker: false,
            id: "liquidation-\(nextFill)", now)
        events.append(.liquidated(fill))
    }

    /// Keeps the list of holders after a position may have come or gone.
    mutating func noteHolding(_ account: Int, _ symbol: Int) {
        markets[symbol].edgesAreStale = true
        let key = accounts[account].money.keyID
        let holds = accounts[account].slot(symbol) != nil
        let place = firstHolder(symbol, notBelow: key)
        let listed =
            place < markets[symbol].holders.count
            && markets[symbol].holders[place] == account
        if holds, !listed { markets[symbol].holders.insert(account, at: place) }
        if !holds, listed { markets[symbol].holders.remove(at: place) }
    }

    private func firstHolder(_ symbol: Int, notBelow key: ID<APIKey>) -> Int {
        var low = 0
        var high = markets[symbol].holders.count
        while low < high {
            let middle = (low + high) / 2
            if accounts[markets[symbol].holders[middle]].money.keyID < key {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    private mutating func refreshEdges(_ symbol: Int) {
        guard markets[symbol].edgesAreStale else { return }
        var longEdge: Price?
        var shortEdge: Price?
        for account in markets[symbol].holders {
            guard let held = accounts[account].held(symbol) else { continue }
            switch held.side {
            case .long: longEdge = max(longEdge ?? held.liquidationPrice, held.liquidationPrice)
            case .short:
                shortEdge = min(shortEdge ?? held.liquidationPrice, held.liquidationPrice)
            }
        }
        markets[symbol].longEdge = longEdge
        markets[symbol].shortEdge = shortEdge
        markets[symbol].edgesAreStale = false
    }
}
