/// Requests that meet a database which another program holds: they wait, then they are refused.
import Store

extension Engine {
    /// A request that waits for the other program.
    struct Postponed {
        var message: JSON
        var peer: Peer
        var reply: ReplyID
    }

    private static let mostPostponed = 64

    /// Whether nothing can be committed just now.
    func isHeld(within milliseconds: Int32? = nil) -> Bool {
        hold.isHeld(database, world, within: milliseconds)
    }

    /// - Returns: the refusal, when it has waited long enough or too many wait.
    func putOff(_ request: Postponed) -> JSON? {
        guard !hold.hasLasted, postponed.count < Self.mostPostponed else {
            return EngineMessage.refused(hold.refusal).json
        }
        postponed.append(request)
        return nil
    }

    /// What waits is heard again, or hears why it is refused.
    func hearPostponed() {
        guard !postponed.isEmpty, failure == nil else { return }
        guard !isHeld() || hold.hasLasted else { return }
        let waiting = postponed
        postponed = []
        for one in waiting {
            guard let answer = request(one.message, from: one.peer, reply: one.reply) else {
                continue
            }
            answers.tell(answer, to: one.reply)
        }
    }

    /// Another program took the database between the look and the write: nothing has begun.
    func isHarmless(_ error: StoreError) -> Bool {
        guard hold.isOn, case .locked = error else { return false }
        return !desk.hasActed
    }

    func isHarmless(_ error: LoadError) -> Bool {
        if case .store(let error) = error { isHarmless(error) } else { false }
    }
}
