/// How a bot comes to life and ends: deployed, provisioned, released, wound down, stopped.
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

extension Fleet {
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
        trading.meetLimits(bot)
        begin(.deploy, bot, command: command)
    }
}
