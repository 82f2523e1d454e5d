/// Compares each bot's books, wallet and loss limits as they stand after a commit.
import Store

extension Observer {
    mutating func check(_ bot: SeenBot, at now: Instant) {
        let state = known[bot.record.id, default: KnownBot()]
        checkBooks(bot, state)
        checkWallet(bot)
        checkLosses(bot, state, at: now)
        if bot.record.isPaused != state.isPaused {
            report(.noEntryWhilePaused, "\(bot.record.label): the feed does not tell its pause")
        }
        if bot.limits != state.limits {
            report(
                .lossPerTradeWithinItsLimit,
                "\(bot.record.label): limits in force are not those that were set")
        }
    }

    private mutating func checkBooks(_ bot: SeenBot, _ state: KnownBot) {
        let label = bot.record.label
        for (place, book) in [("book", bot.held), ("database", bot.stored)] {
            var open: [ID<Position>: Quantity] = [:]
            for position in book { open[position.id] = position.quantity * position.side.sign }
            if open != state.open.mapValues(\.quantity) {
                report(
                    .positionsAreTheSumOfTheirFills,
                    "\(label): the \(place) holds \(Self.text(open)), its fills leave "
                        + Self.text(state.open.mapValues(\.quantity)))
            }
        }
        var net: [String: Quantity] = [:]
        for position in bot.held {
            net[position.symbol, default: .zero] += position.quantity * position.side.sign
        }
        net = net.filter { !$0.value.isZero }
        if bot.isReconciled, net != bot.exchange {
            report(
                .exchangeHoldsWhatTheBookHolds,
                "\(label): book \(net.sorted { $0.key < $1.key }), "
                    + "exchange \(bot.exchange.sorted { $0.key < $1.key })")
        }
    }

    private static func text(_ open: [ID<Position>: Quantity]) -> String {
        open.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
    }

    /// A hundred-millionth for each rounding that a fill can bring.
    private func dust(_ state: KnownBook) -> Money { Money(raw: Int64(4 * state.fills + 4)) }

    private mutating func checkWallet(_ bot: SeenBot) {
        guard bot.isReconciled else { return }
        let state = books[bot.account.keyID, default: KnownBook()]
        let account = bot.account
        let label = bot.record.label
        let sum = account.deposits + account.realised - account.fees - account.funding
        if account.wallet != sum || bot.storedAccount != account {
            report(
                .walletIsDepositsRealisedFeesFunding,
                "\(label): \(account.wallet) is not \(sum), or not what is stored")
        }
        if account.fees != state.fees {
            report(
                .walletIsTheSumOfFillsAndTrades,
                "\(label): fees \(account.fees), its fills paid \(state.fees)")
        }
        guard bot.exchange.isEmpty, bot.held.isEmpty else { return }
        if (account.realised - state.cash).magnitude > dust(state) {
            report(
                .walletIsTheSumOfFillsAndTrades,
                "\(label): realised \(account.realised), its fills brought \(state.cash)")
        }
        let earned = account.wallet - account.deposits
        if (earned - state.tradeNets).magnitude > dust(state) {
            report(
                .walletIsTheSumOfFillsAndTrades,
                "\(label): the wallet earned \(earned), its trades \(state.tradeNets)")
        }
    }

    private mutating func checkLosses(_ bot: SeenBot, _ state: KnownBot, at now: Instant) {
        checkLossPerTrade(bot, state.limits, at: now)
        checkDailyLoss(bot, state)
        checkStreak(bot, state)
        guard bot.record.phase != .windingDown, bot.record.phase != .stopped else { return }
        checkPauses(bot, state)
    }

    private mutating func checkLossPerTrade(_ bot: SeenBot, _ limits: RiskLimits, at now: Instant) {
        for position in bot.held
        where position.exitReason == nil && !bot.closesAgain.contains(position.id) {
            // One that was heard of only now is looked at with the next print.
            guard bot.runsExits, bot.hasLooked, let mark = bot.marks[position.symbol],
                now >= position.openedAt.floored(to: .minutes(1)) + .minutes(1)
            else { continue }
            let loss = -position.unrealised(at: mark, on: contract(of: position.symbol))
            // Equity moves with other symbols between two prints of this one.
            let allowed = bot.equity.times(limits.maxLossPerTrade).times(Rate(raw: 101_000_000))
            if loss > allowed {
                report(
                    .lossPerTradeWithinItsLimit,
                    "\(bot.record.label) \(position.id): loses \(loss), may lose \(allowed)")
            }
        }
    }

    private mutating func checkDailyLoss(_ bot: SeenBot, _ state: KnownBot) {
        guard let start = bot.record.dayStartEquity, bot.runsExits, bot.hasLooked,
            !state.isLatched, start - bot.equity >= start.times(state.limits.dailyLoss)
        else { return }
        report(
            .dailyLossWithinItsLimit,
            "\(bot.record.label): \(start) at midnight, \(bot.equity) now, not latched")
    }

    private mutating func checkStreak(_ bot: SeenBot, _ state: KnownBot) {
        let counted = bot.record.consecutiveLosses
        guard counted != state.losses else { return }
        report(
            .lossStreakWithinItsLimit,
            "\(bot.record.label): counts \(counted), its trades say \(state.losses)")
    }

    /// What can be paused is, once a limit asks for it.
    private mutating func checkPauses(_ bot: SeenBot, _ state: KnownBot) {
        let (label, limits) = (bot.record.label, state.limits)
        if state.losses >= limits.consecutiveLosses, !state.isPaused, !state.resumedSinceLoss {
            report(
                .lossStreakWithinItsLimit,
                "\(label): \(counted(state.losses, "loss", "losses")), not paused at "
                    + "\(limits.consecutiveLosses)")
        }
        if bot.apiErrors >= limits.apiErrors, !state.isPaused, !state.resumedSinceError {
            report(
                .exchangeErrorsWithinTheirLimit,
                "\(label): \(counted(bot.apiErrors, "error")), not paused at "
                    + "\(limits.apiErrors)")
        }
    }
}
