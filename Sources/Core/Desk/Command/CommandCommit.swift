/// Where a command is written down before it is acknowledged: its row, what it changes and its
/// audit row, in one transaction.
import Store

extension Desk {
    func carryOut(
        _ plan: Plan, _ command: Command, key: String, by person: Operator
    ) throws(StoreError) -> DeskReply {
        // What has become of deeds whose transaction met damage after them: none is done twice.
        var acted: [CommandRecord] = []
        return try written(mayGoOn: isNeverRefused(command)) { db throws(StoreError) in
            var rows: [CommandRecord] = []
            for (index, deed) in plan.deeds.enumerated() {
                var row: CommandRecord
                if index < acted.count {
                    row = acted[index]
                    try self.writeAgain(row, db)
                } else {
                    row = self.row(command, deed, key: Self.key(key, index), by: person)
                    try self.carryOut(deed, command, &row, by: person, db)
                    if self.hasActed { acted.append(row) }
                }
                var audited = deed
                audited.target = row.target
                audited.outcome = row.outcome
                try self.audit(audited, command, by: person, db)
                rows.append(row)
            }
            try self.record(db)
            return DeskReply(commands: rows, result: plan.result)
        }
    }

    private func carryOut(
        _ deed: Deed, _ command: Command, _ row: inout CommandRecord, by person: Operator,
        _ db: Writing
    ) throws(StoreError) {
        try insert(&row, deed, command, by: person, db)
        let asked = row
        hasActed = hasActed || !command.isOfRowsAlone
        try deed.act(db, &row)
        if row != asked, !broken.contains(.commands) { try db.save(row) }
        if person.isStaff, deed.refusal == nil, command.needsReasonFromStaff {
            tellOwner(command, row)
        }
    }

    /// The key of one of several commands of a request.
    static func key(_ key: String, _ index: Int) -> String {
        index == 0 ? key : "\(key)\u{1F}\(index)"
    }

    func row(
        _ command: Command, _ deed: Deed, key: String, by person: Operator
    ) -> CommandRecord {
        var row = CommandRecord(
            idempotencyKey: key, verb: command.verb, botID: deed.botID,
            target: deed.refusal == nil ? deed.target : cut(deed.target),
            arguments: command.keptArguments(refused: deed.refusal != nil), actor: person.name,
            actorUID: person.uid,
            role: person.roleWord, isStaff: person.isStaff,
            reason: deed.refusal == nil ? command.reason : command.reason.map(cut),
            at: world.now, startedAt: world.now, outcome: deed.outcome, message: deed.message)
        row.changed = deed.changes && deed.refusal == nil
        row.expiresAt = command.expiry.map { world.now + $0 }
        if lastCommit != nil { row.wallAt = wall }
        if deed.outcome.isFinal { (row.finishedAt, row.wallFinishedAt) = (world.now, row.wallAt) }
        if let refusal = deed.refusal {
            row.message = refusal.headline
            row.errorCode = refusal.code
            row.remedy = refusal.remedy
        }
        return row
    }

    /// The row of a deed that is done.
    func writeAgain(_ row: CommandRecord, _ db: Writing) throws(StoreError) {
        guard !broken.contains(.commands) else { return }
        part = .commands
        _ = try db.insert(row)
        part = nil
    }

    /// The row of a command; for others than pauses and closes only where its audit row can be
    /// written as well: afterwards it would be too late to say no.
    func insert(
        _ row: inout CommandRecord, _ deed: Deed, _ command: Command, by person: Operator,
        _ db: Writing
    ) throws(StoreError) {
        guard !broken.contains(.commands) else { return }
        part = .commands
        row.id = try db.insert(row)
        part = .audit
        if !isNeverRefused(command), !broken.contains(.audit) {
            let next = AuditChain.chained(entry(deed, command, by: person), after: auditHead)
            try db.attempt { () throws(StoreError) in try db.insert(next) }
        }
        part = nil
    }

    /// Writes in one transaction. Where a history turns out to be damaged, SQLite takes nothing
    /// more in that transaction: all of it is written once more, without that history.
    /// - Parameters:
    ///   - mayGoOn: also after deeds have changed the world.
    ///   - body: may run several times.
    func written<Value>(
        mayGoOn: Bool = true, _ body: (Writing) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        hasActed = false
        while true {
            let before = taken
            let clock = workspace.clock
            (part, gathered) = (nil, nil)
            do throws(StoreError) { return try database.write(body) } catch {
                // Of the last commit that is known: the lease tells it to the next engine.
                workspace.clock = clock
                guard case .damaged(let what) = error, let part, !broken.contains(part),
                    mayGoOn || !hasActed
                else { throw error }
                // What deeds have done to the world since stays in its journal.
                let journal = hasActed ? gathered ?? world.journal : before.journal
                taken = before
                world.journal = journal
                note(what, in: part)
                guard mayGoOn || (part != .audit && part != .commands) else { throw error }
            }
        }
    }

    /// What a transaction takes from the world and the desk: put back where it fails.
    private struct Taken {
        var journal: Journal
        var halts: [HaltResult]
        var jobs: [JobResult]
        var started: [ID<CommandRecord>]
        var ended: [CommandRecord]
        var head: AuditHead
    }

    private var taken: Taken {
        get {
            Taken(
                journal: world.journal, halts: world.trading.finishedHalts,
                jobs: world.fleet.finishedJobs,
                started: world.fleet.startedCommands, ended: endedCommands, head: auditHead)
        }
        set {
            world.journal = newValue.journal
            world.trading.putBack(newValue.halts)
            world.fleet.putBack(newValue.jobs, started: newValue.started)
            endedCommands = newValue.ended
            auditHead = newValue.head
        }
    }
}
