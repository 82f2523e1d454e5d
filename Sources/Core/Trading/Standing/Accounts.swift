/// Accounts at the exchange: opened, and changed under a bot.
import Store

extension Trading {
    /// Opens an account at the simulated exchange with its first deposit.
    func openAccount(_ key: ID<APIKey>, deposit: Money, in currency: Currency = .usdt) {
        venue.paper.deposit(deposit, to: key, in: currency)
        journal.touch(account: key)
    }

    /// Key and instruments change together; the strategies start again on the new symbols.
    func assign(_ key: APIKey, to bot: BotMachine, by actor: String) {
        leaveAccount(bot)
        bot.record.keyID = key.id
        bot.venue = key.venue
        bot.instruments = key.instrumentIDs.compactMap { symbol($0) }.sorted()
        // At the simulated exchange an account is there with the first use of its key.
        if key.environment == .paper, venue.paper.account(key.id) == nil {
            let currency = bot.instruments.first.map { markets[$0].settlement } ?? .usdt
            openAccount(key.id, deposit: PaperVenue.standardDeposit, in: currency)
        }
        beginDay(bot)
        bot.record.evaluatingSince = now
        reconfigured(bot)
        journal.touch(bot: bot.id)
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .config, what: "key", detail: key.label,
                actor: actor))
    }

    func takeKey(from bot: BotMachine, by actor: String) {
        leaveAccount(bot)
        bot.record.keyID = nil
        // Without an account there is nothing that a day could have lost.
        (bot.record.dayStart, bot.record.dayStartEquity) = (nil, nil)
        bot.instruments = []
        reconfigured(bot)
        journal.touch(bot: bot.id)
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .config, what: "key", detail: "none", actor: actor))
    }

    /// It hears of the symbols of its key no more.
    private func leaveAccount(_ bot: BotMachine) {
        for old in bot.traded { watchers[old.symbol].removeAll { $0.bot === bot } }
        bot.traded = []
        bot.account = nil
        // The equity of another account is no fall of this one.
        bot.drawdown = nil
    }
}
