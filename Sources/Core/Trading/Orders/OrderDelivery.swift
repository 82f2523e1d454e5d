/// Orders on their way: intent first, then delivery, retry while nobody answers, and the end; and
/// closes, which go out again for what they did not fill.
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

extension Trading {
    /// Writes the intent down and sends it on its way.
    /// **Source** <doc:SafetyRules#Intent-before-sending>.
    @discardableResult
    func submit(_ draft: OrderDraft, for bot: BotMachine) -> ID<Order> {
        let id = counters.nextOrder()
        bot.record.orderSequence += 1
        journal.touch(bot: bot.id)
        let order = Order(
            id: id, botID: bot.id, keyID: bot.record.keyID ?? ID(0),
            clientOrderID: clientOrderID(bot), symbol: markets[draft.symbol].instrument.symbol,
            side: draft.side, quantity: draft.quantity,
            reduceOnly: draft.reduceOnly && isOn(.reduceOnly),
            purpose: draft.purpose, positionID: draft.positionID, commandID: draft.commandID,
            decisionPrice: draft.decisionPrice, touchPrice: draft.touch, leverage: draft.leverage,
            reason: draft.reason, createdAt: now,
            deadline: now + (draft.purpose == .entry ? Deadlines.entry : Deadlines.exit),
            epoch: settings.epoch)
        if journal.keepsState { journal.note(order) }
        bot.orders.append(order)
        if let file = recorded[draft.symbol] {
            if file.isOverdue(at: now) { venue.paper.endPrint(draft.symbol) }
            deliver(order, of: bot, draft.symbol)
        } else {
            schedule(.deliver(id), at: now + settings.latency)
        }
        return id
    }

    /// Base 32 of generation, bot and sequence: sending twice is the same order.
    private func clientOrderID(_ bot: BotMachine) -> String {
        guard journal.scope.contains(.state) else { return base32(counters.order, 8) }
        return settings.generation + base32(bot.id.number, 4) + base32(bot.record.orderSequence, 8)
    }

    /// At least `width` digits of five bits each, `0` to `v`.
    private func base32(_ value: Int64, _ width: Int) -> String {
        let needed = (68 - value.leadingZeroBitCount) / 5
        let count = max(width, needed)
        return String(unsafeUninitializedCapacity: count) { text in
            for place in 0..<count {
                let digit = UInt8(truncatingIfNeeded: value >> Int64(5 * (count - 1 - place))) & 31
                text[place] = digit < 10 ? 0x30 + digit : 0x57 + digit
            }
            return count
        }
    }

    func deliver(_ id: ID<Order>) {
        guard let bot = bots.first(where: { $0.orders.contains { $0.id == id } }),
            let order = bot.orders.first(where: { $0.id == id }),
            let symbol = symbol(order.symbol, of: bot)
        else { return }
        working(on: bot) { deliver(order, of: bot, symbol) }
    }

    private func deliver(_ order: Order, of bot: BotMachine, _ symbol: Int) {
        guard order.status == .intent else { return }
        let isEntry = order.purpose == .entry
        if isEntry, isOn(.secondLook), let reason = whyNotSent(order, bot, symbol) {
            return dropUnsent(order, bot, reason)
        }
        if let failure = venue.weather?.answer(at: now) {
            countAPIError(bot, failure)
            return schedule(.deliver(order.id), at: now + Deadlines.retry)
        }
        let passage = venue.isOnPerfectLine ? .straight : passage()
        switch passage {
        case .lost: return schedule(.deliver(order.id), at: now + Deadlines.retry)
        case .late(let span): return schedule(.deliver(order.id), at: now + span)
        case .straight, .twice, .unanswered: break
        }
        acknowledge(bot)
        if venue.weather != nil, !isKnown(order), venue.weather?.rejectsOrder() == true {
            traceFault("order rejected")
            return finish(order.id, of: bot, .rejected, Self.tooBusy)
        }
        let slippage = isEntry && isOn(.slippage) ? bot.limits.maxSlippage : nil
        venue.place(order, symbol: symbol, maxSlippage: slippage, at: now)
        if passage == .twice {
            var again = order
            if !isOn(.sameOrderSameID) { again.clientOrderID += "again" }
            venue.place(again, symbol: symbol, maxSlippage: slippage, at: now)
        }
        if passage == .unanswered {
            schedule(.deliver(order.id), at: now + Deadlines.retry)
        }
        drainVenue()
    }

    /// Whether the exchange has had an order already: it tells what became of it, not that it is
    /// too busy.
    private func isKnown(_ order: Order) -> Bool {
        venue.paper.order(order.clientOrderID, key: order.keyID) != nil
    }

    /// An order that was sent, but not answered, is withdrawn: what became of it is heard.
    private func dropUnsent(_ order: Order, _ bot: BotMachine, _ reason: String) {
        guard isKnown(order) else { return finish(order.id, of: bot, .notSent, reason) }
        venue.cancel(order.clientOrderID, key: order.keyID, at: now)
        drainVenue()
    }

    /// What stands against an entry at the last moment; nil when nothing does.
    private func whyNotSent(_ order: Order, _ bot: BotMachine, _ symbol: Int) -> String? {
        if let blocker = entryBlocker(bot) {
            return "\(blocker) before it was sent"
        }
        if now > order.deadline { return "its deadline passed before the exchange answered" }
        // Limits may have changed since the order was approved.
        return RiskGate.denial(
            of: order, bot, markets[symbol].instrument, without: disarmed)?.words
    }

    /// The exchange has answered this bot.
    func acknowledge(_ bot: BotMachine) {
        bot.record.exchangeAckAt = now
        journal.touch(bot: bot.id)
    }

    private func finish(
        _ id: ID<Order>, of bot: BotMachine, _ status: OrderStatus, _ reason: String
    ) {
        guard let index = bot.orders.firstIndex(where: { $0.id == id }) else { return }
        finish(bot, index, status, reason)
    }

    /// Ends an order that filled nothing more.
    func finish(_ bot: BotMachine, _ index: Int, _ status: OrderStatus, _ reason: String?) {
        var order = bot.orders.remove(at: index)
        order.status = status
        order.doneAt = now
        order.rejectReason = reason
        journal.note(order)
        bot.forgetEntry(order.id)
        if order.purpose != .entry, status != .filled { retryClose(bot, order) }
        if order.purpose != .entry, status == .rejected { countRejection(bot, order) }
        guard let reason, journal.scope.contains(.activity) else { return }
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .order, what: status.title,
                detail: "\(order.side.rawValue) \(order.quantity) \(order.symbol): \(reason)",
                severity: status == .rejected ? .warning : .info))
    }

    static let tooBusy = "the exchange is too busy"
}

/// Closing a position: one order at market, and another for what it did not fill.
extension Trading {
    /// Closes one position at market, reduce-only. Does nothing while a close is under way.
    func close(
        _ id: ID<Position>, of bot: BotMachine, purpose: OrderPurpose, reason: String,
        touch: Price?, decision: Price?, command: ID<CommandRecord>? = nil
    ) {
        guard let index = bot.heldIndex(id), bot.held[index].position.exitReason == nil else {
            return
        }
        let held = bot.held[index]
        held.position.exitReason = reason
        let price = held.decided(decision ?? venue.paper.mark(held.symbol))
        journal.touch(position: id)
        if reason == Self.lossPerTrade { tellLoss(bot, held, at: decision) }
        submit(
            OrderDraft(
                symbol: held.symbol, side: held.position.side.closing,
                quantity: held.position.quantity, reduceOnly: true, purpose: purpose,
                decisionPrice: price,
                leverage: held.position.leverage, reason: reason, positionID: id,
                commandID: command, touch: touch), for: bot)
    }

    /// A close that did not fill whole leaves its position free to be closed again.
    func retryClose(_ bot: BotMachine, _ order: Order) {
        guard isOn(.closeAgain), let id = order.positionID, let index = bot.heldIndex(id) else {
            return
        }
        bot.held[index].position.exitReason = nil
        journal.touch(position: id)
        // A person's close is pushed again by its halt.
        guard order.status == .cancelled || order.rejectReason == Self.tooBusy,
            order.purpose != .personClose, bot.record.phase != .error
        else { return }
        schedule(
            .closeAgain(bot.id, id, order.purpose, order.reason), at: now + Deadlines.retry)
    }

    /// The book was too thin for all of it, or the exchange too busy: what is left follows,
    /// whatever the price does meanwhile.
    func closeAgain(
        _ id: ID<Position>, of bot: ID<Bot>, _ purpose: OrderPurpose, _ reason: String
    ) {
        guard let bot = machine(bot) else { return }
        close(id, of: bot, purpose: purpose, reason: reason, touch: nil, decision: nil)
    }
}

extension OrderStatus {
    /// `not sent`.
    var title: String { self == .notSent ? "not sent" : rawValue }
}
