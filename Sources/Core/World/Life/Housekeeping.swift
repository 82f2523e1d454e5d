/// The duties of a running bot that no price brings: heartbeats, reconciliation, funding, days.
import Store

extension World {
    /// What every world does by the calendar, a replay too.
    func scheduleCalendar() {
        timeline.schedule(.equitySnapshots, at: next(settings.snapshotEvery))
        timeline.schedule(.newDay, at: next(.days(1)))
        timeline.schedule(.funding, at: next(.hours(8)))
    }

    /// What only a running backend does.
    func scheduleHousekeeping() {
        timeline.schedule(.heartbeats, at: next(Deadlines.heartbeat))
        timeline.schedule(.reconcile, at: next(Deadlines.reconcile))
        timeline.schedule(.ticketAging, at: next(.hours(1)))
        timeline.schedule(.minute, at: next(.minutes(1)))
        timeline.schedule(.pruning, at: next(.hours(1)))
    }

    private func next(_ span: Span) -> Instant { now.floored(to: span) + span }

    func handle(_ event: DueEvent) {
        switch event {
        case .deliver(let id): deliver(id)
        case .closeAgain(let bot, let id, let purpose, let reason):
            closeAgain(id, of: bot, purpose, reason)
        case .heartbeats: beat()
        case .reconcile: reconcileAll()
        case .equitySnapshots: snapshotEquity()
        case .funding: settleFunding()
        case .newDay: beginDay()
        case .cooldown(let id): endCooldown(id)
        case .haltPoll(let id): pollHalt(id)
        case .jobPhase(let id): phaseEnded(id)
        case .minute: passMinute()
        case .letters: takeLetters()
        case .ticketAging:
            ticketsMayHaveAged = true
            timeline.schedule(.ticketAging, at: next(.hours(1)))
        case .pruning:
            decisionsMayBeOld = true
            timeline.schedule(.pruning, at: next(.hours(1)))
        }
    }

    private func beat() {
        for bot in bots where bot.record.state.isProvisioned && !isCatchingUp {
            watchLink(bot)
            guard bot.isReachable else {
                checkHeartbeat(bot)
                continue
            }
            bot.record.heartbeatAt = now
            journal.touch(bot: bot.id)
        }
        if !isCatchingUp { watchRollout() }
        timeline.schedule(.heartbeats, at: next(Deadlines.heartbeat))
    }

    private func reconcileAll() {
        for bot in bots where bot.isReachable && !isCatchingUp {
            upkeep(of: bot) { reconcile(bot) }
        }
        timeline.schedule(.reconcile, at: next(Deadlines.reconcile))
    }

    /// Compares the bot's book with the exchange's; a difference pauses, a person decides.
    /// **Source** <doc:ProductRules#Reconciliation>, <doc:SafetyRules#Reconciliation>.
    func reconcile(_ bot: BotMachine) {
        guard let key = bot.record.keyID else { return }
        if let failure = weather?.answer(at: now) { return countAPIError(bot, failure) }
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
        let there = venue.positions(key)
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

    /// A bot in Error for exchange errors recovers once they have stopped.
    private func recoverFromErrors(_ bot: BotMachine) {
        guard bot.record.phase == .error, bot.instance.phaseFailure == nil,
            bot.apiErrors.count(at: now) < bot.limits.apiErrors
        else { return }
        guard bot.instance.since != nil, take(.recovered, bot) else { return }
        bot.record.errorText = nil
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .life, what: "recovered",
                detail: "the exchange answers again; \(bot.record.state.title)"))
        journal.touch(bot: bot.id)
    }

    private func snapshotEquity() {
        for bot in bots where bot.record.keyID != nil && !isCatchingUp {
            upkeep(of: bot) { snapshotEquity(bot) }
        }
        timeline.schedule(.equitySnapshots, at: next(settings.snapshotEvery))
    }

    func snapshotEquity(_ bot: BotMachine) {
        guard journal.scope.contains(.equity), let place = place(of: bot) else { return }
        let equity = venue.equity(at: place)
        guard equity.isCountable else { return }
        bot.see(equity)
        var point = EquityPoint(
            botID: bot.id, at: now, equity: equity, wallet: venue.wallet(at: place))
        // A replay has one figure for all of its time; here each point tells of its own.
        if settings.keepsHouse, let drawdown = bot.drawdown {
            (point.low, point.high) = (drawdown.lowest, drawdown.peak)
            point.fall = drawdown.deepest
            bot.drawdown = Drawdown(from: equity)
        }
        journal.equity.append(point)
    }

    func settleFunding() {
        // Nobody pays for a market whose recorded data has ended: its price is none any more.
        for index in markets.indices
        where recorded[index]?.endedAt.map({ $0 >= now || !isOn(.endOfDataIsTheEnd) }) ?? true {
            venue.settleFunding(
                symbol: index, rate: markets[index].fundingRate, at: now, into: &venueEvents)
            drainVenue()
        }
        for bot in bots where !bot.held.isEmpty && !isCatchingUp {
            upkeep(of: bot) { checkLossLimits(bot) }
        }
        timeline.schedule(.funding, at: next(.hours(8)))
    }

    /// The loss limits count from here. **Source** <doc:ProductRules#Daily-loss>.
    private func beginDay() {
        for bot in bots { upkeep(of: bot) { beginDay(bot) } }
        timeline.schedule(.newDay, at: next(.days(1)))
    }

    func beginDay(_ bot: BotMachine) {
        bot.record.dayStart = now.floored(to: .days(1))
        let equity = equity(bot)
        bot.record.dayStartEquity = equity
        // The fee of a first entry is a fall already: what there was before it is the peak.
        if bot.record.keyID != nil, equity.isCountable { bot.see(equity) }
        journal.touch(bot: bot.id)
    }

    private func endCooldown(_ id: ID<Bot>) {
        guard let bot = machine(id) else { return }
        endCooldown(bot)
    }

    /// A cool-down that ends at the instant of a candle's close is over for its decision.
    @inline(__always)
    func passCooldown(_ bot: BotMachine) {
        if bot.record.resumeAt != nil, isOn(.cooldownEndsFirst) { endCooldown(bot) }
    }

    private func endCooldown(_ bot: BotMachine) {
        guard bot.record.isPaused, bot.record.pauseCause == .lossStreak,
            let until = bot.record.resumeAt, until <= now
        else { return }
        resume(bot, words: "the cool-down is over")
    }
}
