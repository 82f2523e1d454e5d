/// Exchange errors, counted: too many pause a bot, three times as many put it into Error.
import Store

extension Trading {
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
            apply(.criticalError, to: bot)
        else { return }
        bot.record.errorText = Self.errors(count)
        alert(bot, "error", Self.apiErrors, bot.record.errorText ?? "", severity: .critical)
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

    /// A bot in Error for exchange errors recovers once they have stopped. Whatever else has
    /// brought it there is not healed by an exchange that answers.
    func recoverFromErrors(_ bot: BotMachine) {
        guard bot.record.phase == .error, !bot.isSetAside, bot.instance.phaseFailure == nil,
            Self.tellsErrors(bot.record.errorText),
            bot.apiErrors.count(at: now) < bot.limits.apiErrors
        else { return }
        guard bot.instance.since != nil, apply(.recovered, to: bot) else { return }
        bot.record.errorText = nil
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .life, what: "recovered",
                detail: "the exchange answers again; \(bot.record.state.title)"))
        journal.touch(bot: bot.id)
    }

    private static let apiErrors = RiskLimitName.apiErrors.rawValue

    private static func errors(_ count: Int) -> String {
        "\(counted(count, "exchange error")) \(RiskLimits.errorWindowWords)"
    }

    /// By its words a bot is known, in later starts too, that exchange errors have stopped.
    private static func tellsErrors(_ text: String?) -> Bool {
        text?.hasSuffix(String(errors(0).drop { !$0.isLetter })) ?? false
    }
}
