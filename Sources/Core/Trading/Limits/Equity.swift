/// A bot's equity: what its account at the exchange is worth, and the points of its curve.
import Store

extension Trading {
    @inline(__always)
    func equity(_ bot: BotMachine) -> Money {
        account(of: bot).map { venue.paper.equity(at: $0) } ?? .zero
    }

    /// Where the account behind a bot's key stands at the exchange; nil where there is none.
    @inline(__always)
    func account(of bot: BotMachine) -> Int? {
        guard let key = bot.record.keyID else { return nil }
        if let account = bot.account, account.key == key { return account.index }
        bot.account = venue.paper.index(of: key).map { (key: key, index: $0) }
        return bot.account?.index
    }

    /// Where no market has a price, no point says more than the one before it.
    func snapshotEquity() {
        let isOver = !markets.isEmpty && markets.indices.allSatisfy(isSilent)
        for bot in bots where bot.record.keyID != nil && !isCatchingUp && !isOver {
            upkeep(of: bot) { snapshotEquity(bot) }
        }
        schedule(.equitySnapshots, at: next(settings.snapshotEvery))
    }

    func snapshotEquity(_ bot: BotMachine) {
        guard journal.scope.contains(.equity), let place = account(of: bot) else { return }
        let equity = venue.paper.equity(at: place)
        guard equity.isCountable else { return }
        bot.see(equity)
        var point = EquityPoint(
            botID: bot.id, at: now, equity: equity, wallet: venue.paper.wallet(at: place),
            currency: venue.paper.currency(at: place))
        // A replay has one figure for all of its time; here each point tells of its own.
        if settings.keepsHouse, let drawdown = bot.drawdown {
            (point.low, point.high) = (drawdown.lowest, drawdown.peak)
            point.fall = drawdown.deepest
            bot.drawdown = Drawdown(from: equity)
        }
        journal.equity.append(point)
    }
}
