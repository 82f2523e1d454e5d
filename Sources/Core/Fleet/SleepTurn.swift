/// Bots go to sleep between their sessions and are woken ahead of the next one.
import Store

extension Fleet {
    func sleepOrWake(_ bot: BotMachine) {
        switch bot.record.phase {
        case .sleeping: wake(bot)
        case .online: sleep(bot)
        default: break
        }
        watchWake(bot)
    }

    /// All sessions ended, flat, nothing on its way.
    /// **Source** <doc:ProductRules#Sessions-and-sleep>.
    private func sleep(_ bot: BotMachine) {
        guard bot.instance.job == nil, !bot.link.isCut,
            trading.isFlat(bot) || !isOn(.sleepOnlyFlat),
            !bot.sessions.isEmpty,
            let opening = SessionCalendar(bot.sessions).nextOpening(after: now),
            let plan = SessionPlan.sleep(from: now, to: opening), apply(.sessionsEnded, to: bot)
        else { return }
        released(bot)
        bot.instance.wakeAt = plan.wakesAt
        tell(bot, "sleep", "sessions ended, flat; wakes at \(plan.wakesAt.dateClock)")
    }

    private func wake(_ bot: BotMachine) {
        guard let wakeAt = bot.instance.wakeAt, wakeAt <= now, canPay else { return }
        // Its session may have passed while no engine ran, or nobody paid.
        if let opening = SessionCalendar(bot.sessions).nextOpening(after: now),
            opening - SessionPlan.wakeLead > now
        {
            return replanWake(bot)
        }
        guard apply(.wakeDue, to: bot) else { return }
        tell(bot, "wake", "its next session is near")
        begin(.wake, bot)
    }

    /// Two minutes before the session somebody must know that the bot will miss it. A wake that
    /// failed has told so itself. **Source** <doc:ProductRules#Sessions-and-sleep>.
    private func watchWake(_ bot: BotMachine) {
        let isAsleep = bot.record.phase == .sleeping || bot.record.phase == .waking
        guard isAsleep, bot.record.errorText == nil, let wakeAt = bot.instance.wakeAt,
            now == wakeAt + SessionPlan.wakeLead - SessionPlan.wakeAlarm,
            // Woken into a session that was open already: it is late by nobody's fault.
            !SessionCalendar(bot.sessions).isOpen(at: now)
        else { return }
        let why = canPay ? "it is still waking" : "the balance is used up"
        alert(
            bot, "wake", FailureWord.notAwake, "not awake 2 minutes before its session: \(why)",
            severity: .critical)
    }

    /// Sessions or template changed under a bot that sleeps: it wakes by the new ones.
    func replanWake(_ bot: BotMachine) {
        guard bot.record.phase == .sleeping else { return }
        let opening = SessionCalendar(bot.sessions).nextOpening(after: now)
        bot.instance.wakeAt = opening.map { max(now, $0 - SessionPlan.wakeLead) } ?? now
        journal.touch(instance: bot.id)
    }

    /// Sessions of the bot's own, or its template's again.
    func setSessions(_ bot: BotMachine, to own: [SessionWindow]?, by actor: String) {
        let flaws = bot.flaws.words
        bot.ownSessions = own
        bot.flaws.sessions = nil
        trading.flawsMended(of: bot, from: flaws)
        bot.record.sessions = own.map(SessionFile.print)
        for traded in bot.traded { trading.follow(bot, traded) }
        reconfigured(bot)
        replanWake(bot)
        journal.touch(bot: bot.id)
        let words = bot.sessions.map(\.words).joined(separator: ", ")
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .config, what: "sessions",
                detail: (own == nil ? "the template's: " : "its own: ")
                    + (words.isEmpty ? "none, around the clock" : words), actor: actor))
    }
}
