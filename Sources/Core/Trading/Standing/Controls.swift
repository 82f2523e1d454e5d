/// What the desk may do to bots, each in one step.
import Store

extension Trading {
    /// Stops entries at once; exits and signals go on.
    /// **Source** <doc:ProductRules#Pause-and-resume>.
    func pause(
        _ bot: BotMachine, cause: PauseCause, until: Instant?, by actor: String? = nil
    ) {
        guard !bot.record.isPaused || bot.record.pauseCause != .killSwitch,
            case let kept = isOn(.ruleCauseStays) ? bot.record.causeKept(by: cause) : nil,
            apply(cause == .closeAll ? .closeAll : .pause, to: bot)
        else { return }
        bot.record.pauseCause = kept ?? cause
        if kept == nil { bot.pausedAt = now }
        bot.record.pausedBy = cause.isRule ? nil : actor
        bot.record.resumeAt = until
        reconfigured(bot)
        journal.touch(bot: bot.id)
        cancelEntries(bot)
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .command, what: "pause",
                detail: HoldingWords.kept(bot.held.count) + "exits run ("
                    + [cause, kept].compactMap { $0?.title }.joined(separator: "; ") + ")",
                actor: actor ?? "bot"))
    }

    /// Entries that have not filled yet must not fill after a pause.
    /// - Parameter symbol: only those of one market; nil: all.
    func cancelEntries(_ bot: BotMachine, of symbol: String? = nil) {
        for order in bot.orders where order.purpose == .entry && isAtExchange(order) {
            guard symbol == nil || order.symbol == symbol else { continue }
            venue.cancel(order.clientOrderID, key: order.keyID, at: now)
        }
        drainVenue()
    }

    /// Nothing of a bot's may rest at the exchange while it is closed or replaced.
    func cancelEverything(_ bot: BotMachine) {
        guard let key = bot.record.keyID else { return }
        venue.cancelAll(key: key, symbol: nil, at: now)
        drainVenue()
    }

    /// Whether the exchange works on an order; that it took it may not have been heard yet.
    func isAtExchange(_ order: Order) -> Bool {
        venue.paper.order(order.clientOrderID, key: order.keyID)?.status.isOpen ?? false
    }

    func resume(_ bot: BotMachine, words: String, by actor: String? = nil) {
        guard apply(.resume, to: bot) else { return }
        if bot.record.pauseCause == .lossStreak { bot.record.consecutiveLosses = 0 }
        if bot.record.pauseCause == .apiErrors { bot.apiErrors.clear() }
        if bot.record.killLatchedAt != nil {
            bot.record.killLatchedAt = nil
            beginDay(bot)
        }
        bot.record.pauseCause = nil
        bot.record.pausedBy = nil
        bot.record.resumeAt = nil
        reconfigured(bot)
        journal.touch(bot: bot.id)
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .command, what: "resume", detail: words,
                actor: actor ?? "bot"))
        // A word does not make book and exchange agree.
        reconcileBeforeTrading(bot)
    }

    /// New limits bind at once, on what is open too. **Source** <doc:ProductRules#Risk-limits>.
    func setLimits(_ bot: BotMachine, _ limits: RiskLimits, version: Int) {
        let before = bot.limits
        bot.limits = limits
        bot.record.limitsVersion = version
        refreshCooldown(bot, before)
        for traded in bot.traded { traded.lastDenial = nil }
        reconfigured(bot)
        journal.touch(bot: bot.id)
        withdrawEntries(bot)
        for held in bot.held {
            if let price = markets[held.symbol].lastPrice { recheck(bot, held, price) }
        }
        carryOutExits()
        checkLossLimits(bot)
        checkStreak(bot)
        checkAPIErrors(bot)
    }

    /// A cool-down that is under way ends by the limits in force, counted from its beginning.
    private func refreshCooldown(_ bot: BotMachine, _ before: RiskLimits) {
        let minutes = Int64(bot.limits.consecutiveLossCooldownMinutes)
        let old = Int64(before.consecutiveLossCooldownMinutes)
        // Who paused on top of it decides when it ends.
        guard minutes != old, bot.record.isPaused, bot.record.pauseCause == .lossStreak,
            bot.record.pausedBy == nil
        else { return }
        let began = bot.record.resumeAt.map { $0 - .minutes(old) } ?? now
        let until = minutes > 0 ? max(began + .minutes(minutes), now) : nil
        bot.record.resumeAt = until
        if let until { schedule(.cooldown(bot.id), at: until) }
    }

    /// Entries that wait at the exchange were approved by the limits before these.
    private func withdrawEntries(_ bot: BotMachine) {
        for order in bot.orders where order.purpose == .entry && isAtExchange(order) {
            guard let symbol = symbol(order.symbol, of: bot) else { continue }
            let agreed = venue.paper.order(order.clientOrderID, key: order.keyID)?.maxSlippage
            let denial = RiskGate.denial(
                of: order, bot, markets[symbol].instrument, without: disarmed)
            guard denial != nil
                || agreed.map({ $0 > bot.limits.maxSlippage }) ?? true
            else { continue }
            venue.cancel(order.clientOrderID, key: order.keyID, at: now)
        }
        drainVenue()
    }

    /// Looks at one price again because a limit, not the price, has changed.
    private func recheck(_ bot: BotMachine, _ held: BookedPosition, _ price: Price) {
        guard bot.runsExitRules, held.position.exitReason == nil,
            lossIsReached(bot, held, at: price, equity(bot))
        else { return }
        exitRequests.append(
            ExitRequest(
                bot: bot, position: held.position.id, reason: Self.lossPerTrade,
                purpose: .limitClose, touch: nil, decision: price))
    }

    /// The new rules take over open positions at once. **Source** <doc:ProductRules#Templates>.
    func assign(_ template: Template, to bot: BotMachine) throws(TemplateError) {
        var traded: [TradedSymbol] = []
        for symbol in bot.instruments {
            traded.append(
                try TradedSymbol(
                    template, symbol: symbol, instrument: markets[symbol].instrument,
                    candles: markets[symbol].candleSpan))
        }
        for old in bot.traded { watchers[old.symbol].removeAll { $0.bot === bot } }
        let flaws = bot.flaws.words
        bot.template = template
        bot.flaws.template = nil
        flawsMended(of: bot, from: flaws)
        bot.traded = traded
        if bot.ownSessions != nil || !isOn(.sessions) { for one in traded { follow(bot, one) } }
        bot.record.templateName = template.name
        bot.record.templateVersion = template.version
        for one in traded {
            let place = watchers[one.symbol].firstIndex { $0.bot.id > bot.id }
            watchers[one.symbol].insert(
                Watcher(bot: bot, traded: one), at: place ?? watchers[one.symbol].count)
        }
        journal.touch(bot: bot.id)
    }

    func follow(_ bot: BotMachine, _ traded: TradedSymbol) {
        traded.follow(isOn(.sessions) ? bot.sessions : [])
    }

    /// Sets the price levels of open positions from the strategy as it stands now.
    func refreshLevels(_ bot: BotMachine) {
        for held in bot.held {
            guard let traded = bot.traded(held.symbol) else { continue }
            held.levels = traded.strategy.levels(for: held.position.track)
        }
    }

    /// Closes one position on a person's word.
    func closePosition(_ id: ID<Position>, of bot: BotMachine, command: ID<CommandRecord>) {
        beginHalt(Halt(command: command, bots: [bot.id], positions: [id]))
    }

    /// Pauses, then cancels and closes everything; goes on until the exchange reports flat.
    func closeAll(
        _ bots: [BotMachine], command: ID<CommandRecord>, by actor: String? = nil,
        thenStop: Bool = false
    ) {
        for bot in bots { pause(bot, cause: .closeAll, until: nil, by: actor) }
        var halt = Halt(command: command, bots: bots.map(\.id), positions: nil)
        halt.thenStops = thenStop
        beginHalt(halt)
    }
}

extension PauseCause {
    /// In words, as the feed shows it.
    public var title: String {
        switch self {
        case .person: "by a person"
        case .staff: "by Plutarc staff"
        case .killSwitch: "daily loss kill switch"
        case .lossStreak: "losing streak"
        case .apiErrors: "exchange errors"
        case .reconciliation: "book and exchange differ"
        case .closeAll: "close all"
        case .billing: "balance nearly used up"
        }
    }
}
