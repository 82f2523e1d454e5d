/// A running bot gets another template.
import Store

extension World {
    /// Applies at once: the new rules, warmed up by past candles, take over open positions.
    /// A template that the desk has built once before cannot fail here.
    func change(
        _ bot: BotMachine, to template: Template, by actor: String,
        history: (String) -> [Candle]
    ) {
        let before = bot.record.templateName ?? "none"
        guard (try? assign(template, to: bot)) != nil else { return }
        warmUp(bot.id, history: history)
        reconfigured(bot)
        replanWake(bot)
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .config, what: "template",
                detail: "\(before) → \(template.name) v\(template.version); "
                    + "\(counted(bot.held.count, "open position")) under its exit rules",
                actor: actor))
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
