/// When a bot may be paused and resumed by a person. Limits that pause one are in
/// Trading/Limits.

import Store

/// Pure: takes the bot as it is, gives it as it becomes.
/// **Source** <doc:ProductRules#Pause-and-resume>.
public enum PauseByPerson {
    /// A pause would change nothing.
    public static func isPausedForGood(_ bot: Bot) -> Bool {
        bot.isPaused && bot.resumeAt == nil && !opensNoMore(bot)
    }

    /// A resume would change nothing.
    public static func isOpening(_ bot: Bot) -> Bool {
        !bot.isPaused && bot.killLatchedAt == nil && !opensNoMore(bot)
    }

    /// It is gone, or going: a pause or a resume of the whole fleet passes it by.
    public static func opensNoMore(_ bot: Bot) -> Bool {
        bot.phase == .stopped || bot.phase == .windingDown
    }

    /// Sets the flag in every state in which the bot may yet open something, sleep included.
    /// A cool-down that would end by itself becomes a pause that does not; its cause stays, for a
    /// resume meets it again.
    public static func pause(_ bot: Bot, by person: Operator) throws(Refusal) -> Bot {
        guard !opensNoMore(bot) else {
            throw .wrongState(bot: bot.label, state: bot.phase, act: "pause")
        }
        if bot.isPaused, bot.resumeAt == nil {
            throw .alreadyPaused(bot: bot.label, cause: bot.pauseCause ?? .person)
        }
        var paused = bot
        let cause = PauseCause.pause(by: person)
        paused.pauseCause = bot.causeKept(by: cause) ?? cause
        paused.isPaused = true
        paused.resumeAt = nil
        return paused
    }

    /// A latched kill switch is reset only by risk.edit with a reason; staff never do.
    public static func resume(
        _ bot: Bot, by person: Operator, reason: String?
    ) throws(Refusal) -> Bot {
        guard bot.isPaused || bot.killLatchedAt != nil else { throw .notPaused(bot: bot.label) }
        if let since = bot.killLatchedAt {
            guard Gate.allows(.riskEdit, for: person) else {
                throw .killSwitchLatched(bot: bot.label, since: since, name: person.name)
            }
            guard TextRules.says(reason) else {
                throw .reasonRequired(act: "resume", why: .killSwitch(bot: bot.label))
            }
        }
        var resumed = bot
        // The streak that paused it would pause it again at the very next loss.
        if bot.pauseCause == .lossStreak { resumed.consecutiveLosses = 0 }
        resumed.isPaused = false
        resumed.pauseCause = nil
        resumed.killLatchedAt = nil
        resumed.resumeAt = nil
        return resumed
    }
}

extension PauseCause {
    /// Of a pause that somebody asks for.
    static func pause(by person: Operator) -> PauseCause { person.isStaff ? .staff : .person }
}

extension Bot {
    /// The rule that has paused it already, where a person does so once more; nil where `cause`
    /// says all.
    func causeKept(by cause: PauseCause) -> PauseCause? {
        guard isPaused, !cause.isRule, let pauseCause, pauseCause.isRule else { return nil }
        return pauseCause
    }
}
