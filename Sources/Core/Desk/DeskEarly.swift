/// Pauses and closes at a desk whose fleet is not loaded: accepted now, carried out first of all.
import Store

extension Desk {
    /// Whether the account may ask for anything at all.
    func isMember(_ uid: Int64) -> Bool { (try? operators.resolve(uid: uid, session: "")) != nil }

    /// Draws up from the last commit what cannot wait. Rights were checked; rules and
    /// confirmations are checked here, and hold from then on.
    func drawEarly(
        _ command: Command, in fleet: CommittedFleet, by person: Operator
    ) throws -> Plan {
        switch command {
        case .pause(let scope, _):
            return Plan(deeds: try pauseEarly(scope, fleet, by: person))
        case .closePosition(let name, let confirmation):
            let (bot, position) = try fleet.position(named: name)
            if position.exitReason != nil { throw Refusal.closeUnderWay(position: name) }
            let content = content(verb: Command.Verb.close, [fleet.target(bot)], only: position)
            try confirm(confirmation, content, labels: [bot.label], by: person)
            return Plan(deeds: [
                Self.accepted(
                    bot, target: Self.target(position, bot),
                    before: "\(position.side.rawValue) \(position.quantity)", after: "flat",
                    consuming: confirmation)
            ])
        case .closeAll(let scope, let confirmation):
            return try closeAllEarly(try fleet.bots(in: scope), confirmation, fleet, by: person)
        case .previewClose(let name):
            let (bot, position) = try fleet.position(named: name)
            return try preview(
                Command.Verb.close, [fleet.target(bot)], only: position, by: person)
        case .previewCloseAll(let scope):
            let targets = try fleet.bots(in: scope).map(fleet.target)
            return try preview(Command.Verb.closeAll, targets, only: nil, by: person)
        case .acceptClock: return acceptClock()
        default: throw Refusal.starting
        }
    }

    private func pauseEarly(
        _ scope: BotScope, _ fleet: CommittedFleet, by person: Operator
    ) throws(Refusal) -> [Deed] {
        let bots = try fleet.bots(in: scope)
        let rule = { (bot: Bot) throws(Refusal) -> Deed in
            if let passed = Self.passed(bot, in: scope) { return passed }
            let wanted = fleet.wanted(bot)
            if PauseByPerson.isPausedForGood(wanted) {
                return Deed(bot: bot, unchanged: "already paused (\(wanted.pauseWords))")
            }
            let paused = try PauseByPerson.pause(wanted, by: person)
            return Self.accepted(
                bot, target: bot.label, before: bot.state.rawValue, after: paused.state.rawValue,
                consuming: nil)
        }
        guard bots.count != 1 else { return [try rule(bots[0])] }
        return bots.map { bot in
            do throws(Refusal) { return try rule(bot) } catch {
                return Deed(bot: bot, target: bot.label, refusal: error)
            }
        }
    }

    private func closeAllEarly(
        _ bots: [Bot], _ confirmation: Confirmation?, _ fleet: CommittedFleet,
        by person: Operator
    ) throws -> Plan {
        let targets = bots.map(fleet.target)
        let content = content(verb: Command.Verb.closeAll, targets, only: nil)
        try confirm(confirmation, content, labels: bots.map(\.label), by: person)
        return Plan(
            deeds: targets.enumerated().map { index, target in
                Self.accepted(
                    target.bot, target: target.bot.label,
                    before: "\(target.bot.state.rawValue), \(target.positions.count) open",
                    after: "paused, flat", consuming: index == 0 ? confirmation : nil)
            })
    }

    private static func accepted(
        _ bot: Bot, target: String, before: String, after: String,
        consuming confirmation: Confirmation?
    ) -> Deed {
        Deed(
            bot: bot, target: target, before: before, after: after, outcome: .queued,
            message: "accepted while the engine starts; it comes before anything else"
        ) { db, row throws(StoreError) in
            row.startedAt = nil
            try Self.consume(confirmation, db)
        }
    }
}

extension CommandRecord {
    /// Accepted before the fleet was loaded, and not begun.
    var isAcceptedEarly: Bool { outcome == .queued && cameEarly }

    /// Accepted before the fleet was loaded, when the world's clock stood at the last commit. What
    /// waits for a link has no end.
    var cameEarly: Bool { startedAt == nil && expiresAt != nil && KillLane.right(verb) != nil }
}
