/// What is looked at once a minute: the hour's bill, lost instances, updates, who sleeps or wakes.
import Store

extension World {
    func passMinute() {
        timeline.schedule(.minute, at: now.floored(to: .minutes(1)) + .minutes(1))
        guard !isCatchingUp else { return }
        if now.floored(to: .hours(1)) == now { passHour() }
        for bot in bots {
            upkeep(of: bot) {
                offerUpdate(bot)
                sleepOrWake(bot)
            }
        }
        watchBalance()
    }

    private func passHour() {
        for bot in bots {
            upkeep(of: bot) { meter(bot) }
            if bot.isReachable, compute.losesInstance(of: bot.id, in: now) {
                traceFault("instance lost")
                loseInstance(bot)
            }
        }
    }

    /// A newer version is shown; nobody gets it unasked. **Source** <doc:ProductRules#Updates>.
    func offerUpdate(_ bot: BotMachine) {
        guard let newest = compute.catalog.newestVersion, newest != bot.record.version,
            newest != bot.record.availableVersion
        else { return }
        bot.record.availableVersion = newest
        journal.touch(bot: bot.id)
        tell(bot, "update", "\(newest) is ready, now \(bot.record.version)")
    }

    /// Offline when it has not been heard of for too long; another instance is asked for at once.
    func checkHeartbeat(_ bot: BotMachine) {
        guard bot.instance.isLost || bot.link.isCut && isOn(.missedHeartbeats),
            bot.instance.job == nil,
            now - (bot.record.heartbeatAt ?? now) >= Deadlines.heartbeatLost,
            take(.heartbeatsMissed, bot)
        else { return }
        alert(
            bot, "offline", FailureWord.offline,
            "no heartbeat for \(Deadlines.heartbeatLost.ageText)" + HoldingWords.separator
                + HoldingWords.open(bot.held.count)
                + (bot.link.isCut ? "; it may trade on \(bot.link.words ?? "")" : ""),
            severity: .critical)
        if bot.instance.isLost { begin(.replace, bot) }
    }

    /// Its process is gone with it, and so is what it knew.
    func loseInstance(_ bot: BotMachine) {
        bot.instance.isLost = true
        bot.isDown = true
        if bot.record.keyID != nil { bot.isReconciled = false }
        bot.link.running = nil
        traceDown(bot)
        journal.touch(instance: bot.id)
        journal.touch(link: bot.id)
    }

    /// No wake at zero balance.
    var canPay: Bool { available.map(\.isPositive) ?? true }
}
