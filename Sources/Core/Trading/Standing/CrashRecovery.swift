/// Start-up is crash recovery: books, orders and closes go on from where a kill has left them.
import Store

extension Trading {
    /// Puts the simulated exchange back as it was saved, at the prices where the markets stand.
    /// - Parameters:
    ///   - orders: those that rest there, in the order in which they came.
    ///   - venues: where each key trades.
    ///   - repairs: what of the rows was put right, until its bot is told.
    func restoreVenue(
        accounts: [VenueAccount], positions: [VenuePosition], orders: [VenueOrder],
        venues: [ID<APIKey>: VenueName], nextFill: Int64, repairs: [ID<APIKey>: [String]]
    ) {
        self.repairs = repairs
        venue.paper.restore(
            accounts: accounts, positions: positions, orders: orders, venues: venues,
            nextFillNumber: nextFill)
        for (symbol, market) in markets.enumerated() {
            guard let price = market.lastPrice else { continue }
            venue.paper.resume(
                symbol: symbol, mark: price, book: market.book, phase: market.phase)
        }
    }

    /// Start-up is crash recovery: compare every book with the exchange before anything trades.
    func reconcileAtStart() {
        for bot in bots {
            if bot.isReachable { bot.record.heartbeatAt = now }
            bot.record.evaluatingSince = now
            tellRepairs(bot)
            freeLostCloses(bot)
            resendIntents(bot)
            finishCloses(bot)
            reconcileBeforeTrading(bot)
            askMissedExits(bot)
            if let until = bot.record.resumeAt { schedule(.cooldown(bot.id), at: until) }
            let today = now.floored(to: .days(1))
            if let day = bot.record.dayStart, day < today { beginDay(bot) }
            // What was liquidated while no engine ran is a loss that no price will tell of.
            checkLossLimits(bot)
        }
    }

    /// What the exchange goes on from is not what it had: a person looks at that bot first.
    private func tellRepairs(_ bot: BotMachine) {
        guard let key = bot.record.keyID, let words = repairs.removeValue(forKey: key) else {
            return
        }
        journal.touch(account: key)
        let text = words.joined(separator: ", ")
        if bot.record.phase != .error { return fail(bot, text) }
        alert(bot, "error", FailureWord.numbers, text, severity: .critical)
    }

    /// A position that is being closed, and no order of it is there: nothing would ever close it.
    private func freeLostCloses(_ bot: BotMachine) {
        guard isOn(.closeAgain) else { return }
        for index in bot.held.indices {
            let position = bot.held[index].position
            guard let reason = position.exitReason, !bot.isClosing(position.id) else { continue }
            bot.held[index].position.exitReason = nil
            journal.touch(position: position.id)
            tell(
                bot, "lost close",
                "\(position.named) was being closed (\(reason)), and no order of that is there",
                severity: .warning)
            guard bot.runsExitRules else { continue }
            schedule(.closeAgain(bot.id, position.id, .exit, "interrupted close"), at: now)
        }
    }

    /// A close that the book took in parts goes on: the rest of it was due when the engine died.
    private func finishCloses(_ bot: BotMachine) {
        guard bot.runsExitRules else { return }
        for position in bot.positions
        where position.quantity < position.openedQuantity && position.exitReason == nil
            && !bot.isClosing(position.id)
        {
            schedule(
                .closeAgain(bot.id, position.id, .exit, "interrupted close"), at: now)
        }
    }

    /// What closes at a candle's close waits for no further candle: the last one that closed while
    /// the bot had no process, or no engine ran, is decided now. Exits alone: a price that is gone
    /// opens nothing. **Source** <doc:SafetyRules#Candles-that-nobody-decided>.
    func askMissedExits(_ bot: BotMachine) {
        guard isOn(.missedExits), bot.runsExitRules else { return }
        for traded in bot.traded {
            let closed = now.floored(to: traded.strategy.template.timeframe.span)
            guard bot.record.evaluatedAt.map({ $0 < closed }) ?? true else { continue }
            bot.forEachHeld(in: traded.symbol) { held in
                guard held.position.exitReason == nil, !bot.isClosing(held.position.id),
                    let rule = traded.strategy.closeRule(for: held.position.track)
                else { return }
                closeMissed(bot, held.position, by: traded.strategy.exitName(rule), closed)
            }
        }
    }

    private func closeMissed(
        _ bot: BotMachine, _ position: Position, by rule: String, _ closed: Instant
    ) {
        schedule(.closeAgain(bot.id, position.id, .exit, rule), at: now)
        tell(
            bot, "missed exit",
            "\(position.symbol): \(rule) closes on the candle that ended at "
                + "\(closed.stamp), which nobody decided then",
            severity: .warning)
    }

    /// Orders that were committed but never answered are sent again: the same id is the same order.
    private func resendIntents(_ bot: BotMachine) {
        for order in bot.orders where order.status == .intent {
            schedule(.deliver(order.id), at: now)
        }
    }
}
