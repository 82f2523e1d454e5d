/// Start-up is crash recovery: books, orders and closes go on from where a kill has left them.
import Store

extension Trading {
    /// Start-up is crash recovery: compare every book with the exchange before anything trades.
    func reconcileAtStart() {
        for bot in bots {
            if bot.isReachable { bot.record.heartbeatAt = now }
            bot.record.evaluatingSince = now
            resendIntents(bot)
            finishCloses(bot)
            reconcileBeforeTrading(bot)
            if let until = bot.record.resumeAt { schedule(.cooldown(bot.id), at: until) }
            let today = now.floored(to: .days(1))
            if let day = bot.record.dayStart, day < today { beginDay(bot) }
            // What was liquidated while no engine ran is a loss that no price will tell of.
            checkLossLimits(bot)
        }
    }

    /// A close that the book took in parts goes on: the rest of it was due when the engine died.
    private func finishCloses(_ bot: BotMachine) {
        guard bot.runsExitRules else { return }
        for position in bot.positions
        where position.quantity < position.openedQuantity && position.exitReason == nil
            && !bot.orders.contains(where: { $0.positionID == position.id })
        {
            schedule(
                .closeAgain(bot.id, position.id, .exit, "interrupted close"), at: now)
        }
    }

    /// Orders that were committed but never answered are sent again: the same id is the same order.
    private func resendIntents(_ bot: BotMachine) {
        for order in bot.orders where order.status == .intent {
            schedule(.deliver(order.id), at: now)
        }
    }
}
