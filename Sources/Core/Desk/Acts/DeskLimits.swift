/// Risk limits at the desk: what a change asks first, and the change itself.
import Store

extension Desk {
    func setLimits(
        _ name: String, _ settings: [LimitSetting], _ confirmation: Confirmation?,
        by person: Operator
    ) throws -> Plan {
        let bot = try machine(named: name)
        let limits = try bot.limits.setting(settings)
        return Plan(deeds: [try change(bot, to: limits, confirmation, by: person)])
    }

    func resetLimits(
        _ name: String, _ confirmation: Confirmation?, by person: Operator
    ) throws -> Plan {
        let bot = try machine(named: name)
        guard bot.record.limitsVersion != 0 else {
            throw Refusal.nothingToChange("\(bot.record.label) has the default limits already")
        }
        return Plan(deeds: [try change(bot, to: RiskLimits(), confirmation, by: person)])
    }

    /// What the limits would do, what they ask for, and a token that confirms just that.
    func previewLimits(
        _ name: String, _ settings: [LimitSetting], by person: Operator
    ) throws -> Plan {
        let bot = try machine(named: name)
        let limits = try bot.limits.setting(settings)
        let need = world.limitNeed(of: bot, under: limits)
        let stored = try store(content(bot, limits), for: person)
        return Plan(
            deeds: [],
            result: Self.foresight(
                stored, bot, world.outlooks(of: bot, under: limits),
                [
                    JSON.Member("loosens", .list(need.loosened) { .string($0.rawValue) }),
                    JSON.Member("asks", .string(need.question.rawValue)),
                ]))
    }

    /// What a change of rules would do to the positions of a bot, as its preview tells it.
    static func foresight(
        _ preview: Preview, _ bot: BotMachine, _ outlooks: [ExitOutlook], _ more: [JSON.Member]
    ) -> JSON {
        let members = [
            JSON.Member("preview_token", .string(preview.token)),
            JSON.Member("expires_at", .string(preview.expiresAt.description)),
            JSON.Member(
                "bots",
                [["id": .string(bot.id.description), "label": .string(bot.record.label)]]),
            JSON.Member("positions", .list(outlooks) { $0.json }),
        ]
        return .object(members + more)
    }

    private func content(_ bot: BotMachine, _ limits: RiskLimits) -> PreviewContent {
        content(
            verb: "risk \(bot.limits.differences(to: limits).after)",
            [CloseTarget(bot: bot.record, positions: bot.positions, resting: [])], only: nil)
    }

    /// The same question as in the console. What has waited for a link was confirmed when it was
    /// asked for.
    private func confirm(
        _ confirmation: Confirmation?, _ bot: BotMachine, _ limits: RiskLimits,
        by person: Operator
    ) throws {
        let need = world.limitNeed(of: bot, under: limits)
        guard need.question != .none, !isHandingOver, world.isOn(.limitsAreConfirmed) else {
            return
        }
        switch confirmation {
        case .token, .label:
            try confirm(
                confirmation, content(bot, limits), labels: [bot.record.label], by: person)
        case .yes where need.question == .yes: return
        case .yes, nil: throw Refusal.confirmationMissing(.limits(need))
        }
    }

    private func change(
        _ bot: BotMachine, to limits: RiskLimits, _ confirmation: Confirmation?,
        by person: Operator
    ) throws -> Deed {
        let changed = bot.limits.differences(to: limits)
        guard !changed.after.isEmpty else {
            return Deed(bot: bot.record, unchanged: "nothing changes")
        }
        try confirm(confirmation, bot, limits, by: person)
        let moved = world.outlooks(of: bot, under: limits).filter { !$0.changes.isEmpty }
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
            world.setLimits(bot, limits, version: version)
            world.journal.add(
                Activity(
                    botID: bot.id, at: at, kind: .config, what: "limits",
                    detail: "\(changed.before) → \(changed.after)", actor: person.name))
        }
    }
}
