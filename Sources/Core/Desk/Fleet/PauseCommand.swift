/// Pause: bots open nothing more until somebody resumes them; exits still run.
import Store

public struct PauseCommand: UrgentCommand {
    static let verb = "pause"
    static let permission = Permission.botsPause
    static let staff = StaffRule.withReason
    static let effect = CommandEffect.configuration
    static let urgency = CommandUrgency.stopsLosses

    public let bots: BotScope
    public let reason: String?

    var arguments: JSON { .given(bots.member, .text("reason", reason)) }
    var target: String { bots.words }
    var subject: String? { bots.only }
    var wantsPause: Bool? { true }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        let machines = try desk.machines(in: bots)
        return Plan(
            deeds: try Desk.each(machines, \.record) { bot throws(Refusal) in
                if let passed = Desk.passed(bot.record, in: bots) { return passed }
                return try Self.deed(bot, in: desk.world, by: person)
            })
    }

    func plan(in fleet: CommittedFleet, at desk: Desk, by person: Operator) throws -> Plan {
        let records = try fleet.bots(in: bots)
        return Plan(
            deeds: try Desk.each(records, \.self) { bot throws(Refusal) in
                if let passed = Desk.passed(bot, in: bots) { return passed }
                let wanted = fleet.wanted(bot)
                if let deed = Self.unchanged(bot, wanted) { return deed }
                let paused = try PauseByPerson.pause(wanted, by: person)
                return Desk.accepted(
                    bot, target: bot.label, before: bot.state.rawValue,
                    after: paused.state.rawValue, consuming: nil)
            })
    }

    /// Who asked for the pause of a bot that another one has paused meanwhile has what they want.
    func deed(
        for row: CommandRecord, of bot: BotMachine, at desk: Desk, by person: Operator
    ) throws -> Deed {
        do throws(Refusal) {
            let deed = try Self.deed(bot, in: desk.world, by: person)
            return desk.putOff(Plan(deeds: [deed]), Command(self)).deeds[0]
        } catch .alreadyPaused {
            return Deed(bot: bot.record, unchanged: "paused already")
        }
    }

    private static func deed(
        _ bot: BotMachine, in world: World, by person: Operator
    ) throws(Refusal) -> Deed {
        let wanted = bot.link.applied(to: bot.record)
        if let deed = unchanged(bot.record, wanted) { return deed }
        let paused = try PauseByPerson.pause(wanted, by: person)
        let held = bot.held.count
        return Deed(
            bot: bot.record, before: bot.record.state.rawValue, after: paused.state.rawValue,
            message: held == 0
                ? "paused"
                : "paused; \(keptWords(held, for: person))"
                    + (bot.runsExitRules ? "exits still run" : "no exit runs before it is back")
        ) { _, _ in
            world.trading.pause(bot, cause: .pause(by: person), until: nil, by: person.name)
        }
    }

    private static func unchanged(_ bot: Bot, _ wanted: Bot) -> Deed? {
        guard PauseByPerson.isPausedForGood(wanted) else { return nil }
        return Deed(bot: bot, unchanged: "already paused (\(wanted.pauseWords))")
    }

    /// Not for who may not see positions.
    private static func keptWords(_ held: Int, for person: Operator) -> String {
        ReaderRights(person: person).shows(.positionsView) ? HoldingWords.kept(held) : ""
    }
}

extension PauseCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(bots: try fields.bots(), reason: try fields.reason())
    }
}

extension Command {
    public static func pause(_ bots: BotScope, reason: String?) -> Command {
        Command(PauseCommand(bots: bots, reason: reason))
    }
}
