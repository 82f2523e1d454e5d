/// Restart: a bot's process starts anew, once an hour at most.
import Store

public struct RestartCommand: CommandBody {
    static let verb = "restart"
    static let permission = Permission.botsRestart
    static let staff = StaffRule.withReason
    static let effect = CommandEffect.world

    public let bot: String
    public let reason: String?

    var arguments: JSON { .given(.text("bot", bot), .text("reason", reason)) }
    var target: String { bot }
    var subject: String? { bot }
    var patience: Span { ProviderWork.patience }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        try desk.recallPasts()
        let world = desk.world
        let bot = try desk.machine(named: bot)
        try bot.flaws.check(of: bot.record.label)
        try desk.checkRegions()
        var known = bot.instance
        if !world.isOn(.restartOnceAnHour) { known.restartedAt = nil }
        try LifeRules.restart(bot.record, known, at: world.now)
        // It would start on an instance that is not paid for yet.
        if bot.instance.since == nil { try desk.checkBalance() }
        return Plan(deeds: [
            Deed(
                bot: bot.record, before: bot.record.state.rawValue, after: "restarting",
                outcome: .running, message: "restarting; trading waits meanwhile"
            ) { [reason] _, row in
                world.tell(bot, "restart", reason ?? "asked for", by: person.name)
                // Where no instance ever came, or it is lost, the process starts on a new one.
                let isThere = bot.instance.since != nil && !bot.instance.isLost
                world.fleet.begin(isThere ? .restart : .replace, bot, command: row.id)
                bot.instance.restartedAt = world.now
            }
        ])
    }
}

extension RestartCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(bot: try fields.name("bot"), reason: try fields.reason())
    }
}

extension Command {
    public static func restart(bot: String, reason: String?) -> Command {
        Command(RestartCommand(bot: bot, reason: reason))
    }
}
