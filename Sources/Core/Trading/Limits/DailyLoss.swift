/// The limit on the loss of a day, from midnight UTC: the kill switch.
import Store

extension Trading {
    /// The daily kill switch: realised and unrealised loss since midnight UTC.
    func checkLossLimits(_ bot: BotMachine) {
        checkLossLimits(bot, equity(bot))
    }

    /// The same, where the present equity is known already.
    func checkLossLimits(_ bot: BotMachine, _ present: Money) {
        if !present.isCountable { return fail(bot, Self.uncountable) }
        bot.see(present)
        guard bot.record.killLatchedAt == nil else {
            // What a thin book has left open is closed yet.
            if bot.limits.dailyLossFlattens { closeEverything(bot, reason: Self.dailyLoss) }
            return
        }
        guard dailyLossIsReached(bot, present), let start = bot.record.dayStartEquity else {
            return
        }
        latchKillSwitch(bot, lost: start - present, of: start)
    }

    func dailyLossIsReached(_ bot: BotMachine, _ present: Money) -> Bool {
        dailyLossIsReached(bot, present, limit: bot.limits.dailyLoss)
    }

    func dailyLossIsReached(_ bot: BotMachine, _ present: Money, limit: Rate) -> Bool {
        guard bot.record.keyID != nil, let start = bot.record.dayStartEquity, start.isPositive
        else { return false }
        return (start - present).isAtLeast(limit, of: start)
    }

    private func latchKillSwitch(_ bot: BotMachine, lost: Money, of start: Money) {
        guard isOn(.dailyLoss) else { return }
        bot.record.killLatchedAt = now
        let share = lost.share(of: start)?.percentText ?? "?"
        let words =
            "lost \(lost.text(decimals: 2)) of \(start.text(decimals: 2)) since 00:00Z: "
            + "\(share) %, limit \(bot.limits.dailyLoss.percentText) %"
        if isOn(.latchPauses) { pause(bot, cause: .killSwitch, until: nil) }
        alert(bot, "kill_switch", Self.dailyLoss, words, severity: .critical)
        if bot.limits.dailyLossFlattens { closeEverything(bot, reason: Self.dailyLoss) }
    }

    /// Closes all positions of a bot for a limit; each keeps the limit's name as its reason.
    private func closeEverything(_ bot: BotMachine, reason: String) {
        for position in bot.positions {
            close(
                position.id, of: bot, purpose: .limitClose, reason: reason, touch: nil,
                decision: nil)
        }
    }

    /// The reason that a close for this limit carries.
    static let dailyLoss = RiskLimitName.dailyLoss.rawValue

    /// The loss limits count from here. **Source** <doc:ProductRules#Daily-loss>.
    func beginDay() {
        for bot in bots { upkeep(of: bot) { beginDay(bot) } }
        schedule(.newDay, at: next(.days(1)))
    }

    func beginDay(_ bot: BotMachine) {
        bot.record.dayStart = now.floored(to: .days(1))
        let equity = equity(bot)
        bot.record.dayStartEquity = equity
        // The fee of a first entry is a fall already: what there was before it is the peak.
        if bot.record.keyID != nil, equity.isCountable { bot.see(equity) }
        journal.touch(bot: bot.id)
    }
}
