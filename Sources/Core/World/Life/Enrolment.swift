/// Bots and accounts enter the world: new ones, and those that a restart brings back.
import Store

extension World {
    /// Opens an account at the simulated exchange with its first deposit.
    public func openAccount(_ key: ID<APIKey>, deposit: Money) {
        venue.deposit(deposit, to: key)
        journal.touch(account: key)
    }

    /// Adds a bot. Its strategies listen from the next candle on.
    /// - Throws: ``TemplateError`` when its template cannot be built.
    public func add(
        _ bot: Bot, limits: RiskLimits, template: Template?, symbols: [String],
        sessions: [SessionWindow]? = nil, instance: Instance? = nil, link: BotLink? = nil
    ) throws(TemplateError) {
        let machine = BotMachine(record: bot, limits: limits)
        machine.instance = instance ?? .running(bot, from: now)
        machine.isDown = machine.instance.isLost
        machine.link = link ?? .up(bot, from: now)
        if machine.link.isReturning { linksHaveReturned = true }
        machine.ownSessions = sessions
        machine.instruments = symbols.compactMap(symbol).sorted()
        let comesLast = bots.last.map { $0.id < bot.id } ?? true
        let place = comesLast ? nil : bots.firstIndex { $0.id > bot.id }
        bots.insert(machine, at: place ?? bots.count)
        do throws(TemplateError) { if let template { try assign(template, to: machine) } } catch {
            bots.removeAll { $0 === machine }
            throw error
        }
        if machine.record.dayStartEquity == nil, machine.record.keyID != nil { beginDay(machine) }
        journal.touch(bot: bot.id)
        journal.touch(instance: bot.id)
        journal.touch(link: bot.id)
        if machine.instance.job != nil { resumeJob(machine) }
    }

    /// Gives every bot the past of its symbols, so that its indicators speak as if it had run.
    /// - Parameter exits: when it last closed a position, by symbol: what a cool-down counts from.
    public func warmUp(
        _ id: ID<Bot>, exits: [String: Instant] = [:], history: (String) -> [Candle]
    ) {
        guard let bot = machine(id) else { return }
        for traded in bot.traded {
            let symbol = traded.instrument.symbol
            warmUp(traded, exit: exits[symbol], history: history(symbol))
        }
        refreshLevels(bot)
    }

    func warmUp(_ traded: TradedSymbol, exit: Instant? = nil, history: [Candle]) {
        var warmUp = WarmUp(traded, exit: exit, history: history[...], in: self)
        warmUp.hear()
    }

    /// Lets the market run without the bots acting: before their first day, or after an absence.
    public func catchUp(to target: Instant) {
        isCatchingUp = true
        advance(to: target)
        isCatchingUp = false
        for bot in bots where bot.record.keyID != nil { refreshLevels(bot) }
    }

    /// Candles that an absence leaves behind, however long it was.
    static let candlesKept = Span.days(30)

    /// What an absence brought before an instant is played, and not written down.
    func keepsCandles(from instant: Instant) { candlesFrom = max(candlesFrom, instant) }

    /// Start-up is crash recovery: compare every book with the exchange before anything trades.
    public func reconcileAtStart() {
        for bot in bots {
            if bot.isReachable { bot.record.heartbeatAt = now }
            bot.record.evaluatingSince = now
            resendIntents(bot)
            finishCloses(bot)
            reconcileBeforeTrading(bot)
            if let until = bot.record.resumeAt { timeline.schedule(.cooldown(bot.id), at: until) }
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
            timeline.schedule(
                .closeAgain(bot.id, position.id, .exit, "interrupted close"), at: now)
        }
    }

    /// Orders that were committed but never answered are sent again: the same id is the same order.
    private func resendIntents(_ bot: BotMachine) {
        for order in bot.orders where order.status == .intent {
            timeline.schedule(.deliver(order.id), at: now)
        }
    }
}

extension Instance {
    /// Of a bot that ran before anybody wrote down what stands behind it.
    fileprivate static func running(_ bot: Bot, from now: Instant) -> Instance {
        guard bot.phase.isProvisioned else { return Instance(botID: bot.id) }
        return Instance(botID: bot.id, since: bot.upSince ?? now, chargedUntil: now)
    }
}
