/// How the simulated exchange takes, checks, matches and cancels orders.
import Store

extension PaperVenue {
    /// Takes an order. The same client order id again gives ``VenueEvent/known(_:)`` alone.
    ///
    /// A market order walks the book of a seeded market; without a book it fills whole at the last
    /// print; between prints it waits for the next one; with a `touchPrice` it fills there at once;
    /// after the recorded data ended it fills at the last close. A limit order takes what crosses
    /// and rests with the remainder. `maxSlippage` (entries): no fill beyond the decision price by
    /// more than this; the remainder is cancelled.
    @inline(__always)
    public mutating func place(
        _ order: Order, symbol: Int, maxSlippage: Rate?, at now: Instant,
        into events: inout [VenueEvent]
    ) {
        place(
            VenueOrder(order, symbol: symbol, maxSlippage: maxSlippage), touch: order.touchPrice,
            now, &events)
    }

    private mutating func place(
        _ incoming: consuming VenueOrder, touch: Price?, _ now: Instant,
        _ events: inout [VenueEvent]
    ) {
        let key = incoming.keyID
        let id = incoming.clientOrderID
        let symbol = incoming.symbol
        guard let account = accountIndex[key] else {
            return events.append(
                .rejected(keyID: key, clientOrderID: id, reason: .unknownAccount))
        }
        if let known = self.order(id, key: key) { return events.append(.known(known)) }
        incoming.status = .open
        incoming.sequence = nextSequence
        nextSequence += 1
        if let reason = rejection(of: incoming, account) {
            incoming.status = .rejected
            incoming.reason = reason.headline
            if remembersEnded { accounts[account].finished[id] = incoming }
            return events.append(.rejected(keyID: key, clientOrderID: id, reason: reason))
        }
        events.append(.accepted(keyID: key, clientOrderID: id))
        accounts[account].openOrders += 1
        clip(&incoming, account)
        if let touch {
            guard canBook(incoming.remaining, at: touch, symbol, account) else {
                return end(incoming, account, .uncountable, &events)
            }
            fill(&incoming, account, incoming.remaining, touch, isMaker: false, now, &events)
            finish(incoming, account)
        } else if markets[symbol].phase == .printing || markets[symbol].phase == .ended {
            execute(incoming, account, now, &events)
        } else {
            markets[symbol].waiting.append(incoming)
        }
    }

    /// Cancels one order. An order that is over comes back as ``VenueEvent/known(_:)``.
    public mutating func cancel(
        _ clientOrderID: String, key: ID<APIKey>, at now: Instant,
        into events: inout [VenueEvent]
    ) {
        guard let known = order(clientOrderID, key: key), let account = accountIndex[key] else {
            return events.append(
                .rejected(
                    keyID: key, clientOrderID: clientOrderID, reason: .unknownOrder))
        }
        guard known.status.isOpen,
            let order = markets[known.symbol].remove(clientOrderID, of: key)
        else { return events.append(.known(known)) }
        end(order, account, .requested, &events)
    }

    /// Cancels every open order of an account, or those of one symbol, in order of arrival.
    public mutating func cancelAll(
        key: ID<APIKey>, symbol: Int?, at now: Instant, into events: inout [VenueEvent]
    ) {
        cancelAll(key, symbol, .requested, &events)
    }

    mutating func cancelAll(
        _ key: ID<APIKey>, _ symbol: Int?, _ reason: VenueCancellation,
        _ events: inout [VenueEvent]
    ) {
        guard let account = accountIndex[key] else { return }
        for open in openOrders(key) where symbol == nil || open.symbol == symbol {
            guard let order = markets[open.symbol].remove(open.clientOrderID, of: key) else {
                continue
            }
            end(order, account, reason, &events)
        }
    }

    // MARK: - Checks

    private func rejection(of order: VenueOrder, _ account: Int) -> VenueRejection? {
        let instrument = instrument(order.symbol)
        let held = accounts[account].held(order.symbol)
        if let price = order.limitPrice, !price.isPositive || price.raw % instrument.tick.raw != 0 {
            return .priceOffTick(tick: instrument.tick)
        }
        guard order.quantity.isPositive else { return .quantityOffLot(lot: instrument.lot) }
        if order.reduceOnly {
            guard let held, held.side.closing == order.side else { return .nothingToReduce }
            // Whatever is left of a position may be closed, however small, and whatever the
            // contract has become since: that asks for no size and no leverage.
            return nil
        }
        guard order.leverage >= 1, order.leverage <= instrument.maxLeverage else {
            return .leverageOutOfRange(maximum: instrument.maxLeverage)
        }
        guard order.quantity.raw % instrument.lot.raw == 0 else {
            return .quantityOffLot(lot: instrument.lot)
        }
        guard order.quantity >= instrument.minimumQuantity else {
            return .quantityTooSmall(minimum: instrument.minimumQuantity)
        }
        if instrument.minimumNotional.isPositive, isWorthTooLittle(order, instrument) {
            return .notionalTooSmall(minimum: instrument.minimumNotional)
        }
        return marginRejection(of: order, account)
    }

    private func isWorthTooLittle(_ order: VenueOrder, _ instrument: Instrument) -> Bool {
        let price = order.limitPrice ?? expectedPrice(order)
        return instrument.contract.value(of: order.quantity, at: price)
            < instrument.minimumNotional
    }

    /// A reduce-only order never holds more than the position.
    private func clip(_ order: inout VenueOrder, _ account: Int) {
        guard order.reduceOnly else { return }
        let held = accounts[account].held(order.symbol)?.quantity ?? .zero
        order.quantity = min(order.quantity, order.filled + held)
    }

    // MARK: - Matching

    /// Matches an order against the market as it stands; the remainder rests (limit) or ends.
    mutating func execute(
        _ placed: VenueOrder, _ account: Int, _ now: Instant, _ events: inout [VenueEvent]
    ) {
        var order = placed
        guard reduces(order, account) else {
            return end(order, account, .nothingToReduce, &events)
        }
        clip(&order, account)
        let isOver = markets[order.symbol].phase == .ended
        if let take = markets[order.symbol].take(order, order.remaining) {
            let price = bounded(take.price, order, account)
            guard canBook(order.quantity, at: price, order.symbol, account) else {
                return end(order, account, .uncountable, &events)
            }
            guard canCarry(order, take.quantity, at: price, account) else {
                return end(order, account, .margin, &events)
            }
            fill(&order, account, take.quantity, price, isMaker: false, now, &events)
        }
        guard order.remaining.isPositive else { return finish(order, account) }
        if order.kind == .limit, !isOver {
            markets[order.symbol].resting.append(order)
        } else {
            let reason: VenueCancellation =
                isOver && order.kind == .limit
                ? .endOfData : order.maxSlippage == nil ? .bookExhausted : .slippage
            end(order, account, reason, &events)
        }
    }

    /// A close costs no more than the isolated margin, however thin the book: the exchange takes
    /// the position over where that is used up.
    private func bounded(_ price: Price, _ order: VenueOrder, _ account: Int) -> Price {
        guard order.reduceOnly, let held = accounts[account].held(order.symbol) else {
            return price
        }
        let end = held.bankruptcyPrice(tick: instrument(order.symbol).tick)
        return held.side == .long ? max(price, end) : min(price, end)
    }

    /// Whether an order may still fill: reduce-only needs a position on the other side.
    func reduces(_ order: VenueOrder, _ account: Int) -> Bool {
        guard order.reduceOnly else { return true }
        return accounts[account].held(order.symbol)?.side.closing == order.side
    }

    /// Whether an account can count what it comes to when so much is traded at a price: it has
    /// moved less than that before, and moves by less than twice that now.
    func canBook(_ quantity: Quantity, at price: Price, _ symbol: Int, _ account: Int) -> Bool {
        guard refusesUncountable else { return true }
        let whole = quantity + (accounts[account].held(symbol)?.quantity ?? .zero)
        let money = accounts[account].money
        return contract(symbol).isCountable(whole, at: price, times: 2) && money.wallet.isCountable
            && money.realised.isCountable && money.fees.isCountable && money.funding.isCountable
    }

    /// Books one execution: position, wallet, fee, the order's totals.
    @inline(__always) mutating func fill(
        _ order: inout VenueOrder, _ account: Int, _ quantity: Quantity, _ price: Price,
        isMaker: Bool, _ now: Instant, _ events: inout [VenueEvent]
    ) {
        let instrument = instrument(order.symbol)
        let rate = isMaker ? instrument.makerFee : instrument.takerFee
        order.add(quantity, at: price, instrument.contract)
        let fill = book(
            account, order.symbol, order.side, quantity, price, leverage: order.leverage,
            fee: instrument.contract.value(of: quantity, at: price).times(rate), isMaker: isMaker,
            id: order.clientOrderID, now)
        events.append(.filled(fill))
    }

    mutating func book(
        _ account: Int, _ symbol: Int, _ side: OrderSide, _ quantity: Quantity, _ price: Price,
        leverage: Int, fee: Money, isMaker: Bool, id: String, _ now: Instant
    ) -> VenueFill {
        let realised = accounts[account].apply(
            symbol: symbol, side: side, quantity: quantity, price: price, leverage: leverage,
            instrument: instrument(symbol))
        accounts[account].pay(fee: fee)
        noteHolding(account, symbol)
        let fill = VenueFill(
            number: nextFill, keyID: accounts[account].money.keyID, clientOrderID: id,
            symbol: symbol, side: side, quantity: quantity, price: price, fee: fee,
            isMaker: isMaker, realised: realised, at: now)
        nextFill += 1
        return fill
    }

    /// Files an order that was filled whole.
    mutating func finish(_ order: VenueOrder, _ account: Int) {
        accounts[account].openOrders -= 1
        guard remembersEnded else { return }
        accounts[account].finished[order.clientOrderID] = order
    }

    /// Files an order that ends before it is filled whole.
    mutating func end(
        _ ended: VenueOrder, _ account: Int, _ reason: VenueCancellation,
        _ events: inout [VenueEvent]
    ) {
        var order = ended
        order.status = .cancelled
        order.reason = reason.rawValue
        finish(order, account)
        events.append(
            .cancelled(
                keyID: order.keyID, clientOrderID: order.clientOrderID, filled: order.filled,
                reason: reason))
    }
}
