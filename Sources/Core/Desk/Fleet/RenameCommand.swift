/// Rename: a bot gets another label; its id stays.
import Store

public struct RenameCommand: CommandBody {
    /// As histories name it.
    public static let verb = "rename"
    static let permission = Permission.botsConfigure
    static let staff = StaffRule.never
    /// Nothing that a bot is told: it need not be in reach.
    static let effect = CommandEffect.world

    public let bot: String
    public let label: String

    var arguments: JSON { ["bot": .string(bot), "label": .string(label)] }
    var target: String { bot }
    var subject: String? { bot }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        let world = desk.world
        let bot = try desk.machine(named: bot)
        let before = bot.record.label
        guard before != label else {
            return Plan(deeds: [Deed(bot: bot.record, unchanged: "it is called so already")])
        }
        let others = world.bots.filter { $0 !== bot }.map(\.record.label)
        try LifeRules.label(label, taken: others)
        return Plan(deeds: [
            Deed(
                bot: bot.record, before: before, after: label, message: "is called \(label) now"
            ) { [label] _, _ in
                bot.record.label = label
                world.journal.touch(bot: bot.id)
                world.journal.add(
                    Activity(
                        botID: bot.id, at: world.now, kind: .config, what: "label",
                        detail: "\(before) → \(label)", actor: person.name))
            }
        ])
    }
}

extension RenameCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(bot: try fields.name("bot"), label: try fields.name("label"))
    }
}

extension Command {
    public static func rename(bot: String, label: String) -> Command {
        Command(RenameCommand(bot: bot, label: label))
    }
}
