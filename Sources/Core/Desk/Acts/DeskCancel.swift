/// Taking back what has not begun: it waits for a link that is away, or for its cohort.
import Store

extension Desk {
    func cancel(_ name: String, by person: Operator) throws -> Plan {
        let row = try waitingCommand(named: name)
        let asked = try Command(verb: row.verb, arguments: JSON.parse(row.arguments))
        try Gate.check(asked.permission, for: person, act: "cancel \(row.verb)")
        guard !person.isStaff || asked.isOpenToStaff else {
            throw Refusal.notForStaff(name: person.name, act: "cancel \(row.verb)")
        }
        let bot = row.botID.flatMap { world.machine($0) }
        return Plan(deeds: [
            Deed(
                bot: bot?.record, target: "\(row.id) \(row.verb) \(row.target)",
                before: row.outcome.rawValue, after: "cancelled",
                message: "\(row.id), \(row.verb) of \(row.target), is cancelled; it had not begun"
            ) { db, _ throws(StoreError) in
                try self.takeBack(row, bot, by: person, db)
            }
        ])
    }

    private func waitingCommand(named name: String) throws -> CommandRecord {
        let row = try database.read { db throws(StoreError) in
            try ID<CommandRecord>(text: name).map { id throws(StoreError) in
                try db.command(id)
            } ?? nil
        }
        guard let row else { throw Refusal.noSuch(.command, name) }
        guard row.outcome == .queued, !row.isAcceptedEarly else {
            throw Refusal.notWaiting(command: name, outcome: row.outcome)
        }
        return row
    }

    private func takeBack(
        _ waiting: CommandRecord, _ bot: BotMachine?, by person: Operator, _ db: Writing
    ) throws(StoreError) {
        var row = waiting
        row.outcome = .refused
        row.changed = false
        row.finishedAt = world.now
        row.message = "cancelled by \(person.name) before it began"
        row.errorCode = "cancelled"
        row.remedy = "Send it anew if it is still wanted."
        try close(row, db)
        endedCommands.append(row)
        guard let bot else { return }
        if row.verb == Command.update(bot: "").verb {
            try db.deleteRolloutBot(of: row.id)
            return world.leaveRollout(row.id)
        }
        let flags = try db.unfinishedCommands().filter {
            $0.outcome == .queued && $0.botID == bot.id && $0.id != row.id
        }.compactMap(\.wantedPause)
        world.unqueued(bot, pause: flags.last)
    }
}

extension CommandRecord {
    /// The pause flag that it asks for; nil when it speaks of something else.
    fileprivate var wantedPause: Bool? {
        (try? Command(verb: verb, arguments: JSON.parse(arguments)))?.wantsPause
    }
}
