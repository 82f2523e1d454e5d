/// The duties of a running bot that no price brings: what is due, and when it is due again.
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

    func next(_ span: Span) -> Instant { now.floored(to: span) + span }

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

    /// Updates, who sleeps or wakes, the balance; and once an hour the bill and lost instances.
    private func passMinute() {
        timeline.schedule(.minute, at: now.floored(to: .minutes(1)) + .minutes(1))
        guard !isCatchingUp else { return }
        if now.floored(to: .hours(1)) == now { passHour() }
        for bot in bots {
            upkeep(of: bot) {
                offerUpdate(bot)
                sleepOrWake(bot)
            }
        }
        watchBalance()
    }

    private func passHour() {
        for bot in bots {
            upkeep(of: bot) { meter(bot) }
            if bot.isReachable, compute.losesInstance(of: bot.id, in: now) {
                traceFault("instance lost")
                loseInstance(bot)
            }
        }
    }
}
