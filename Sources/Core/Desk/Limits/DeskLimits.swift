/// What changes of limits have in common at the desk: what they ask first, and the change itself.
import Store

extension Desk {
    func content(_ bot: BotMachine, _ limits: RiskLimits) -> PreviewContent {
        content(
            verb: "risk \(bot.limits.differences(to: limits).after)",
            [CloseTarget(bot: bot.record, positions: bot.positions, resting: [])], only: nil)
    }

    /// The same question as in the console. What has waited for a link was confirmed when it was
    /// asked for.
    private func ask(
        _ confirmation: Confirmation?, _ bot: BotMachine, _ limits: RiskLimits
    ) throws(Refusal) {
        let need = world.trading.limitNeed(of: bot, under: limits)
        guard need.question != .none, !isHandingOver, world.isOn(.limitsAreConfirmed) else {
            return
        }
        switch confirmation {
        // Which was checked.
        case .token, .label: return
        case .yes where need.question == .yes: return
        case .yes, nil: throw .confirmationMissing(.limits(need))
        }
    }

    func change(
        _ bot: BotMachine, to limits: RiskLimits, _ confirmation: Confirmation?,
        by person: Operator
    ) throws -> Deed {
        try checkLabel(confirmation, of: bot.record)
        let changed = bot.limits.differences(to: limits)
        guard !changed.after.isEmpty else {
            return Deed(bot: bot.record, unchanged: "nothing changes")
        }
        try checkToken(confirmation, content(bot, limits), of: bot.record, by: person)
        try ask(confirmation, bot, limits)
        let moved = world.trading.outlooks(of: bot, under: limits).filter(\.moves)
        let positions = moved.map { "; \($0.words)" }.joined()
        let version = bot.record.limitsVersion + 1
        let at = world.now
        return Deed(
            bot: bot.record, before: changed.before, after: changed.after,
            message: "in force: \(changed.after)\(positions)"
        ) { [world] db, _ throws(StoreError) in
            try Self.consume(confirmation, db)
            try db.insert(
                RiskLimitsVersion(
                    botID: bot.id, version: version, setAt: at, setBy: person.name,
                    limits: limits))
            world.trading.setLimits(bot, limits, version: version)
            world.journal.add(
                Activity(
                    botID: bot.id, at: at, kind: .config, what: "limits",
                    detail: "\(changed.before) → \(changed.after)", actor: person.name))
        }
    }
}
