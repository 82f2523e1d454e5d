/// What a failed job leaves behind, and what a person can do then.
import Store

extension Fleet {
    /// Nothing was stopped yet: the bot goes on as it was, and may be restarted again at once.
    func restartFailed(_ bot: BotMachine, _ failure: String) {
        bot.instance.restartedAt = nil
        end(
            bot, succeeded: false, failure + "; the old process still runs",
            remedy: "Nothing was used up, try again: plutarc restart \(asWord(bot.record.label)).")
        tell(bot, "restart", failure + "; the old process still runs", severity: .error)
        if bot.record.keyID != nil, bot.hasProcess { trading.reconcile(bot) }
    }

    /// Whether the session that a bot is woken for still lies ahead or is open.
    func isWakeStillWanted(_ bot: BotMachine) -> Bool {
        let calendar = SessionCalendar(bot.sessions)
        if calendar.isOpen(at: now) { return true }
        return calendar.nextOpening(after: now).map { $0 - now <= SessionPlan.wakeLead } ?? false
    }

    /// Asked again until the session ends; told once, and the alert stands.
    func wakeFailed(_ bot: BotMachine, _ failure: String) {
        let isFirst = bot.record.errorText == nil
        bot.record.errorText = failure
        journal.touch(bot: bot.id)
        enter(.provisioning, bot)
        guard isFirst else { return }
        alert(
            bot, "wake", "wake",
            "could not be woken: \(failure); tried again until its session ends",
            severity: .critical)
    }

    /// What works in the state that a failure has left.
    func remedy(_ job: ComputeJob, _ bot: BotMachine) -> String {
        let label = asWord(bot.record.label)
        guard let last = bot.instance.restartedAt, now < last + LifeRules.restartSpacing else {
            return "Start it again: plutarc restart \(label)."
        }
        guard job == .restart else { return "Start it again: plutarc start \(label)." }
        let until = last + LifeRules.restartSpacing
        return "Restart it after \(until.stamp), or now: plutarc stop \(label) --close-first, "
            + "then plutarc start \(label)."
    }
}

extension Bot {
    /// What follows a piece of good news about a bot that opens nothing all the same.
    var pauseNote: String {
        guard isPaused else { return "" }
        return ", paused (\(pauseWords)): entries start with plutarc resume \(asWord(label))"
    }

    /// `close all by sam`, `daily loss kill switch`, `by sam; losing streak`.
    public var pauseWords: String {
        let cause = pauseCause ?? .person
        guard let pausedBy else { return cause.title }
        if cause.isRule { return "by \(pausedBy); \(cause.title)" }
        return cause == .person ? "by \(pausedBy)" : "\(cause.title) by \(pausedBy)"
    }
}
