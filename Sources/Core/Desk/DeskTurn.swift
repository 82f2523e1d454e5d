/// What the desk does between requests: ends closes, ages tickets, commits what happened.
import Store

extension Desk {
    /// Commands that reached their end in this turn, in the order in which they ended.
    /// - Throws: ``StoreError`` after which the engine must stop.
    public func settle() throws(StoreError) -> [CommandRecord] {
        hasActed = false
        for chore in [ageTickets, pruneDecisions, foldRefusals, forgetPreviews] {
            try sparing((), chore)
        }
        endedCommands = try sparing([], handOver) + endedCommands
        if !world.trading.finishedHalts.isEmpty || !world.fleet.finishedJobs.isEmpty
            || !world.journal.isEmpty
        {
            try written { db throws(StoreError) in try self.record(db) }
        }
        defer { endedCommands.removeAll() }
        return endedCommands
    }

    /// What has changed nothing yet when it meets damage may be left undone.
    private func sparing<Value>(
        _ standIn: Value, _ body: () throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        do throws(StoreError) { return try body() } catch {
            guard case .damaged(let what) = error, !hasActed else { throw error }
            world.trading.stopEntries(damage: [what])
            return standIn
        }
    }

    func endCommands(_ db: Writing) throws(StoreError) {
        for result in world.trading.takeFinishedHalts() { endedCommands += try end(result, db) }
        for job in world.fleet.takeFinishedJobs() { endedCommands += try end(job, db) }
    }

    private func end(_ result: HaltResult, _ db: Writing) throws(StoreError) -> [CommandRecord] {
        guard var row = try db.command(result.command), !row.outcome.isFinal else { return [] }
        let closed = try db.orders(of: result.command).filter { $0.status == .filled }
        row.outcome = result.isFlat ? .done : .failed
        row.finishedAt = world.now
        row.message =
            result.isFlat
            ? "flat; \(counted(closed.count, "position")) closed" + Self.ghosts(result)
            : "not flat yet; \(counted(closed.count, "position")) closed"
        try close(row, db)
        return [row]
    }

    private static func ghosts(_ result: HaltResult) -> String {
        result.ghosts == 0
            ? "" : "; the book still shows \(result.ghosts) that the exchange does not have"
    }

    /// A command that ended with the work that it began: a deployment, an update, a stop.
    private func end(_ job: JobResult, _ db: Writing) throws(StoreError) -> [CommandRecord] {
        guard var row = try db.command(job.command), !row.outcome.isFinal else { return [] }
        row.outcome = job.succeeded ? .done : .failed
        row.finishedAt = job.at
        row.message = job.message
        if !job.succeeded {
            row.errorCode = "compute_failed"
            row.remedy =
                job.remedy ?? "See what it does now: plutarc bot \(asWord(row.target))."
        }
        try close(row, db)
        return [row]
    }

    func close(_ ended: CommandRecord, _ db: Writing) throws(StoreError) {
        var row = ended
        if row.wallAt != nil, row.outcome.isFinal { row.wallFinishedAt = wall }
        if !broken.contains(.commands) {
            part = .commands
            try db.save(row)
        }
        guard world.isOn(.auditRow) else { return }
        try chain(
            AuditEntry(
                at: world.now, wallAt: wall, actor: row.actor, uid: row.actorUID, role: row.role,
                workspace: workspace.name, verb: row.verb, target: row.target, after: row.message,
                reason: row.reason ?? "", outcome: row.outcome.rawValue), db)
    }

    /// Closes that were under way when the engine last stopped go on.
    /// **Source** <doc:ProductRules#Closing-until-flat>.
    public func resumeHalts() throws(StoreError) {
        let rows = try database.read { db throws(StoreError) in try db.unfinishedCommands() }
        var givenUp: [CommandRecord] = []
        for row in rows {
            // What waits for a link or for its cohort has not begun.
            guard row.outcome != .queued, let id = row.botID, let bot = world.machine(id)
            else { continue }
            // What the provider does goes on by itself.
            if bot.instance.commandID == row.id { continue }
            if mayHaveEnded(row, of: bot) {
                givenUp.append(row)
            } else if let closing = Command.kind(of: row.verb) as? any ClosingCommand.Type {
                closing.resume(row, of: bot, in: world)
            }
        }
        try giveUp(givenUp)
    }
}
