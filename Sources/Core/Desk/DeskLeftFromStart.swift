/// What was accepted before the fleet was loaded is carried out, or has become too old.
import Store

extension Desk {
    /// In the order in which they were accepted; closes that an earlier engine had begun first.
    func acceptedEarly() throws(StoreError) -> [CommandRecord] {
        try database.read { db throws(StoreError) in
            try db.unfinishedCommands().filter(\.isAcceptedEarly)
        }
    }

    /// How long no engine was there.
    /// - Parameter known: by the last beat of the one before; nil where that is not known: then
    ///   by the last thing that it wrote into the audit, and long where that cannot be read.
    func outage(_ known: Span?, at now: Instant) throws(StoreError) -> Span {
        if let known, !switchedOff.contains(.startIsNoAge) { return known }
        guard !broken.contains(.audit) else { return .days(1) }
        let last = try database.read { db throws(StoreError) in try db.lastAuditEntry() }
        return last.map { now - $0.wallAt } ?? .seconds(0)
    }

    /// An earlier engine accepted them, and none was there to begin them in time: an old close
    /// never fires unasked. Whoever looks is told that something was asked and not done.
    /// - Parameter outage: how long no engine was there; its own start and this one not counted.
    func expireAccepted(after outage: Span) throws(StoreError) {
        guard outage > Deadlines.killLane, !switchedOff.contains(.oldOnesExpire) else { return }
        let rows = try acceptedEarly()
        let away = "no engine ran for \(outage.ageText)"
        try end(rows, .expired, "expired", "\(away) after it was accepted: not carried out")
        guard !rows.isEmpty else { return }
        let verbs = Set(rows.map(\.verb)).sorted().joined(separator: ", ")
        world.alarm(
            "commands",
            "\(counted(rows.count, "command")) (\(verbs)) expired: \(away) after they were "
                + "accepted. Ask again if it is still wanted.")
    }

    /// What is not done yet was accepted by earlier engines, which can have died at it.
    func inheritCommands() throws(StoreError) {
        let rows = try database.read { db throws(StoreError) in try db.unfinishedCommands() }
        inherited = Set(rows.map(\.id))
    }

    /// Engines have died at work on the bot, the last one too, and it was asked of them.
    func mayHaveEnded(_ row: CommandRecord, of bot: BotMachine) -> Bool {
        if switchedOff.contains(.ownCommandsGoOn) { return bot.isSetAside }
        return bot.isSuspect && inherited.contains(row.id)
    }

    /// Closes of a bot at which engines have died: they may be what ended them.
    func giveUp(_ rows: [CommandRecord]) throws(StoreError) {
        for row in rows {
            try end([row], .failed, "engine_died", Refusal.engineDied(bot: row.target).headline)
        }
    }

    /// In one commit.
    private func end(
        _ rows: [CommandRecord], _ outcome: CommandOutcome, _ code: String, _ message: String
    ) throws(StoreError) {
        guard !rows.isEmpty else { return }
        try written { db throws(StoreError) in
            for var row in rows {
                row.outcome = outcome
                row.finishedAt = self.world.now
                row.message = message
                row.errorCode = code
                row.remedy = "Ask again if it is still wanted."
                try self.close(row, db)
            }
            try self.record(db)
        }
    }

    /// Carries out some of it, in one commit.
    /// - Returns: the commands as they stand now.
    func carryOut(_ rows: ArraySlice<CommandRecord>) throws(StoreError) -> [CommandRecord] {
        // Should their transaction meet damage, none is done twice.
        var acted: [CommandRecord] = []
        return try written { db throws(StoreError) in
            self.hasActed = true
            for row in rows.dropFirst(acted.count) {
                acted.append(try self.carryOut(row, db))
            }
            for row in acted { try self.close(row, db) }
            try self.record(db)
            return acted
        }
    }

    private func carryOut(
        _ accepted: CommandRecord, _ db: Writing
    ) throws(StoreError) -> CommandRecord {
        let deed = deed(for: accepted)
        var row = accepted
        row.outcome = deed.outcome
        row.changed = deed.changes && deed.refusal == nil
        row.message = deed.refusal?.headline ?? deed.message
        row.errorCode = deed.refusal?.code
        row.remedy = deed.refusal?.remedy
        // No time that it began: the world stands at the last commit, and leaps when it catches up.
        if deed.outcome.isFinal { row.finishedAt = world.now }
        try deed.act(db, &row)
        return row
    }

    /// The same command for the fleet as it is, by whoever asked and with the rights they have
    /// now. Nothing has happened in the world since it was accepted.
    private func deed(for row: CommandRecord) -> Deed {
        do {
            let arguments = try JSON.parse(row.arguments)
            let command = try Command(verb: row.verb, arguments: arguments)
            let person = try operators.resolve(uid: row.actorUID, session: "")
            if !switchedOff.contains(.rightsAgain) { try Gate.check(command, for: person) }
            guard let bot = row.botID.flatMap({ world.machine($0) }) else {
                throw Refusal.noSuch(.bot, row.target)
            }
            if mayHaveEnded(row, of: bot), row.verb != PauseCommand.verb {
                throw Refusal.engineDied(bot: bot.record.label)
            }
            return try deed(for: command, row, bot, by: person)
        } catch let refusal as Refusal {
            return Deed(target: row.target, refusal: refusal)
        } catch {
            return Deed(
                target: row.target,
                refusal: .badRequest(field: row.verb, problem: "could not be understood"))
        }
    }

    private func deed(
        for command: Command, _ row: CommandRecord, _ bot: BotMachine, by person: Operator
    ) throws -> Deed {
        if switchedOff.contains(.confirmationHolds), !command.isConfiguration {
            guard let deed = try draw(command, by: person).deeds.first else {
                throw Refusal.unknownVerb(row.verb)
            }
            return deed
        }
        guard let urgent = command.body as? any UrgentCommand else {
            throw Refusal.unknownVerb(row.verb)
        }
        return try urgent.deed(for: row, of: bot, at: self, by: person)
    }
}
