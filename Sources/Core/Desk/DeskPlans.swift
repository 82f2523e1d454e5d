/// From a command to what it will do: rights first, then the rules of each verb.
import Store

extension Desk {
    /// - Throws: ``Refusal``, or ``StoreError`` when a look into the store fails.
    func draw(_ command: Command, by person: Operator) throws -> Plan {
        try Gate.check(command, for: person)
        if let lastCommit { return try drawEarly(command, in: lastCommit, by: person) }
        switch command {
        case .pause(let scope, _): return Plan(deeds: try pause(scope, by: person))
        case .resume(let scope, let reason):
            return Plan(deeds: try resume(scope, reason, by: person))
        case .closePosition(let name, let confirmation):
            return try close(name, confirmation, by: person)
        case .closeAll(let scope, let confirmation):
            return try closeAll(scope, confirmation, by: person)
        case .previewClose(let name): return try preview(position: name, by: person)
        case .previewCloseAll(let scope): return try preview(scope, by: person)
        case .riskSet(let bot, let settings, let confirmation):
            return try setLimits(bot, settings, confirmation, by: person)
        case .riskReset(let bot, let confirmation):
            return try resetLimits(bot, confirmation, by: person)
        case .previewLimits(let bot, let settings):
            return try previewLimits(bot, settings, by: person)
        case .assignTemplate, .previewTemplate, .templateImport, .templateCopy, .templateDelete:
            return try drawTemplate(command, by: person)
        case .noticeAcknowledge(let name): return try acknowledge(name, by: person)
        case .cancel(let name): return try cancel(name, by: person)
        case .acceptClock: return acceptClock()
        case .deploy, .start, .stop, .previewStop, .restart, .update, .updateInCohorts, .assignKey,
            .topUp:
            return try drawLife(command, by: person)
        case .setSessions(let bot, let text): return try setSessions(bot, text, by: person)
        default: return try drawTicket(command, by: person)
        }
    }

    func machine(named name: String) throws(Refusal) -> BotMachine {
        let bots = world.bots
        let place = try Self.place(
            of: name, among: bots.count, id: { bots[$0].id }, label: { bots[$0].record.label })
        return bots[place]
    }

    /// Bots by id, exact label or unique prefix of the id, tried in that order.
    static func place(
        of name: String, among count: Int, id: (Int) -> ID<Bot>, label: (Int) -> String
    ) throws(Refusal) -> Int {
        if let place = (0..<count).first(where: { id($0).description == name }) { return place }
        if let place = (0..<count).first(where: { label($0) == name }) { return place }
        let candidates = (0..<count).filter { id($0).description.hasPrefix(name) }
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
    private func each(
        _ scope: BotScope, _ rule: (BotMachine) throws(Refusal) -> Deed
    ) throws(Refusal) -> [Deed] {
        let bots = try machines(in: scope)
        guard bots.count != 1 else { return [try rule(bots[0])] }
        return bots.map { bot in
            do throws(Refusal) { return try rule(bot) } catch {
                return Deed(bot: bot.record, target: bot.record.label, refusal: error)
            }
        }
    }

    private func pause(_ scope: BotScope, by person: Operator) throws(Refusal) -> [Deed] {
        try each(scope) { bot throws(Refusal) in
            if let passed = Self.passed(bot.record, in: scope) { return passed }
            return try pause(bot, by: person)
        }
    }

    /// Who means the whole fleet means what may yet open something; a bot that is named and does
    /// not is refused.
    static func passed(_ bot: Bot, in scope: BotScope) -> Deed? {
        guard case .all = scope, PauseByPerson.opensNoMore(bot) else { return nil }
        return Deed(bot: bot, unchanged: "\(bot.phase.title): opens nothing")
    }

    func pause(_ bot: BotMachine, by person: Operator) throws(Refusal) -> Deed {
        let wanted = bot.link.applied(to: bot.record)
        if PauseByPerson.isPausedForGood(wanted) {
            return Deed(bot: bot.record, unchanged: "already paused (\(wanted.pauseWords))")
        }
        let paused = try PauseByPerson.pause(wanted, by: person)
        let held = bot.held.count
        return Deed(
            bot: bot.record, before: bot.record.state.rawValue, after: paused.state.rawValue,
            message: held == 0
                ? "paused" : "paused; \(keptWords(held, for: person))exits still run"
        ) { [world] _, _ in
            world.pause(bot, cause: .pause(by: person), until: nil, by: person.name)
        }
    }

    /// Not for who may not see positions.
    private func keptWords(_ held: Int, for person: Operator) -> String {
        ReaderRights(person: person).shows(.positionsView) ? HoldingWords.kept(held) : ""
    }

    private func resume(
        _ scope: BotScope, _ reason: String?, by person: Operator
    ) throws(Refusal) -> [Deed] {
        try each(scope) { bot throws(Refusal) in
            if let passed = Self.passed(bot.record, in: scope) { return passed }
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
                    + Self.overridden(bot.record, by: person) + world.entryStopClause
            ) { [world] _, _ in
                world.resume(
                    bot, words: reset ? "kill switch reset: \(reason ?? "")" : reason ?? "",
                    by: person.name)
            }
        }
    }

    /// Whose pause was undone, where it was somebody else's.
    private static func overridden(_ bot: Bot, by person: Operator) -> String {
        guard let name = bot.pausedBy, name != person.name else { return "" }
        return "; \(name) had paused it"
    }

    private func acknowledge(_ name: String, by person: Operator) throws -> Plan {
        let notice = try database.read { db throws(StoreError) in
            try ID<Notice>(text: name).map { id throws(StoreError) in try db.notice(id) } ?? nil
        }
        guard var notice else { throw Refusal.noSuch(.notice, name) }
        if let by = notice.acknowledgedBy, let at = notice.acknowledgedAt {
            throw Refusal.nothingToChange("acknowledged already, by \(by) at \(at.stamp)")
        }
        notice.acknowledgedBy = person.name
        notice.acknowledgedAt = world.now
        let acknowledged = notice
        return Plan(deeds: [
            Deed(target: name, after: "acknowledged", message: "acknowledged") {
                db, _ throws(StoreError) in try db.save(acknowledged)
            }
        ])
    }
}
