/// Update: bots run the newest version; of many some go first, and the others wait for them.
import Store

public struct UpdateCommand: CommandBody {
    public enum Bots: Sendable, Equatable {
        case one(String)
        /// So many first, the others after a time of watching.
        case cohorts(BotScope, canaries: Int)
    }

    static let verb = "update"
    static let permission = Permission.botsUpdate
    static let staff = StaffRule.never
    static let effect = CommandEffect.world

    public let bots: Bots

    /// How many go first; nil where one bot is updated.
    public var canaries: Int? {
        guard case .cohorts(_, let canaries) = bots else { return nil }
        return canaries
    }

    var arguments: JSON {
        switch bots {
        case .one(let bot): ["bot": .string(bot)]
        case .cohorts(let scope, let canaries):
            .given(scope.member, .text("canaries", String(canaries)))
        }
    }

    var target: String {
        switch bots {
        case .one(let bot): bot
        case .cohorts(let scope, _): scope.words
        }
    }

    var subject: String? {
        guard case .one(let bot) = bots else { return nil }
        return bot
    }

    var patience: Span {
        switch bots {
        case .one: ProviderWork.patience
        case .cohorts: ProviderWork.rolloutPatience
        }
    }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        try desk.recallPasts()
        switch bots {
        case .one(let name): return try Self.update(name, at: desk, by: person)
        case .cohorts(let scope, let canaries):
            return try desk.rollOut(scope, canaries: canaries, by: person)
        }
    }

    private static func update(
        _ name: String, at desk: Desk, by person: Operator
    ) throws -> Plan {
        let bot = try desk.machine(named: name)
        try desk.checkRegions()
        try LifeRules.update(bot.record, bot.instance, at: desk.world.now)
        let target = bot.record.availableVersion ?? bot.record.version
        return Plan(deeds: [
            Deed(
                bot: bot.record, before: bot.record.version, after: target, outcome: .running,
                message: "updating to \(target); trading waits meanwhile"
            ) { [world = desk.world] _, row in
                world.tell(bot, "update", "to \(target)", by: person.name)
                world.fleet.begin(.update, bot, command: row.id, version: target)
            }
        ])
    }
}

extension UpdateCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        guard let text = try fields.optionalName("canaries") else {
            self.init(bots: .one(try fields.name("bot")))
            return
        }
        let canaries: Int
        do throws(NumberError) { canaries = try WholeNumber.parse(text, in: 1...10_000) } catch {
            throw .badRequest(field: "canaries", problem: error.headline)
        }
        self.init(bots: .cohorts(try fields.bots(), canaries: canaries))
    }
}

extension Command {
    public static func update(bot: String) -> Command { Command(UpdateCommand(bots: .one(bot))) }

    public static func updateInCohorts(_ bots: BotScope, canaries: Int) -> Command {
        Command(UpdateCommand(bots: .cohorts(bots, canaries: canaries)))
    }
}
