/// Which bots a command means, and what several bots get of one rule.
import Store

extension Desk {
    func machine(named name: String) throws(Refusal) -> BotMachine {
        let bots = world.bots
        let place = try Self.place(
            of: name, among: bots.count, id: { bots[$0].id }, label: { bots[$0].record.label })
        return bots[place]
    }

    /// Bots by id, by exact label, or by what only one can mean: the start of an id, or a label
    /// without regard to case.
    static func place(
        of name: String, among count: Int, id: (Int) -> ID<Bot>, label: (Int) -> String
    ) throws(Refusal) -> Int {
        if let place = (0..<count).first(where: { id($0).description == name }) { return place }
        if let place = (0..<count).first(where: { label($0) == name }) { return place }
        let candidates = (0..<count).filter {
            id($0).description.hasPrefix(name) || Label.areSame(label($0), name)
        }
        guard candidates.count < 2 else {
            throw .ambiguous(.bot, name, candidates: candidates.map(label))
        }
        guard let place = candidates.first else { throw .noSuch(.bot, name) }
        return place
    }

    func machines(in scope: BotScope) throws(Refusal) -> [BotMachine] {
        guard case .named(let names) = scope else { return world.bots }
        var found: [BotMachine] = []
        for name in names {
            let bot = try machine(named: name)
            if !found.contains(where: { $0 === bot }) { found.append(bot) }
        }
        return found
    }

    /// Runs a rule for each bot; several bots each get their own outcome, one alone is refused.
    static func each<Subject>(
        _ bots: [Subject], _ record: (Subject) -> Bot,
        _ rule: (Subject) throws(Refusal) -> Deed
    ) throws(Refusal) -> [Deed] {
        guard bots.count != 1 else { return [try rule(bots[0])] }
        return bots.map { bot in
            do throws(Refusal) { return try rule(bot) } catch {
                let record = record(bot)
                return Deed(bot: record, target: record.label, refusal: error)
            }
        }
    }

    /// What was so already, of the bot that was meant, however that was named.
    func unchanged(_ command: Command, _ words: String) -> Deed {
        guard let name = command.subject, let bot = try? machine(named: name) else {
            return Deed(target: command.target, unchanged: words)
        }
        return Deed(bot: bot.record, unchanged: words)
    }

    /// Who means the whole fleet means what may yet open something; a bot that is named and does
    /// not is refused.
    static func passed(_ bot: Bot, in scope: BotScope) -> Deed? {
        guard case .all = scope, PauseByPerson.opensNoMore(bot) else { return nil }
        return Deed(bot: bot, unchanged: "\(bot.phase.title): opens nothing")
    }
}
