/// A running bot gets another template.
import Store

extension Fleet {
    /// Applies at once: the new rules, warmed up by past candles, take over open positions.
    /// A template that the desk has built once before cannot fail here.
    func change(
        _ bot: BotMachine, to template: Template, by actor: String,
        history: (String) -> [Candle]
    ) {
        let before = bot.record.templateName ?? "none"
        let exits = lastExits(of: bot)
        guard (try? trading.assign(template, to: bot)) != nil else { return }
        trading.warmUp(bot.id, exits: exits, history: history)
        bot.record.evaluatingSince = now
        reconfigured(bot)
        replanWake(bot)
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .config, what: "template",
                detail: "\(before) → \(template.name) v\(template.version)"
                    + HoldingWords.separator + HoldingWords.ruled(bot.held.count),
                actor: actor))
    }
}

extension Fleet {
    /// As near as its candles tell: a cool-down goes on under another template.
    private func lastExits(of bot: BotMachine) -> [String: Instant] {
        var exits: [String: Instant] = [:]
        for traded in bot.traded {
            guard let count = traded.candlesSinceExit else { continue }
            let span = traded.strategy.template.timeframe.span
            let first = now.floored(to: span) - span * Int64(count - 1)
            exits[traded.instrument.symbol] = count == 0 ? now : first - .milliseconds(1)
        }
        return exits
    }
}

extension Reading {
    /// The workspace of a founded home. - Throws: ``StoreError`` for a database without one.
    func existingWorkspace() throws(StoreError) -> Workspace {
        guard let workspace = try workspace() else {
            throw .damaged(what: "the workspace row is missing")
        }
        return workspace
    }
}
