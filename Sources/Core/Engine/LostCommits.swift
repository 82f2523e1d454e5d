/// Whether a database is at least as new as the engine knew it that was ended last.

import Store

extension Lease {
    /// What is asked of a database before an engine writes to it: the laws of a home, and that it
    /// holds the epoch and the last commit of the holder before. Where the log was taken away, or
    /// an older file put in the place of the newest, it does not.
    public var laws: MoreLaws {
        let (epoch, clock) = (earlierEpoch, earlierClock)
        return { db, extent throws(StoreError) in
            try Self.lostCommits(since: epoch, clock, db) + HomeLaws.problems(db, extent)
        }
    }

    private static func lostCommits(
        since earlier: Int64, _ last: Instant?, _ db: Reading
    ) throws(StoreError) -> [String] {
        let epoch = try db.epoch()
        guard epoch >= earlier else { return missing("epoch \(epoch)", "\(earlier)") }
        guard epoch == earlier, let last, let clock = try db.workspace()?.clock, clock < last
        else { return [] }
        return missing("they end at \(clock)", "gone on to \(last)")
    }

    private static func missing(_ found: String, _ known: String) -> [String] {
        [
            "commits are missing: \(found), and the engine that was ended last had \(known). "
                + "Put plutarc.db-wal back; where an older copy was put here on purpose, remove "
                + "engine.lease"
        ]
    }
}
