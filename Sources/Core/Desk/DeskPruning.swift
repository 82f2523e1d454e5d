/// What is old goes: decision records, a few series at a time, and previews.
import Store

extension Desk {
    /// How long a decision can be explained.
    public static let decisionsKept = Span.days(35)
    /// As people are told: `35 days`.
    public static let decisionsKeptWords = "\(decisionsKept.milliseconds / 86_400_000) days"

    /// One step of what is due once an hour of the world; the next turn takes the next step.
    func pruneDecisions() throws(StoreError) {
        guard world.decisionsMayBeOld else { return }
        let oldest = world.now - Self.decisionsKept
        let last = pruned
        // Where they cannot be read it is over: old records that stay do no harm.
        pruned = nil
        defer { world.decisionsMayBeOld = pruned != nil }
        pruned = try database.write { db throws(StoreError) in
            try db.pruneDecisions(before: oldest, after: last)
        }
    }

    /// A preview that nobody has confirmed in time confirms nothing any more.
    func forgetPreviews() throws(StoreError) {
        guard let end = previewsEnd, wall > end else { return }
        previewsEnd = nil
        try database.write { db throws(StoreError) in
            try db.deletePreviews(expiredBefore: self.wall)
        }
    }
}
