/// Where a bot's state changes: by the table of its life, and nowhere else.
import Store

/// A command that ended together with the work that it began.
struct JobResult {
    let command: ID<CommandRecord>
    let succeeded: Bool
    let message: String
    /// What a person can do now; nil: look.
    var remedy: String?
    let at: Instant
}

extension World {
    /// Carries an event out if the table knows it in the bot's state.
    /// - Returns: false when it is refused there; nothing has changed then.
    @discardableResult
    func apply(_ event: LifeEvent, to bot: BotMachine) -> Bool {
        let before = bot.record.state
        var number: Transition?
        switch BotTransitions.step(event, in: before) {
        case .refused: return false
        case .overlays: return true
        case .flags(let paused, let transition):
            bot.record.isPaused = paused
            number = transition
        case .becomes(let phase, let transition):
            bot.record.phase = phase
            number = transition
        }
        if let number { trace(bot, number, from: before) }
        journal.touch(bot: bot.id)
        if !bot.flaws.isEmpty, bot.record.phase == .online { heedFlaws(of: bot) }
        return true
    }

    func tell(
        _ bot: BotMachine, _ what: String, _ detail: String, by actor: String? = nil,
        severity: Severity = .info
    ) {
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .life, what: what, detail: detail,
                actor: actor ?? "bot", severity: severity))
    }

    /// The instance is there: from now on it is paid for, and heard of.
    func provisioned(_ bot: BotMachine) {
        bot.instance.since = now
        bot.instance.chargedUntil = now
        bot.instance.isLost = false
        bot.instance.wakeAt = nil
        bot.record.upSince = now
        bot.record.evaluatingSince = now
        bot.record.heartbeatAt = now
        linkOpens(bot)
        journal.touch(instance: bot.id)
        journal.touch(bot: bot.id)
    }

    /// The instance is gone, for now or for good; what it cost is on the ledger.
    func released(_ bot: BotMachine) {
        if isOn(.chargeIsBooked) { meter(bot) }
        if let since = bot.instance.since {
            journal.deployments.append(
                Deployment(
                    botID: bot.id, provider: bot.record.provider, region: bot.record.region,
                    ipv4: bot.record.ipv4, ipv6: bot.record.ipv6, startedAt: since, endedAt: now))
        }
        bot.instance.since = nil
        if isOn(.chargeEnds) { bot.instance.chargedUntil = nil }
        bot.instance.isLost = false
        linkEnds(bot)
        bot.record.upSince = nil
        journal.touch(instance: bot.id)
        journal.touch(bot: bot.id)
    }

    /// Begins the way to Stopped: at once for a sleeping bot, by a release for any other.
    /// - Returns: whether it is Stopped already.
    @discardableResult
    func windDown(
        _ bot: BotMachine, command: ID<CommandRecord>?, words: String, by actor: String?
    ) -> Bool {
        let left = bot.held.map { "\($0.position.symbol) \($0.position.side.rawValue)" }
        let open = left.isEmpty ? "" : HoldingWords.separator + HoldingWords.left(left)
        guard apply(.stop, to: bot) else { return true }
        tell(
            bot, "stop", words + open, by: actor, severity: left.isEmpty ? .info : .critical)
        if bot.record.phase == .stopped {
            finishStop(bot)
            return true
        }
        begin(.release, bot, command: command)
        return false
    }

    /// Nothing stays behind but the configuration. **Source** <doc:ProductRules#Stopping-a-bot>.
    func finishStop(_ bot: BotMachine) {
        bot.record.ipv4 = ""
        bot.record.ipv6 = ""
        bot.record.errorText = nil
        bot.instance.wakeAt = nil
        journal.touch(instance: bot.id)
        journal.touch(bot: bot.id)
        tell(bot, "stopped", "the instance and its addresses are released")
    }

    /// Asks for an instance with addresses of its own. **Source** <doc:ProductRules#Deployment>.
    func deploy(_ bot: BotMachine, command: ID<CommandRecord>?, by actor: String) {
        if bot.instance.jobNumber == 0 { trace(bot, .t1, from: BotTransitions.birth) }
        let taken = Set(bots.map(\.record.ipv4))
        let own = compute.addresses(
            of: bot.id, number: bot.instance.jobNumber + 1, taken: taken)
        bot.record.ipv4 = own.ipv4
        bot.record.ipv6 = own.ipv6
        bot.record.errorText = nil
        if let newest = compute.catalog.newestVersion {
            bot.record.version = newest
            bot.record.availableVersion = nil
        }
        tell(bot, "deploy", "to \(bot.record.provider) \(bot.record.region)", by: actor)
        meetLimits(bot)
        begin(.deploy, bot, command: command)
    }

    /// A bot that winds down or is stopped cannot be paused. What a limit asked for meanwhile is
    /// in force when it starts again.
    private func meetLimits(_ bot: BotMachine) {
        if bot.record.killLatchedAt != nil, !bot.record.isPaused, isOn(.latchPauses) {
            pause(bot, cause: .killSwitch, until: nil)
        }
        checkStreak(bot)
        checkAPIErrors(bot)
    }

    /// Key and instruments change together; the strategies start again on the new symbols.
    func assign(_ key: APIKey, to bot: BotMachine, by actor: String) {
        leaveAccount(bot)
        bot.record.keyID = key.id
        bot.instruments = key.instruments.compactMap(symbol).sorted()
        // At the simulated exchange an account is there with the first use of its key.
        if key.environment == .paper, venue.account(key.id) == nil {
            openAccount(key.id, deposit: PaperVenue.standardDeposit)
        }
        beginDay(bot)
        bot.record.evaluatingSince = now
        reconfigured(bot)
        journal.touch(bot: bot.id)
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .config, what: "key", detail: key.label,
                actor: actor))
    }

    func takeKey(from bot: BotMachine, by actor: String) {
        leaveAccount(bot)
        bot.record.keyID = nil
        // Without an account there is nothing that a day could have lost.
        (bot.record.dayStart, bot.record.dayStartEquity) = (nil, nil)
        bot.instruments = []
        reconfigured(bot)
        journal.touch(bot: bot.id)
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .config, what: "key", detail: "none", actor: actor))
    }

    /// It hears of the symbols of its key no more.
    private func leaveAccount(_ bot: BotMachine) {
        for old in bot.traded { watchers[old.symbol].removeAll { $0.bot === bot } }
        bot.traded = []
        bot.account = nil
        // The equity of another account is no fall of this one.
        bot.drawdown = nil
    }
}

extension BotMachine {
    /// There is an instance, and the process on it runs.
    var hasProcess: Bool {
        record.state.isProvisioned && instance.since != nil && !instance.isLost && !isDown
    }

    /// The same, and the backend hears of it.
    var isReachable: Bool { hasProcess && !link.isCut }

    /// Its row as the backend knows it: what its clocks said when it was heard of last.
    /// **Source** <doc:ProductRules#Four-clocks>.
    var reported: Bot {
        guard let lost = link.lostAt else { return record }
        var seen = record
        seen.evaluatedAt = seen.evaluatedAt.map { min($0, lost) }
        seen.exchangeAckAt = seen.exchangeAckAt.map { min($0, lost) }
        seen.reconciledAt = seen.reconciledAt.map { min($0, lost) }
        return seen
    }
}
