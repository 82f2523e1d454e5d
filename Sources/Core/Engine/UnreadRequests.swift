/// Commands whose fields cannot be read: whoever has no right to the verb hears that, and not what
/// is wrong with the fields.
import Store

extension Engine {
    /// - Parameter fault: what is wrong with the fields.
    /// - Returns: nil where the request waits for another program that holds the database.
    func turnAway(_ request: Postponed, verb: String, _ fault: Refusal) -> JSON? {
        let sender = (Int64(request.peer.uid), PeerSession(request.peer).words)
        guard let right = desk.lackOfRight(to: verb, sender) else {
            return EngineMessage.refused(WireError(fault)).json
        }
        // On a disk without room nothing but pauses and closes is written.
        guard !disk.isSpent else { return EngineMessage.refused(WireError(right)).json }
        if isHeld() { return putOff(request) }
        do throws(StoreError) {
            disk.makeRoom(world)
            try database.checkPlace()
            _ = try desk.turnAway(verb: verb, from: sender)
        } catch {
            if isHarmless(error) { return EngineMessage.refused(hold.refusal).json }
            fail(error)
            return EngineMessage.refused(WireError(error)).json
        }
        return EngineMessage.refused(WireError(right)).json
    }
}
