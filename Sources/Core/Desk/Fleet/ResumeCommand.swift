/// Resume: bots that were paused open positions again.
import Store

/// A latched kill switch is armed again by who holds risk.edit as well.
public struct ResumeCommand: CommandBody {
    static let verb = "resume"
    static let permission = Permission.botsPause
    static let staff = StaffRule.withReason
    static let effect = CommandEffect.configuration

    public let bots: BotScope
    public let reason: String?

    var arguments: JSON { .given(bots.member, .text("reason", reason)) }
    var target: String { bots.words }
    var subject: String? { bots.only }
    var wantsPause: Bool? { false }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        let machines = try desk.machines(in: bots)
        return Plan(
            deeds: try Desk.each(machines, \.record) { bot throws(Refusal) in
                if let passed = Desk.passed(bot.record, in: bots) { return passed }
                return try deed(bot, in: desk.world, by: person)
            })
    }

    private func deed(
        _ bot: BotMachine, in world: World, by person: Operator
    ) throws(Refusal) -> Deed {
        var wanted = bot.link.applied(to: bot.record)
        if !world.isOn(.latchReset) { wanted.killLatchedAt = nil }
        if PauseByPerson.isOpening(wanted) {
            return Deed(bot: bot.record, unchanged: "not paused")
        }
        let resumed = try PauseByPerson.resume(wanted, by: person, reason: reason)
        let reset = bot.record.killLatchedAt != nil
        return Deed(
            bot: bot.record, before: bot.record.state.rawValue, after: resumed.state.rawValue,
            message: (reset ? "resumed; the daily kill switch is armed again" : "resumed")
                + Self.overridden(bot.record, by: person) + world.trading.entryStopClause
        ) { [reason] _, _ in
            world.trading.resume(
                bot, words: reset ? "kill switch reset: \(reason ?? "")" : reason ?? "",
                by: person.name)
        }
    }

    /// Whose pause was undone, where it was somebody else's.
    private static func overridden(_ bot: Bot, by person: Operator) -> String {
        guard let name = bot.pausedBy, name != person.name else { return "" }
        return "; \(name) had paused it"
    }
}

extension ResumeCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(bots: try fields.bots(), reason: try fields.reason())
    }
}

extension Command {
    public static func resume(_ bots: BotScope, reason: String?) -> Command {
        Command(ResumeCommand(bots: bots, reason: reason))
    }
}
