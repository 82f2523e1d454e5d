/// A bot's configuration has changed: it has the new one at once.
import Store

extension Department {
    /// The backend wants something else of a bot, or the bot has changed its own flag. It is
    /// there at once: while the link is away only the bot itself gets here, since what people
    /// ask for waits at the desk; only a halt reaches through, by way of the exchange.
    func reconfigured(_ bot: BotMachine) {
        // What is being handed over was counted when it was asked for.
        guard bot.link.queued == 0 else { return }
        bot.link.wanted += 1
        bot.link.changedAt = now
        if bot.link.running != nil { bot.link.apply(at: now) }
        journal.touch(link: bot.id)
    }
}

extension BotLink {
    /// The bot takes the newest configuration.
    mutating func apply(at now: Instant) {
        running = wanted
        appliedAt = now
    }
}
