/// Limits on losses, looked at on every price and fill.
import Store

extension World {
    @inline(__always)
    func equity(_ bot: BotMachine) -> Money {
        place(of: bot).map { venue.equity(at: $0) } ?? .zero
    }

    /// Where the account behind a bot's key stands at the exchange; nil where there is none.
    @inline(__always)
    func place(of bot: BotMachine) -> Int? {
        guard let key = bot.record.keyID else { return nil }
        if let account = bot.account, account.key == key { return account.place }
        bot.account = venue.place(of: key).map { (key: key, place: $0) }
        return bot.account?.place
    }

    /// The price at which a position has lost what one trade may lose, where `price` has reached
    /// it; nil otherwise.
    func lossLevel(
        _ bot: BotMachine, _ held: BookedPosition, _ equity: Money, reachedBy price: Price
    ) -> Price? {
        let side = held.position.side
        let entry = held.position.entryPrice
        let quantity = held.position.quantity
        let lost = (side == .long ? entry - price : price - entry).raw
        let rate = bot.limits.maxLossPerTrade
        guard lost >= 0, quantity.isPositive,
            !isFarFromLimit(lost, quantity, equity, rate)
        else { return nil }
        guard let level = lossPoint(held, equity, rate),
            side == .long ? price <= level : price >= level
        else { return nil }
        return level
    }

    /// Where a position is closed that has lost `rate` of the equity: on the tick, rounded against
    /// it; nil where there is no such price.
    func lossLevel(_ held: BookedPosition, _ equity: Money, _ rate: Rate) -> Price? {
        lossPoint(held, equity, rate).map {
            against(held.position.side, $0, markets[held.symbol].instrument.tick)
        }
    }

    /// The price at which a position has lost `rate` of the equity; nil where there is none.
    func lossPoint(_ held: BookedPosition, _ equity: Money, _ rate: Rate) -> Price? {
        let allowed = equity.times(rate)
        guard allowed.isPositive, held.position.quantity.isPositive,
            // So little cannot lose that much at any price that can be counted.
            let distance = Price.countable(paying: allowed, for: held.position.quantity)
        else { return nil }
        let entry = held.position.entryPrice
        guard held.position.side == .short else {
            return entry > distance ? entry - distance : nil
        }
        let sum = entry.raw.addingReportingOverflow(distance.raw)
        return sum.overflow ? nil : Price(raw: sum.partialValue)
    }

    /// A price on the tick, rounded against a side, and above zero.
    func against(_ side: Side, _ price: Price, _ tick: Price) -> Price {
        // There is no larger one to round to.
        guard price.raw <= .max - tick.raw else { return price }
        return max(price.rounded(to: tick, side == .long ? .down : .up), tick)
    }

    /// Whether a loss by `lost` price units is short of the limit by more than rounding can make
    /// up. Most prices are, and this needs no division.
    private func isFarFromLimit(
        _ lost: Int64, _ quantity: Quantity, _ equity: Money, _ rate: Rate
    ) -> Bool {
        // In 10^-18 of quote currency. The level is rounded twice: by half a unit of price and by
        // half a unit of money, hence the one price unit and the 10^10.
        let loss = (Int128(lost) &+ 1) &* Int128(quantity.raw)
        let allowed = Int128(equity.raw) &* Int128(rate.raw) &* 100
        return loss < allowed &- 10_000_000_000
    }

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
        if let until { timeline.schedule(.cooldown(bot.id), at: until) }
    }

    /// Counts an exchange error; pauses at the threshold, Error at three times it.
    func countAPIError(_ bot: BotMachine, _ failure: VenueFailure) {
        traceFault("exchange \(failure.rawValue)")
        let count = bot.apiErrors.add(at: now)
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .error, what: "api",
                detail: "\(failure.headline); \(count) \(RiskLimits.errorWindowWords), "
                    + "limit \(bot.limits.apiErrors)",
                severity: .warning))
        checkAPIErrors(bot)
        guard count >= 3 * bot.limits.apiErrors,
            take(.criticalError, bot)
        else { return }
        bot.record.errorText = Self.errors(count)
        alert(bot, "error", Self.apiErrors, bot.record.errorText ?? "", severity: .critical)
    }

    private static let apiErrors = RiskLimitName.apiErrors.rawValue

    private static func errors(_ count: Int) -> String {
        "\(counted(count, "exchange error")) \(RiskLimits.errorWindowWords)"
    }

    /// Pauses at the threshold. A cool-down that would end by itself becomes a pause that does not.
    func checkAPIErrors(_ bot: BotMachine) {
        let count = bot.apiErrors.count(at: now)
        let limit = bot.limits.apiErrors
        let mayGoOn = !bot.record.isPaused || bot.record.resumeAt != nil
        // A bot that is paused already has nothing to be stopped from; it is told of once.
        guard count >= limit, mayGoOn || count == limit, isOn(.exchangeErrors) else { return }
        if mayGoOn { pause(bot, cause: .apiErrors, until: nil) }
        let words = "\(Self.errors(count)), limit \(limit)"
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
