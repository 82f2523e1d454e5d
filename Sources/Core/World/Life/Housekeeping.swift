/// What no price brings: what is due by the calendar, and what it sets off.
import Store

extension World {
    /// What every world does by the calendar, a replay too.
    func scheduleCalendar() {
        timeline.schedule(.equitySnapshots, at: next(settings.snapshotEvery))
        timeline.schedule(.newDay, at: next(.days(1)))
        timeline.schedule(.funding, at: next(Self.fundingEvery))
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

    /// Updates, who sleeps or wakes, the balance; and once an hour the bill and lost instances.
    private func passMinute() {
        timeline.schedule(.minute, at: next(.minutes(1)))
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
