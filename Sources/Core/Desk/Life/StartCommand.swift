/// Start: a stopped bot is deployed again.
import Store

public struct StartCommand: CommandBody {
    static let verb = "start"
    static let permission = Permission.botsDeploy
    static let staff = StaffRule.never
    static let effect = CommandEffect.world

    public let bot: String

    var arguments: JSON { ["bot": .string(bot)] }
    var target: String { bot }
    var subject: String? { bot }
    var patience: Span { ProviderWork.patience }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        try desk.recallPasts()
        let bot = try desk.machine(named: bot)
        try desk.checkRegions()
        if bot.record.phase == .online {
            return Plan(deeds: [Deed(bot: bot.record, unchanged: "it runs already")])
        }
        try bot.flaws.check(of: bot.record.label)
        try LifeRules.allow(.redeploy, bot.record, bot.instance, at: desk.world.now)
        try desk.checkBalance()
        return Plan(deeds: [
            Deed(
                bot: bot.record, before: bot.record.state.rawValue, after: "deploying",
                outcome: .running, message: "deploying to \(bot.record.region)"
            ) { [world = desk.world] _, row in
                world.fleet.apply(.redeploy, to: bot)
                world.fleet.deploy(bot, command: row.id, by: person.name)
            }
        ])
    }
}

extension StartCommand {
    init(_ fields: CommandArguments) throws(Refusal) { self.init(bot: try fields.name("bot")) }
}

extension Command {
    public static func start(bot: String) -> Command { Command(StartCommand(bot: bot)) }
}
