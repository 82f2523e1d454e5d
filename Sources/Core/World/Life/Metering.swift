/// What instances cost, to the second, and what happens when the balance runs out.
import Store

extension World {
    /// Runway at which an alarm is given; then bots are paused, then wound down.
    /// **Source** <doc:ProductRules#Billing>.
    static let alarmLevels: [Span] = [.hours(24), .hours(6), .hours(1), .minutes(15)]
    /// `15 minutes`, below which they are paused.
    static let pauseWords = "\(alarmLevels[3].milliseconds / 60_000) minutes"

    /// Puts the whole seconds since the last charge on the ledger.
    func meter(_ bot: BotMachine) {
        guard let from = bot.instance.chargedUntil else { return }
        let seconds = (now - from).milliseconds / 1000
        guard seconds > 0 else { return }
        bot.instance.chargedUntil = from + .seconds(seconds)
        journal.touch(instance: bot.id)
        guard billing != nil else { return }
        let hourly = compute.catalog.hourly(of: bot.record)
        let cost = Self.cost(hourly, seconds)
        book(
            LedgerEntry(
                at: now, kind: .usage, amount: -cost, botID: bot.id, seconds: seconds,
                detail: "\(bot.record.provider) \(bot.record.region) at \(hourly) an hour"))
    }

    static func cost(_ hourly: Money, _ seconds: Int64) -> Money {
        (hourly * seconds).divided(by: 3600)
    }

    /// The only way in which the balance changes.
    func book(_ entry: LedgerEntry) {
        guard billing != nil else { return }
        billing?.balance += entry.amount
        if isOn(.ledgerRow) { journal.ledger.append(entry) }
    }

    /// No wake at zero balance.
    var canPay: Bool { available.map(\.isPositive) ?? true }

    /// USD an hour for what is provisioned now.
    var burn: Money {
        bots.reduce(.zero) { sum, bot in
            bot.instance.since == nil ? sum : sum + compute.catalog.hourly(of: bot.record)
        }
    }

    /// The balance less what has been used and is not on the ledger yet; nil when nobody pays.
    var available: Money? {
        guard let billing else { return nil }
        return bots.reduce(billing.balance) { sum, bot in
            guard let from = bot.instance.chargedUntil else { return sum }
            let seconds = (now - from).milliseconds / 1000
            return sum - Self.cost(compute.catalog.hourly(of: bot.record), max(seconds, 0))
        }
    }

    func watchBalance() {
        guard let before = billing?.alarm, let available else { return }
        let level = alarmLevel(available)
        guard level != before else { return }
        billing?.alarm = level
        journal.hasBilling = true
        guard level > before else { return }
        let dollars = available.text(decimals: 2)
        switch level {
        case 5 where isOn(.windDownAtZero): windDownAll()
        case 5: break
        case 4: pauseAll()
        default:
            warn(
                "the balance of \(dollars) USD lasts less than "
                    + Self.alarmLevels[level - 1].ageText,
                level == 3 ? .critical : .warning)
        }
    }

    private func alarmLevel(_ available: Money) -> Int {
        let burn = burn
        if !available.isPositive { return burn.isZero ? billing?.alarm ?? 0 : 5 }
        guard burn.isPositive else { return 0 }
        let runway = Runway(available, burn)
        return Self.alarmLevels.count { runway.span < $0 }
    }

    private func pauseAll() {
        warn("the balance lasts less than \(Self.pauseWords): every bot is paused")
        for bot in bots where bot.instance.since != nil { pauseForBalance(bot) }
    }

    /// A cool-down would end by itself; this pause does not.
    private func pauseForBalance(_ bot: BotMachine) {
        guard !bot.record.isPaused || bot.record.resumeAt != nil else { return }
        pause(bot, cause: .billing, until: nil, by: "billing")
    }

    /// A bot that comes online late finds the balance as the others have found it.
    func meetBalance(_ bot: BotMachine) {
        guard let billing else { return }
        if !canPay, isOn(.windDownAtZero) {
            windDown(bot, command: nil, words: "the balance is used up", by: "billing")
        } else if billing.alarm >= 4 {
            pauseForBalance(bot)
        }
    }

    /// What stays open is named: nobody watches it from here on.
    private func windDownAll() {
        let open = bots.flatMap { bot in
            bot.held.map { "\(bot.record.label) \($0.position.symbol)" }
        }
        warn(
            "the balance is used up: every bot is wound down"
                + (open.isEmpty ? "" : "; left open: " + open.joined(separator: ", ")))
        for bot in bots where bot.instance.since != nil && bot.record.phase != .windingDown {
            windDown(bot, command: nil, words: "the balance is used up", by: "billing")
        }
    }

    private func warn(_ message: String, _ severity: Severity = .critical) {
        alarm("billing", message, severity: severity)
    }
}

/// How long money lasts.
public struct Runway: Sendable, Equatable {
    public let span: Span

    /// **Requires** a positive burn. Never longer than ten years.
    public init(_ available: Money, _ burn: Money) {
        let longest = Span.days(3653)
        let hours = available.raw / max(burn.raw, 1)
        guard hours < longest.milliseconds / 3_600_000 else {
            span = longest
            return
        }
        span = Span(
            milliseconds: multiplyDivide(max(available.raw, 0), 3_600_000, burn.raw, .down))
    }
}
