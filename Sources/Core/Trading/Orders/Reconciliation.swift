/// Reconciliation: a bot's own book compared with what the exchange holds.
import Store

extension Trading {
    func reconcileAll() {
        for bot in bots where bot.isReachable && !isCatchingUp {
            upkeep(of: bot) { reconcile(bot) }
        }
        schedule(.reconcile, at: next(Deadlines.reconcile))
    }

    /// Compares the bot's book with the exchange's; a difference pauses, a person decides.
    /// **Source** <doc:ProductRules#Reconciliation>, <doc:SafetyRules#Reconciliation>.
    func reconcile(_ bot: BotMachine) {
        guard let key = bot.record.keyID else { return }
        if let failure = venue.weather?.answer(at: now) { return countAPIError(bot, failure) }
        acknowledge(bot)
        hearMissed(bot)
        recoverFromErrors(bot)
        let difference = drift(bot, key)
        bot.isReconciled = difference == nil
        guard let difference else {
            bot.differenceIsTold = false
            bot.record.reconciledAt = now
            return
        }
        guard !bot.differenceIsTold else { return }
        bot.differenceIsTold = true
        pause(bot, cause: .reconciliation, until: nil)
        alert(bot, "drift", "drift", difference, severity: .critical)
    }

    /// What the bot knew before says nothing now: it opens nothing until the exchange has
    /// answered, and shows what the book shows.
    /// **Source** <doc:ProductRules#Reconciliation>, <doc:SafetyRules#Reconciliation>.
    func reconcileBeforeTrading(_ bot: BotMachine) {
        guard bot.record.keyID != nil else { return }
        bot.isReconciled = false
        bot.differenceIsTold = false
        if bot.hasProcess { reconcile(bot) }
    }

    /// The first difference between book and exchange in words; nil when they agree. Whatever the
    /// exchange holds counts, in symbols that the bot does not trade too.
    private func drift(_ bot: BotMachine, _ key: ID<APIKey>) -> String? {
        let there = venue.paper.positions(key)
        let symbols = Set(bot.held.map(\.position.symbol)).union(there.map(\.symbol))
        for symbol in symbols.sorted() {
            let book = bot.held.filter { $0.position.symbol == symbol }.reduce(Quantity.zero) {
                $0 + $1.position.quantity * $1.position.side.sign
            }
            let exchange = there.filter { $0.symbol == symbol }.reduce(Quantity.zero) {
                $0 + $1.quantity * $1.side.sign
            }
            if book != exchange {
                return "\(symbol): the bot's book holds \(book), the exchange \(exchange)"
            }
        }
        return nil
    }

    /// In its own book and at the exchange, which may know more.
    func isFlat(_ bot: BotMachine) -> Bool {
        guard !bot.isHolding, bot.orders.isEmpty else { return false }
        guard let key = bot.record.keyID else { return true }
        return venue.paper.positions(key).isEmpty && venue.paper.openOrders(key).isEmpty
    }
}
