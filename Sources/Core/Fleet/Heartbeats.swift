/// Heartbeats: who is heard of, who is offline, and what goes with a lost instance.
import Store

extension Fleet {
    func beat() {
        for bot in bots where bot.record.state.isProvisioned && !isCatchingUp {
            watchLink(bot)
            guard bot.isReachable else {
                checkHeartbeat(bot)
                continue
            }
            bot.record.heartbeatAt = now
            journal.touch(bot: bot.id)
        }
        if !isCatchingUp { watchRollout() }
        schedule(.heartbeats, at: next(Deadlines.heartbeat))
    }

    /// Offline when it has not been heard of for too long; another instance is asked for at once.
    func checkHeartbeat(_ bot: BotMachine) {
        guard bot.instance.isLost || bot.link.isCut && isOn(.missedHeartbeats),
            bot.instance.job == nil,
            now - (bot.record.heartbeatAt ?? now) >= Deadlines.heartbeatLost,
            apply(.heartbeatsMissed, to: bot)
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
}
