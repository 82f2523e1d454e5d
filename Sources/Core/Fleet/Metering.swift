/// What instances cost, to the second, and what happens when the balance runs out.
import Store

extension Fleet {
    /// Charges the whole seconds since the last charge.
    func meter(_ bot: BotMachine) {
        guard let from = bot.instance.chargedUntil else { return }
        let seconds = (now - from).milliseconds / 1000
        guard seconds > 0 else { return }
        bot.instance.chargedUntil = from + .seconds(seconds)
        journal.touch(instance: bot.id)
        charge(
            Usage(
                bot: bot.id, place: "\(bot.record.provider) \(bot.record.region)",
                hourly: compute.catalog.hourly(of: bot.record), seconds: seconds))
    }

    func charge(_ usage: Usage) { tellBilling(.used(usage)) }

    /// Somebody has paid.
    func topUp(_ amount: Money, by payer: String) {
        tellBilling(.paid(amount, by: payer))
        watchBalance()
    }

    func watchBalance() {
        guard let available else { return }
        tellBilling(.looked(available: available, burn: burn))
    }

    /// USD an hour for what is provisioned now.
    private var burn: Money {
        bots.reduce(.zero) { sum, bot in
            bot.instance.since == nil ? sum : sum + compute.catalog.hourly(of: bot.record)
        }
    }

    /// The balance less what has been used and is not on the ledger yet; nil when nobody pays.
    var available: Money? {
        let running = bots.lazy.compactMap { bot in
            bot.instance.chargedUntil.map {
                (since: $0, hourly: self.compute.catalog.hourly(of: bot.record))
            }
        }
        return billing.available(less: running, at: now)
    }

    /// No wake at zero balance.
    var canPay: Bool { available.map(\.isPositive) ?? true }

    private func tellBilling(_ event: Billing.Event) {
        for news in billing.handle(event, at: now) { heed(news) }
    }

    private func heed(_ news: Billing.News) {
        switch news {
        case .booked(let entry): if isOn(.ledgerRow) { journal.ledger.append(entry) }
        case .alarmMoved: journal.hasBilling = true
        case .warned(let words, let severity): alarm("billing", words, severity: severity)
        case .runsOut: for bot in bots where bot.instance.since != nil { pauseForBalance(bot) }
        case .isUsedUp: if isOn(.windDownAtZero) { windDownAll() }
        }
    }

    /// A cool-down would end by itself; this pause does not.
    private func pauseForBalance(_ bot: BotMachine) {
        guard !bot.record.isPaused || bot.record.resumeAt != nil else { return }
        trading.pause(bot, cause: .billing, until: nil, by: "billing")
    }

    /// A bot that comes online late finds the balance as the others have found it.
    func meetBalance(_ bot: BotMachine) {
        if !canPay, isOn(.windDownAtZero) {
            windDown(bot, command: nil, words: "the balance is used up", by: "billing")
        } else if billing.runsOut {
            pauseForBalance(bot)
        }
    }

    /// What stays open is named: nobody watches it from here on.
    private func windDownAll() {
        let open = bots.flatMap { bot in
            bot.held.map { "\(bot.record.label) \($0.position.symbol)" }
        }
        alarm(
            "billing",
            "the balance is used up: every bot is wound down"
                + (open.isEmpty ? "" : "; left open: " + open.joined(separator: ", ")))
        for bot in bots where bot.instance.since != nil && bot.record.phase != .windingDown {
            windDown(bot, command: nil, words: "the balance is used up", by: "billing")
        }
    }
}
