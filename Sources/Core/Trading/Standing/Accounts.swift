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
        bot.instruments = served(key.instrumentIDs, by: key.id)
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
        guard let words = unservedWords(of: key) else { return }
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .config, what: Self.unknownSymbols,
                detail: "\(key.label): \(words)", actor: actor, severity: .warning))
    }

    static let unknownSymbols = "unknown_symbols"

    /// The markets of a key's instruments that settle as its account does; where none is open yet,
    /// as the first of them does. In their order.
    func served(_ listed: [InstrumentID], by key: ID<APIKey>?) -> [Int] {
        let known = listed.compactMap { symbol($0) }
        let account = key.flatMap { venue.paper.account($0)?.currency }
        guard let currency = account ?? known.first.map({ markets[$0].settlement }) else {
            return []
        }
        return known.filter { markets[$0].settlement == currency }.sorted()
    }

    /// What the exchange of a key does not list, or pays in another currency than its account.
    func unserved(of key: APIKey) -> [String] {
        let served = served(key.instrumentIDs, by: key.id)
        return key.instrumentIDs.filter { id in
            symbol(id).map { !served.contains($0) } ?? true
        }.map(\.symbol)
    }

    /// The same in words; nil where there is nothing to be said.
    func unservedWords(of key: APIKey) -> String? {
        let symbols = unserved(of: key)
        guard !symbols.isEmpty else { return nil }
        return "not traded there: " + symbols.joined(separator: ", ")
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
