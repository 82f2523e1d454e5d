/// Assign key: a flat bot trades with another key of the exchange, or with none.
import Store

public struct AssignKeyCommand: CommandBody {
    static let verb = "assign-key"
    static let permission = Permission.botsAssignKey
    static let staff = StaffRule.never
    static let effect = CommandEffect.configuration

    public let bot: String
    /// ``LifeRules/noKey`` takes it away.
    public let key: String

    var arguments: JSON { ["bot": .string(bot), "key": .string(key)] }
    var target: String { bot }
    var subject: String? { bot }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        try desk.recallPasts()
        let world = desk.world
        let bot = try desk.machine(named: bot)
        let open = bot.held.map { "\($0.position.symbol) \($0.position.side.rawValue)" }
        if key == LifeRules.noKey {
            return try Self.takeKey(from: bot, open: open, in: world, by: person)
        }
        let key = try desk.key(named: key, for: bot.record, open: open)
        if world.isOn(.keyOfFlatBots) {
            try LifeRules.assign(to: bot.record, orders: bot.orders.count)
        }
        let template = bot.template
        try desk.check(template, over: key)
        let before = bot.record.keyID.map { "\($0)" } ?? "none"
        let past = try desk.past(of: template, over: key)
        return Plan(deeds: [
            Deed(
                bot: bot.record, before: before, after: "\(key.id)",
                message: "trades with \(key.label)"
                    + (world.trading.unservedWords(of: key).map { "; \($0)" } ?? "")
            ) { _, _ in
                world.trading.cancelEntries(bot)
                world.trading.assign(key, to: bot, by: person.name)
                if let template {
                    world.fleet.change(bot, to: template, by: person.name) { past[$0] }
                }
                world.trading.reconcileBeforeTrading(bot)
            }
        ])
    }

    /// The bot trades no more until it gets another one.
    private static func takeKey(
        from bot: BotMachine, open: [String], in world: World, by person: Operator
    ) throws -> Plan {
        guard let key = bot.record.keyID else {
            throw Refusal.nothingToChange("\(bot.record.label) has no key already")
        }
        if world.isOn(.keyOfFlatBots) {
            try LifeRules.takeKey(from: bot.record, open: open)
            try LifeRules.assign(to: bot.record, orders: bot.orders.count)
        }
        return Plan(deeds: [
            Deed(
                bot: bot.record, before: "\(key)", after: "none",
                message: "has no key now, and trades no more"
            ) { _, _ in
                world.trading.cancelEntries(bot)
                world.trading.takeKey(from: bot, by: person.name)
            }
        ])
    }
}

extension AssignKeyCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(bot: try fields.name("bot"), key: try fields.name("key"))
    }
}

extension Command {
    public static func assignKey(bot: String, key: String) -> Command {
        Command(AssignKeyCommand(bot: bot, key: key))
    }
}
