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
        guard let early = command.body as? any EarlyCommand else { throw Refusal.starting }
        return try early.plan(in: fleet, at: self, by: person)
    }

    static func accepted(
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
