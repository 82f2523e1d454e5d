/// Sessions: when a bot trades and sleeps, in place of what its template says.
import Store

public struct SetSessionsCommand: CommandBody {
    static let verb = "sessions"
    static let permission = Permission.botsConfigure
    static let staff = StaffRule.never
    static let effect = CommandEffect.configuration

    public let bot: String
    /// As the template file writes sessions; nil: the template's are in force again.
    public let text: String?

    var arguments: JSON { .given(.text("bot", bot), .text("text", text)) }
    var target: String { bot }
    var subject: String? { bot }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        let world = desk.world
        let bot = try desk.machine(named: bot)
        let own = try sessions()
        guard own != bot.ownSessions || bot.flaws.sessions != nil else {
            throw Refusal.nothingToChange("\(bot.record.label) has these sessions already")
        }
        let plan = SessionPlan(own ?? bot.template?.sessions ?? [], at: world.now)
        return Plan(deeds: [
            Deed(
                bot: bot.record, before: Self.words(bot.ownSessions), after: Self.words(own),
                message: plan.words + bot.stillInError
            ) { _, _ in world.fleet.setSessions(bot, to: own, by: person.name) }
        ])
    }

    private func sessions() throws(Refusal) -> [SessionWindow]? {
        guard let text else { return nil }
        do throws(FileError) { return try SessionFile.parse(text, file: "sessions") } catch {
            throw .life(.sessions(headline: error.headline, remedy: error.remedy))
        }
    }

    private static func words(_ own: [SessionWindow]?) -> String {
        own.map { $0.map(\.words).joined(separator: ", ") } ?? "the template's"
    }
}

extension SetSessionsCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(bot: try fields.name("bot"), text: try fields.optionalBody("text"))
    }
}

extension Command {
    public static func setSessions(bot: String, text: String?) -> Command {
        Command(SetSessionsCommand(bot: bot, text: text))
    }
}
