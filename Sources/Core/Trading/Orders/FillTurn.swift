/// What the exchange reports, booked: fills, rejections, liquidations.
import Store

extension Trading {
    /// Takes the exchange's events in order; booking one may bring more.
    @inline(__always)
    func drainVenue() {
        if venue.hasNews { takeVenueEvents() }
    }

    private func takeVenueEvents() {
        while venue.hasNews {
            var events: [VenueEvent] = []
            venue.exchangeNews(&events)
            events.withUnsafeBufferPointer { events in
                for place in events.indices {
                    if venue.isOnPerfectLine { book(events[place]) } else { relay(events[place]) }
                }
            }
            venue.reuse(&events)
        }
    }

    func book(_ event: VenueEvent) {
        switch event {
        case .accepted(let key, let clientID):
            change(key, clientID) { bot, index in
                bot.orders[index].status = .open
                if journal.keepsState { journal.note(bot.orders[index]) }
            }
        case .rejected(let key, let clientID, let reason):
            change(key, clientID) { bot, index in
                countRefusal(bot, index, reason.word)
                finish(bot, index, .rejected, reason.headline)
            }
        case .cancelled(let key, let clientID, _, let reason):
            change(key, clientID) { bot, index in cancelled(bot, index, reason) }
        case .filled(let fill):
            change(fill.keyID, fill.clientOrderID) { bot, index in filled(bot, index, fill) }
            journal.touch(account: fill.keyID)
        case .known(let order): known(order)
        case .liquidated(let fill): liquidated(fill)
        case .funding(let funding):
            bookFunding(funding.keyID, funding.symbol, funding.amount)
            journal.touch(account: funding.keyID)
        }
    }

    private func countRefusal(_ bot: BotMachine, _ index: Int, _ word: String) {
        if bot.orders[index].purpose == .entry { bot.refusals[word, default: 0] += 1 }
    }

    private func change(
        _ key: ID<APIKey>, _ clientID: String, _ body: (BotMachine, Int) -> Void
    ) {
        guard let bot = machine(key: key) else { return }
        for index in bot.orders.indices where bot.orders[index].clientOrderID == clientID {
            return working(on: bot) { body(bot, index) }
        }
    }

    private func cancelled(_ bot: BotMachine, _ index: Int, _ reason: VenueCancellation) {
        countRefusal(bot, index, word(reason, bot))
        // In Error first: nothing is tried again then.
        if reason == .uncountable {
            fail(bot, "\(bot.orders[index].symbol): \(reason.words)")
        }
        // Nothing of it can ever be done: whoever waits for a close hears why.
        let isRefused = reason == .uncountable && bot.orders[index].filled.isZero
        finish(bot, index, isRefused ? .rejected : .cancelled, reason.words)
    }

    /// What has withdrawn an entry that a world of its own withdrew: a pause, or that no price
    /// follows.
    private func word(_ reason: VenueCancellation, _ bot: BotMachine) -> String {
        guard reason == .requested else { return reason.word }
        return bot.record.isPaused ? "paused" : VenueCancellation.endOfData.word
    }

    private func filled(_ bot: BotMachine, _ index: Int, _ execution: VenueFill) {
        let position = bot.orders[index].positionID ?? counters.nextPosition()
        let contract = markets[execution.symbol].contract
        bot.orders[index].book(execution, position, contract, at: now)
        let order =
            bot.orders[index].status == .filled
            ? bot.orders.remove(at: index) : bot.orders[index]
        let fill = Fill(
            id: counters.nextFill(), orderID: order.id, botID: bot.id, positionID: position,
            symbol: order.symbol, side: order.side, quantity: execution.quantity,
            price: execution.price, fee: execution.fee, isMaker: execution.isMaker, at: now)
        book(fill, order, bot)
        journal.note(consume order)
    }

    /// - Parameter value: of a closing fill, where it is a part of a larger one.
    private func book(
        _ new: consuming Fill, _ order: Order, _ bot: BotMachine, value: Money? = nil
    ) {
        var fill = new
        // Told first: what follows from a fill, as a pause, comes after it in the feed.
        if journal.scope.contains(.activity) { journal.add(activity(fill, order, bot)) }
        if order.purpose == .entry {
            open(fill, order, bot)
        } else {
            fill.realised = shrink(fill, order.decisionPrice, bot, value)
        }
        if journal.scope.contains(.orders) { journal.fills.append(fill) }
        if order.status == .filled, order.purpose == .entry { bot.forgetEntry(order.id) }
        if !isCatchingUp { checkLossLimits(bot) }
    }

    private func activity(_ fill: Fill, _ order: Order, _ bot: BotMachine) -> Activity {
        let why = order.purpose == .entry ? "" : "  \(order.reason)"
        let instrument = symbol(fill.symbol, of: bot).map { markets[$0].instrument }
        let size = instrument?.text(fill.quantity) ?? fill.quantity.description
        let price = instrument?.text(fill.price) ?? fill.price.description
        return Activity(
            botID: fill.botID, at: now, kind: .order, what: "filled",
            detail: "\(fill.side.rawValue.uppercased()) \(size) \(fill.symbol) "
                + "@ \(price)  fee \(fill.fee.text(decimals: 2))\(why)")
    }

    private func open(_ fill: Fill, _ order: Order, _ bot: BotMachine) {
        guard let traded = bot.traded(named: order.symbol) else { return }
        let symbol = traded.symbol
        if let index = bot.heldIndex(fill.positionID) {
            bot.held[index].position.grow(by: fill, bot.held[index].contract)
        } else {
            let known = bot.entryContexts.first { $0.order == order.id }?.context
            let context = known ?? traded.entryContext(bot)
            let position = Position(
                opening: order, with: fill, context: context, id: fill.positionID)
            bot.held.append(
                BookedPosition(
                    position: position, symbol: symbol, contract: traded.instrument.contract))
        }
        guard let index = bot.heldIndex(fill.positionID) else { return }
        refreshExchangeFacts(bot, symbol)
        bot.held[index].levels = traded.strategy.levels(for: bot.held[index].position.track)
        journal.touch(position: fill.positionID)
    }

    /// Margin and liquidation price are the exchange's to say.
    func refreshExchangeFacts(_ bot: BotMachine, _ symbol: Int) {
        guard let place = account(of: bot),
            let liquidationPrice = venue.paper.liquidationPrice(at: place, symbol)
        else { return }
        for index in bot.held.indices where bot.held[index].symbol == symbol {
            let position = bot.held[index].position
            bot.held[index].position.liquidationPrice = liquidationPrice
            bot.held[index].position.margin = bot.held[index].contract
                .value(of: position.quantity, at: position.entryPrice)
                .divided(by: Int64(max(position.leverage, 1)))
        }
    }

    /// Books a closing fill and returns the gross profit that it realised.
    private func shrink(
        _ fill: Fill, _ decision: Price, _ bot: BotMachine, _ value: Money?
    ) -> Money {
        guard let index = bot.heldIndex(fill.positionID) else { return .zero }
        bot.held[index].position.see(fill.price)
        let contract = bot.held[index].contract
        let gross = bot.held[index].position.shrink(by: fill, contract, value: value)
        guard bot.held[index].position.quantity.isZero else {
            journal.touch(position: fill.positionID)
            bot.held[index].rejections = 0
            return gross
        }
        let held = bot.held.remove(at: index)
        if journal.scope.contains(.state) {
            journal.positions.remove(fill.positionID)
            journal.closedPositions.insert(fill.positionID)
        }
        if !bot.flaws.broken.isEmpty { bot.flaws.broken[fill.positionID] = nil }
        bot.traded(held.symbol)?.exited()
        let trade = trade(of: held, at: fill.price, decision, bot)
        if journal.scope.contains(.trades) { journal.trades.append(trade) }
        countStreak(bot, trade)
        return gross
    }

    /// What the exchange has closed is closed: where the books could not take what its row makes
    /// of it, that part is left out and the bot stops.
    private func trade(
        of held: BookedPosition, at last: Price, _ decision: Price, _ bot: BotMachine
    ) -> Trade {
        func trade(_ position: Position) -> Trade {
            Trade(
                closing: position, held.contract, in: markets[held.symbol].settlement, at: now,
                last: last, decisionPrice: decision)
        }
        let known = trade(held.position)
        guard let flaw = known.flaw, isOn(.soundTrades) else { return known }
        tell(bot, of: held.position, flaw)
        return trade(held.position.withoutFlaws(held.contract, at: now, last: last))
    }

    /// The exchange has closed everything that an account held in a symbol.
    private func liquidated(_ event: VenueFill) {
        journal.touch(account: event.keyID)
        guard let bot = machine(key: event.keyID) else { return }
        let ids = bot.held.filter { $0.symbol == event.symbol }.map(\.position)
        let contract = markets[event.symbol].contract
        var fee = event.fee
        let total = ids.reduce(Quantity.zero) { $0 + $1.quantity }.raw
        var before = Quantity.zero
        for (place, position) in ids.enumerated() {
            let part = multiplyDivide(event.fee.raw, position.quantity.raw, total, .towardZero)
            let share = place == ids.count - 1 ? fee : Money(raw: part)
            fee -= share
            // Its part of the value: the parts make the whole, to the last digit.
            let after = before + position.quantity
            let value =
                contract.value(of: after, at: event.price)
                - contract.value(of: before, at: event.price)
            before = after
            bookLiquidation(bot, position, event, share, value)
        }
        let instrument = markets[event.symbol].instrument
        alert(
            bot, "liquidation", "liquidation",
            "\(instrument.symbol) liquidated at \(instrument.text(event.price))",
            severity: .critical)
    }

    private func bookLiquidation(
        _ bot: BotMachine, _ position: Position, _ event: VenueFill, _ fee: Money, _ value: Money
    ) {
        for order in bot.orders where order.positionID == position.id {
            if let index = bot.orders.firstIndex(where: { $0.id == order.id }) {
                finish(bot, index, .cancelled, "the exchange liquidated the position first")
            }
        }
        guard let held = bot.heldIndex(position.id) else { return }
        bot.held[held].position.exitReason = "liquidation"
        bot.record.orderSequence += 1
        var order = Order(
            id: counters.nextOrder(), botID: bot.id, keyID: event.keyID,
            clientOrderID: settings.generation + "liq" + String(counters.order, radix: 32),
            symbol: position.symbol, side: position.side.closing, quantity: position.quantity,
            reduceOnly: true, purpose: .limitClose, positionID: position.id,
            decisionPrice: event.price, leverage: position.leverage, reason: "liquidation",
            createdAt: now, deadline: now, epoch: settings.epoch)
        order.status = .filled
        order.filled = position.quantity
        order.averagePrice = event.price
        order.doneAt = now
        journal.note(order)
        let fill = Fill(
            id: counters.nextFill(), orderID: order.id, botID: bot.id, positionID: position.id,
            symbol: position.symbol, side: order.side, quantity: position.quantity,
            price: event.price, fee: fee, at: now)
        book(fill, order, bot, value: value)
    }
}

extension Trading {
    /// The exchange knew this order already: a restart sent it again. Takes over what it became.
    private func known(_ order: VenueOrder) {
        change(order.keyID, order.clientOrderID) { bot, index in
            guard order.status != .open else {
                bot.orders[index].status = .open
                return journal.note(bot.orders[index])
            }
            finish(bot, index, order.status, order.reason ?? "the exchange had it already")
        }
    }
}

extension VenueCancellation {
    /// In words, for the feed.
    var words: String {
        switch self {
        case .requested: "cancelled on request"
        case .slippage: "the next price lay beyond the maximum slippage"
        case .bookExhausted: "the book had no more levels"
        case .nothingToReduce: "nothing was left to reduce"
        case .liquidation: "the exchange liquidated the position first"
        case .endOfData: "the recorded market has ended"
        case .margin: "at the next price the free margin was not enough"
        case .uncountable: "the exchange cannot count what it would come to"
        }
    }
}
