/// What becomes of commands where a history is damaged: it is left out, or nothing is done.
import Store

extension Desk {
    func note(_ damage: String, in history: History) {
        broken.insert(history)
        if history == .audit || history == .commands { unrecorded = unrecorded ?? damage }
        world.trading.stopEntries(damage: [damage])
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
        guard stranger == nil else { return false }
        return try known(command, key: key, by: person) != nil
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

    /// Nobody can be told any more.
    func forgetEnds() {
        _ = world.fleet.takeStartedCommands()
        _ = world.trading.takeFinishedHalts()
        _ = world.fleet.takeFinishedJobs()
    }
}
