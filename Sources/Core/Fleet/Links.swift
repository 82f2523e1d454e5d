/// How a bot hears of its configuration, and how it goes on while it hears nothing.
import Store

extension Fleet {
    /// A command waits until the bot can hear it.
    /// - Parameter pause: the flag that it wants; nil when it does not speak of it.
    func queued(_ bot: BotMachine, pause: Bool?) {
        bot.link.wanted += 1
        bot.link.changedAt = now
        bot.link.queued += 1
        if let pause { bot.link.wantsPause = pause }
        journal.touch(link: bot.id)
    }

    /// One that waited is taken back.
    /// - Parameter pause: the flag that those which still wait want.
    func unqueued(_ bot: BotMachine, pause: Bool?) {
        bot.link.wanted = max(bot.link.wanted - 1, bot.link.running ?? 1)
        bot.link.queued = max(0, bot.link.queued - 1)
        bot.link.wantsPause = pause
        journal.touch(link: bot.id)
        // Back already, and nothing is left to be handed over.
        if bot.link.lostAt == nil, bot.link.queued == 0 { handedOver(bot) }
    }

    /// A process has started: it asks for the newest configuration before anything else.
    func linkOpens(_ bot: BotMachine) {
        bot.link.apply(at: now)
        bot.link.upSince = now
        endOutage(bot)
    }

    /// Nothing of its configuration stays behind. **Source** <doc:ProductRules#Lost-links>.
    func linkEnds(_ bot: BotMachine) {
        bot.link.running = nil
        bot.link.upSince = nil
        endOutage(bot)
    }

    /// Nothing is on its way to be heard of again: what has waited for that is due at the desk.
    private func endOutage(_ bot: BotMachine) {
        bot.link.lostAt = nil
        bot.link.returnsAt = nil
        if bot.link.isReturning { linksHaveReturned = true }
        journal.touch(link: bot.id)
        traceDown(bot)
    }

    /// Looked at with every heartbeat: has the network failed, is it back?
    func watchLink(_ bot: BotMachine) {
        if let back = bot.link.returnsAt {
            // While its process is replaced there is nobody to come back.
            if back <= now, bot.instance.job == nil { linkReturned(bot) }
            return
        }
        guard bot.isReachable, bot.instance.job == nil,
            let outage = outage(of: bot, at: now)
        else { return }
        cutLink(bot, until: outage.until)
    }

    /// The outage that a bot is in; one that began before its link came up is over for it.
    private func outage(of bot: BotMachine, at now: Instant) -> NetworkOutage? {
        let hour = now.floored(to: .hours(1))
        for start in [hour, hour - .hours(1)] {
            if let outage = compute.outage(of: bot.id, in: start), outage.from <= now,
                now < outage.until, bot.link.upSince.map({ $0 < outage.from }) ?? true
            {
                return outage
            }
        }
        return nil
    }

    /// From now on the bot runs on what it heard last. Nobody is told: nobody knows yet.
    func cutLink(_ bot: BotMachine, until back: Instant) {
        bot.link.lostAt = now
        bot.link.returnsAt = back
        journal.touch(link: bot.id)
        traceFault("link")
        traceDown(bot)
    }

    /// Heartbeat, then book against exchange, then the newest configuration, then trading.
    /// **Source** <doc:ProductRules#Lost-links>.
    func linkReturned(_ bot: BotMachine) {
        let away = now - (bot.link.lostAt ?? now)
        bot.link.upSince = now
        bot.record.heartbeatAt = now
        journal.touch(bot: bot.id)
        endOutage(bot)
        trading.reconcileBeforeTrading(bot)
        if !bot.link.isReturning { trust(bot, after: away) }
    }

    /// What waited has been handed over.
    func handedOver(_ bot: BotMachine) {
        bot.link.queued = 0
        bot.link.wantsPause = nil
        if bot.link.running != nil { bot.link.apply(at: now) }
        journal.touch(link: bot.id)
        trust(bot, after: nil)
    }

    private func trust(_ bot: BotMachine, after away: Span?) {
        guard apply(.heartbeatReturned, to: bot) else { return }
        let words = bot.link.words ?? ""
        tell(
            bot, "back",
            "reconciled; runs \(words)\(away.map { "; was away \($0.ageText)" } ?? "")")
    }
}

extension BotLink {
    /// Of a bot that nobody has kept a link for: what it has is its first configuration.
    static func up(_ bot: Bot, from now: Instant) -> BotLink {
        BotLink(
            botID: bot.id, running: bot.phase.isProvisioned ? 1 : nil, changedAt: bot.createdAt,
            appliedAt: bot.phase.isProvisioned ? now : nil)
    }
}
