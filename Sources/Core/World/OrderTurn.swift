/// Orders on their way: intent first, then delivery, retry, or the deadline.
import Store

/// What the caller knows of an order before it has an id.
struct OrderDraft {
    let symbol: Int
    let side: OrderSide
    let quantity: Quantity
    let reduceOnly: Bool
    let purpose: OrderPurpose
    let decisionPrice: Price
    var leverage = 1
    var reason: String
    var positionID: ID<Position>?
    var commandID: ID<CommandRecord>?
    var touch: Price?
}

extension World {
    /// Writes the intent down and sends it on its way. **Source** TRUST D4, D5.
    @discardableResult
    func submit(_ draft: OrderDraft, for bot: BotMachine) -> ID<Order> {
        let id = counters.nextOrder()
        bot.record.orderSequence += 1
        journal.touch(bot: bot.id)
        let order = Order(
            id: id, botID: bot.id, keyID: bot.record.keyID ?? ID(0),
            clientOrderID: clientOrderID(bot), symbol: markets[draft.symbol].instrument.symbol,
            side: draft.side, quantity: draft.quantity, reduceOnly: draft.reduceOnly,
            purpose: draft.purpose, positionID: draft.positionID, commandID: draft.commandID,
            decisionPrice: draft.decisionPrice, touchPrice: draft.touch, leverage: draft.leverage,
            reason: draft.reason, createdAt: now,
            deadline: now + (draft.purpose == .entry ? .seconds(10) : .minutes(1)),
            epoch: settings.epoch)
        bot.orders.append(order)
        journal.note(order)
        if markets[draft.symbol].recorded != nil {
            deliver(id, of: bot)
        } else {
            timeline.schedule(.deliver(id), at: now + settings.latency)
        }
        return id
    }

    /// Base 32 of generation, bot and sequence: sending twice is the same order.
    private func clientOrderID(_ bot: BotMachine) -> String {
        guard journal.scope.contains(.state) else { return String(counters.order, radix: 32) }
        return settings.generation + base32(bot.id.number, 4) + base32(bot.record.orderSequence, 8)
    }

    private func base32(_ value: Int64, _ width: Int) -> String {
        let digits = String(value, radix: 32)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    func deliver(_ id: ID<Order>) {
        guard let bot = bots.first(where: { $0.orders.contains { $0.id == id } }) else { return }
        deliver(id, of: bot)
    }

    private func deliver(_ id: ID<Order>, of bot: BotMachine) {
        guard let index = bot.orders.firstIndex(where: { $0.id == id }),
            bot.orders[index].status == .intent, let symbol = symbol(bot.orders[index].symbol)
        else { return }
        let order = bot.orders[index]
        if order.purpose == .entry, let blocker = bot.entryBlocker {
            return finish(bot, index, .notSent, "\(blocker) before it was sent")
        }
        if now > order.deadline, order.purpose == .entry {
            return finish(bot, index, .notSent, "its deadline passed before the exchange answered")
        }
        // Limits may have changed since the order was approved.
        if let denial = RiskGate.denial(of: order, bot, markets[symbol].instrument) {
            return finish(bot, index, .notSent, denial.words)
        }
        if let failure = weather?.answer(at: now) {
            countAPIError(bot, failure)
            return timeline.schedule(.deliver(id), at: now + .seconds(2))
        }
        let passage = passes(id, order)
        switch passage {
        case .lost: return timeline.schedule(.deliver(id), at: now + .seconds(2))
        case .late(let span): return timeline.schedule(.deliver(id), at: now + span)
        case .straight, .twice, .unanswered: break
        }
        acknowledge(bot)
        if weather?.rejectsOrder() == true {
            traceFault("order rejected")
            return finish(bot, index, .rejected, "the exchange is too busy")
        }
        let slippage = order.purpose == .entry ? bot.limits.maxSlippage : nil
        venue.place(order, symbol: symbol, maxSlippage: slippage, at: now, into: &venueEvents)
        if passage == .twice {
            venue.place(order, symbol: symbol, maxSlippage: slippage, at: now, into: &venueEvents)
        }
        if passage == .unanswered { timeline.schedule(.deliver(id), at: now + .seconds(2)) }
        drainVenue()
    }

    /// The exchange has answered this bot.
    func acknowledge(_ bot: BotMachine) {
        bot.record.exchangeAckAt = now
        journal.touch(bot: bot.id)
    }

    /// Ends an order that filled nothing more.
    func finish(_ bot: BotMachine, _ index: Int, _ status: OrderStatus, _ reason: String?) {
        var order = bot.orders.remove(at: index)
        order.status = status
        order.doneAt = now
        order.rejectReason = reason
        journal.note(order)
        entryContexts[order.id] = nil
        if order.purpose != .entry, status != .filled { retryClose(bot, order) }
        guard let reason, journal.scope.contains(.activity) else { return }
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .order, what: status.title,
                detail: "\(order.side.rawValue) \(order.quantity) \(order.symbol): \(reason)",
                severity: status == .rejected ? .warning : .info))
    }

    /// A close that did not fill whole leaves its position free to be closed again.
    private func retryClose(_ bot: BotMachine, _ order: Order) {
        guard let id = order.positionID, let index = bot.heldIndex(id) else { return }
        bot.held[index].position.exitReason = nil
        journal.touch(position: id)
        // A person's close is pushed again by its halt.
        guard order.status == .cancelled, order.purpose != .personClose else { return }
        timeline.schedule(
            .closeAgain(bot.id, id, order.purpose, order.reason), at: now + .seconds(2))
    }

    /// The book was too thin for all of it: the rest follows, whatever the price does meanwhile.
    func closeAgain(
        _ id: ID<Position>, of bot: ID<Bot>, _ purpose: OrderPurpose, _ reason: String
    ) {
        guard let bot = machine(bot) else { return }
        close(id, of: bot, purpose: purpose, reason: reason, touch: nil, decision: nil)
    }

    /// Closes one position at market, reduce-only. Does nothing while a close is under way.
    func close(
        _ id: ID<Position>, of bot: BotMachine, purpose: OrderPurpose, reason: String,
        touch: Price?, decision: Price?, command: ID<CommandRecord>? = nil
    ) {
        guard let index = bot.heldIndex(id), bot.held[index].position.exitReason == nil else {
            return
        }
        bot.held[index].position.exitReason = reason
        journal.touch(position: id)
        let position = bot.held[index].position
        let symbol = bot.held[index].symbol
        if reason == Self.lossPerTrade { tellLoss(bot, position, at: decision) }
        submit(
            OrderDraft(
                symbol: symbol, side: position.side.closing, quantity: position.quantity,
                reduceOnly: true, purpose: purpose,
                decisionPrice: decision ?? markets[symbol].lastPrice ?? position.entryPrice,
                leverage: position.leverage, reason: reason, positionID: id, commandID: command,
                touch: touch), for: bot)
    }
}

extension OrderStatus {
    /// `not sent`.
    var title: String { self == .notSent ? "not sent" : rawValue }
}
