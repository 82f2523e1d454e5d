/// What happens to a bot whose numbers cannot be gone on with: that bot stops, the others trade on.
import Store

extension Trading {
    /// A bot whose rows cannot be read goes to Error; one that stands there is told why anew.
    func heedFlaws(of bot: BotMachine) {
        guard let words = bot.flaws.words else { return }
        guard bot.record.phase == .error else { return fail(bot, words) }
        bot.record.errorText = words
        journal.touch(bot: bot.id)
    }

    /// A bot that stands in Error already is not stopped again, and its people are told all the
    /// same.
    func tell(_ bot: BotMachine, of closed: Position, _ flaw: String) {
        let words =
            "\(closed.id) \(closed.symbol) is closed, and its trade is not what it was: \(flaw); "
            + "what could not be counted stands at zero"
        guard bot.record.phase == .error || !isOn(.failureStops) else { return fail(bot, words) }
        alert(bot, "error", FailureWord.numbers, words, severity: .critical)
    }

    /// What could not be read was set anew: a bot that stands in Error for it is told what is left.
    /// - Parameter words: of its flaws before.
    func flawsMended(of bot: BotMachine, from words: String?) {
        guard let words, bot.record.phase == .error, bot.record.errorText == words else { return }
        bot.record.errorText = bot.flaws.words ?? Self.putRight
        journal.touch(bot: bot.id)
    }

    /// Why a bot still stands in Error of which everything can be read again.
    static let putRight = "put right; restart it"

    static let uncountable = "its account is worth more, or owes more, than can be counted"

    /// Into Error, with what it leaves open named, until a person restarts it: an exchange that
    /// answers does not heal this.
    func fail(_ bot: BotMachine, _ reason: String) {
        guard bot.record.phase != .error, isOn(.failureStops) else { return }
        // Where no process runs there is no Error to go to, and nothing that trades.
        if apply(.criticalError, to: bot) {
            bot.record.errorText = reason
            bot.instance.phaseFailure = reason
            journal.touch(instance: bot.id)
        }
        cancelEntries(bot)
        let open = bot.held.map {
            "\($0.position.symbol) \($0.position.side.rawValue) \($0.position.quantity)"
        }
        alert(
            bot, "error", FailureWord.numbers,
            reason + HoldingWords.separator
                + (open.isEmpty ? HoldingWords.none : HoldingWords.left(open)),
            severity: .critical)
    }
}

/// What a feed calls a failure behind which there is no limit on trades and no position; a job
/// that failed has the job's own name.
enum FailureWord {
    static let numbers = "numbers"
    static let offline = "offline"
    static let rolledBack = "rolled back"
    static let notAwake = "not awake"
    static let apiErrors = RiskLimitName.apiErrors.rawValue

    static let all = Set(
        [numbers, offline, rolledBack, notAwake, apiErrors] + ComputeJob.allCases.map(\.rawValue))
}
