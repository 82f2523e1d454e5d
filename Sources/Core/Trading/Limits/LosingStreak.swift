/// Trades lost in a row, and the cool-down after too many.
import Store

extension Trading {
    /// Counts a closed trade: a winning one resets the streak, one that breaks even leaves it as
    /// it is. **Source** <doc:ProductRules#Losing-streak>.
    func countStreak(_ bot: BotMachine, _ trade: Trade) {
        let before = bot.record.consecutiveLosses
        let isLoss = trade.net.isZero && !isOn(.evenIsNoLoss)
        bot.record.consecutiveLosses = isLoss ? before + 1 : trade.lossStreak(after: before)
        journal.touch(bot: bot.id)
        checkStreak(bot)
    }

    /// Pauses for the cool-down once the streak has reached its limit.
    func checkStreak(_ bot: BotMachine) {
        let losses = bot.record.consecutiveLosses
        guard losses >= bot.limits.consecutiveLosses, !bot.record.isPaused, isOn(.lossStreak) else {
            return
        }
        let minutes = bot.limits.consecutiveLossCooldownMinutes
        let until = minutes > 0 ? now + .minutes(Int64(minutes)) : nil
        pause(bot, cause: .lossStreak, until: until)
        let words =
            "\(counted(losses, "losing trade")) in a row, limit \(bot.limits.consecutiveLosses); "
            + (minutes > 0 ? "resumes by itself in \(minutes) min" : "a person must resume")
        alert(bot, "loss_streak", "consecutive_losses", words, severity: .warning)
        if let until { schedule(.cooldown(bot.id), at: until) }
    }

    func endCooldown(_ id: ID<Bot>) {
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
