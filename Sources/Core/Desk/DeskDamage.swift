/// Transactions that meet damage: they are written without the broken histories, or not at all.
import Store

extension Desk {
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
                journal: world.journal, halts: world.finishedHalts, jobs: world.finishedJobs,
                started: world.startedCommands, ended: endedCommands, head: auditHead)
        }
        set {
            world.journal = newValue.journal
            world.finishedHalts = newValue.halts
            world.finishedJobs = newValue.jobs
            world.startedCommands = newValue.started
            endedCommands = newValue.ended
            auditHead = newValue.head
        }
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
            (part, gathered) = (nil, nil)
            do throws(StoreError) { return try database.write(body) } catch {
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

    func note(_ damage: String, in history: History) {
        broken.insert(history)
        if history == .audit || history == .commands { unrecorded = unrecorded ?? damage }
        world.stopEntries(damage: [damage])
    }

    /// What stops losses is done also where it cannot be taken down.
    func isNeverRefused(_ command: Command) -> Bool {
        command.isKillLane && world.isOn(.closeWithoutRecord)
    }

    func checkRecord(of command: Command) throws(StoreError) {
        guard let unrecorded, !isNeverRefused(command) else { return }
        throw .damaged(what: unrecorded)
    }

    /// Whether a request came before under the same key; only read.
    func hasSeen(
        _ command: Command, key: String, from peer: (uid: Int64, session: String)
    ) throws(StoreError) -> Bool {
        let (person, stranger) = who(peer)
        return try stranger == nil && known(command, key: key, by: person) != nil
    }

    /// What a request has become that came before under the same key.
    func known(
        _ command: Command, key: String, by person: Operator
    ) throws(StoreError) -> DeskReply? {
        guard !broken.contains(.commands) else { return nil }
        do throws(StoreError) { return try earlier(command, key: key, by: person) } catch {
            guard case .damaged(let what) = error else { throw error }
            note(what, in: .commands)
            try checkRecord(of: command)
            return nil
        }
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
            let link = AuditChain.link(entry(deed, command, by: person), after: auditHead)
            try db.attempt { () throws(StoreError) in try db.insert(link) }
        }
        part = nil
    }

    /// Nobody can be told any more.
    func forgetEnds() {
        world.startedCommands.removeAll()
        world.finishedHalts.removeAll()
        world.finishedJobs.removeAll()
    }
}

extension Command {
    /// Changes rows and nothing in the world: undone with its transaction.
    var isOfRowsAlone: Bool { verb.hasPrefix(Verb.ofTickets) || verb == Verb.acknowledge }
}
