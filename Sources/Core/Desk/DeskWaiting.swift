/// Commands that wait: a bot whose link is away hears of them when it is back.
import Store

extension Desk {
    /// Puts off what a bot would have to hear. Rights and rules were checked now and are checked
    /// again then. A configuration is a wish, not an act: it does not expire while it waits.
    /// Closes and halts never wait: they go to the exchange.
    /// **Source** <doc:ProductRules#Lost-links>.
    func putOff(_ plan: Plan, _ command: Command) -> Plan {
        guard command.isConfiguration, world.isOn(.waitForLink) else { return plan }
        var plan = plan
        for (index, deed) in plan.deeds.enumerated() where deed.refusal == nil && deed.changes {
            guard let bot = deed.botID.flatMap({ world.machine($0) }), let lost = bot.link.lostAt
            else { continue }
            plan.deeds[index].outcome = .queued
            plan.deeds[index].message =
                "waits: \(bot.record.label) is out of reach since \(lost.stamp) and runs "
                + (bot.link.words ?? "what it heard last")
            plan.deeds[index].act = { [world] db, row throws(StoreError) in
                try Self.consume(command.confirmation, db)
                row.startedAt = nil
                row.expiresAt = nil
                world.fleet.queued(bot, pause: command.wantsPause)
            }
        }
        return plan
    }

    /// Hands over what has waited, in the order in which it was asked for.
    func handOver() throws(StoreError) -> [CommandRecord] {
        guard world.fleet.takeReturnOfLinks() else { return [] }
        let waiting = try database.read { db throws(StoreError) in
            try db.unfinishedCommands().filter { $0.outcome == .queued }
        }
        var ended: [CommandRecord] = []
        for bot in world.bots where bot.link.isReturning {
            bot.link.wantsPause = nil
            let rows = waiting.filter { $0.botID == bot.id && $0.verb != UpdateCommand.verb }
            for (index, row) in rows.enumerated() {
                ended.append(try handOver(row, to: bot, isLast: index == rows.count - 1))
            }
            if rows.isEmpty { world.fleet.handedOver(bot) }
        }
        return ended
    }

    private func handOver(
        _ row: CommandRecord, to bot: BotMachine, isLast: Bool
    ) throws(StoreError) -> CommandRecord {
        let deed = try redraw(row, for: bot)
        var row = row
        row.startedAt = world.now
        row.outcome = deed.outcome
        row.changed = deed.changes && deed.refusal == nil
        row.message = deed.refusal?.headline
            ?? "\(deed.message); it waited \((world.now - row.at).ageText)"
        row.errorCode = deed.refusal?.code
        row.remedy = deed.refusal?.remedy
        if deed.outcome.isFinal { row.finishedAt = world.now }
        let begun = row
        return try written(mayGoOn: false) { db throws(StoreError) in
            var row = begun
            self.hasActed = true
            try deed.act(db, &row)
            if isLast { self.world.fleet.handedOver(bot) }
            try self.close(row, db)
            try self.record(db)
            return row
        }
    }

    /// The same command drawn again, by whoever asked and with the rights they have now.
    private func redraw(_ row: CommandRecord, for bot: BotMachine) throws(StoreError) -> Deed {
        isHandingOver = true
        defer { isHandingOver = false }
        do {
            // It waits for that bot, whatever that is called by now.
            let arguments = try JSON.parse(row.arguments).about(bot.id)
            let person = try operators.resolve(uid: row.actorUID, session: "")
            let command = try Command(verb: row.verb, arguments: arguments)
            let deed = try draw(command, by: person).deeds.first { $0.botID == bot.id }
            return deed ?? Deed(target: row.target, refusal: .unknownVerb(row.verb))
        } catch Refusal.nothingToChange(let words) {
            return Deed(bot: bot.record, unchanged: words)
        } catch let refusal as Refusal {
            return Deed(target: row.target, refusal: refusal)
        } catch let error as StoreError {
            throw error
        } catch {
            return Deed(
                target: row.target,
                refusal: .badRequest(field: row.verb, problem: "could not be understood"))
        }
    }
}

extension JSON {
    /// The arguments of a command about one bot, by its id.
    fileprivate func about(_ bot: ID<Bot>) -> JSON {
        guard case .object(let members) = self else { return self }
        let name = JSON.string(bot.description)
        return .object(
            members.map { member in
                switch member.key {
                case "bot": Member("bot", name)
                case "bots", "all": Member("bots", [name])
                default: member
                }
            })
    }
}
