/// A bot's own sessions at the desk: what they replace, and when it sleeps and wakes by them.
import Store

extension Desk {
    /// - Parameter text: as the template file writes sessions; nil takes the bot's own away.
    func setSessions(_ name: String, _ text: String?, by person: Operator) throws(Refusal) -> Plan {
        let bot = try machine(named: name)
        let own = try Self.sessions(text)
        guard own != bot.ownSessions || bot.flaws.sessions != nil else {
            throw .nothingToChange("\(bot.record.label) has these sessions already")
        }
        let plan = SessionPlan(own ?? bot.template?.sessions ?? [], at: world.now)
        return Plan(deeds: [
            Deed(
                bot: bot.record, before: Self.words(bot.ownSessions), after: Self.words(own),
                message: plan.words
            ) { [world] _, _ in world.setSessions(bot, to: own, by: person.name) }
        ])
    }

    private static func sessions(_ text: String?) throws(Refusal) -> [SessionWindow]? {
        guard let text else { return nil }
        do throws(FileError) { return try SessionFile.parse(text, file: "sessions") } catch {
            throw .life(.sessions(headline: error.headline, remedy: error.remedy))
        }
    }

    private static func words(_ own: [SessionWindow]?) -> String {
        own.map { $0.map(\.words).joined(separator: ", ") } ?? "the template's"
    }
}
