/// Limits on losses, looked at on every price and fill.
import Store

extension World {
    func equity(_ bot: BotMachine) -> Money {
        bot.record.keyID.map { venue.equity($0) } ?? .zero
    }

    /// The price at which a position has lost what one trade may lose; nil when that is no price.
    func lossLevel(_ bot: BotMachine, _ position: Position) -> Price? {
        guard position.quantity.isPositive else { return nil }
        let allowed = equity(bot).times(bot.limits.maxLossPerTrade)
        guard allowed.isPositive else { return nil }
        let distance = Price(paying: allowed, for: position.quantity)
        let level =
            position.side == .long
            ? position.entryPrice - distance : position.entryPrice + distance
        return level.isPositive ? level : nil
    }

    /// The daily kill switch: realised and unrealised loss since midnight UTC.
    func checkLossLimits(_ bot: BotMachine) {
        guard bot.record.killLatchedAt == nil else {
            // What a thin book has left open is closed yet.
            if bot.limits.dailyLossFlattens { closeEverything(bot, reason: Self.dailyLoss) }
            return
        }
        guard let start = bot.record.dayStartEquity, start.isPositive else { return }
        let present = equity(bot)
        let allowed = start.times(bot.limits.dailyLoss)
        guard start - present >= allowed else { return }
        latchKillSwitch(bot, lost: start - present, of: start)
    }

    private func latchKillSwitch(_ bot: BotMachine, lost: Money, of start: Money) {
        bot.record.killLatchedAt = now
        let share = lost.share(of: start)?.percentText ?? "?"
        let words =
            "lost \(lost.text(decimals: 2)) of \(start.text(decimals: 2)) since 00:00Z: "
            + "\(share) %, limit \(bot.limits.dailyLoss.percentText) %"
        pause(bot, cause: .killSwitch, until: nil)
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

    /// The reasons that closes for a limit carry.
    static let lossPerTrade = RiskLimitName.maxLossPerTrade.rawValue
    static let dailyLoss = RiskLimitName.dailyLoss.rawValue

    /// The computation behind a close for the loss limit, in the feed.
    func tellLoss(_ bot: BotMachine, _ position: Position, at price: Price?) {
        guard journal.scope.contains(.activity), let price else { return }
        let equity = equity(bot).text(decimals: 2)
        let loss = (-position.unrealised(at: price)).text(decimals: 2)
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .risk, what: Self.lossPerTrade,
                detail: "\(position.symbol) loses \(loss) of \(equity), "
                    + "limit \(bot.limits.maxLossPerTrade.percentText) %",
                severity: .warning))
    }

    /// Counts a closed trade; a winning one resets the streak. **Source** PRODUCT section 6.
    func countStreak(_ bot: BotMachine, _ trade: Trade) {
        bot.record.consecutiveLosses = trade.net > .zero ? 0 : bot.record.consecutiveLosses + 1
        journal.touch(bot: bot.id)
        checkStreak(bot)
    }

    /// Pauses for the cool-down once the streak has reached its limit.
    func checkStreak(_ bot: BotMachine) {
        let losses = bot.record.consecutiveLosses
        guard losses >= bot.limits.consecutiveLosses, !bot.record.isPaused else { return }
        let minutes = bot.limits.consecutiveLossCooldownMinutes
        let until = minutes > 0 ? now + .minutes(Int64(minutes)) : nil
        pause(bot, cause: .lossStreak, until: until)
        let words =
            "\(losses) losing trades in a row, limit \(bot.limits.consecutiveLosses); "
            + (minutes > 0 ? "resumes by itself in \(minutes) min" : "a person must resume")
        alert(bot, "loss_streak", "consecutive_losses", words, severity: .warning)
        if let until { timeline.schedule(.cooldown(bot.id), at: until) }
    }

    /// Counts an exchange error; pauses at the threshold, Error at three times it.
    func countAPIError(_ bot: BotMachine, _ failure: VenueFailure) {
        let count = bot.apiErrors.add(at: now)
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .error, what: "api",
                detail: "\(failure.headline); \(count) in 5 min, limit \(bot.limits.apiErrors)",
                severity: .warning))
        checkAPIErrors(bot)
        guard count >= 3 * bot.limits.apiErrors, bot.record.phase == .online else { return }
        bot.record.phase = .error
        bot.record.errorText = "\(count) exchange errors in 5 min"
        alert(bot, "error", Self.apiErrors, bot.record.errorText ?? "", severity: .critical)
    }

    private static let apiErrors = RiskLimitName.apiErrors.rawValue

    /// Pauses at the threshold. A cool-down that would end by itself becomes a pause that does not.
    func checkAPIErrors(_ bot: BotMachine) {
        let count = bot.apiErrors.count(at: now)
        let limit = bot.limits.apiErrors
        guard count >= limit, !bot.record.isPaused || bot.record.resumeAt != nil else { return }
        pause(bot, cause: .apiErrors, until: nil)
        let words = "\(count) exchange errors in 5 min, limit \(limit)"
        alert(bot, "api_errors", Self.apiErrors, words, severity: .critical)
    }

    /// A trip of a limit: an entry in the feed with its computation, and a notice.
    func alert(
        _ bot: BotMachine, _ kind: String, _ limit: String, _ words: String, severity: Severity
    ) {
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .risk, what: limit, detail: words,
                severity: severity))
        if journal.scope.contains(.activity) {
            journal.notices.append(
                Notice(
                    botID: bot.id, at: now, kind: kind, severity: severity,
                    message: "\(bot.record.label): \(words)"))
        }
        journal.touch(bot: bot.id)
    }
}
