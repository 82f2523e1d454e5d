/// Closing a position: one order at market, and another for what it did not fill.
import Store

extension World {
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
        let price = held.decided(decision ?? venue.mark(held.symbol))
        journal.touch(position: id)
        if reason == Self.lossPerTrade { tellLoss(bot, held.position, at: decision) }
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
        timeline.schedule(
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
