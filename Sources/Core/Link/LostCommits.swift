/// Whether a database is at least as new as the engine knew it that was ended last.

import Store

extension Lease {
    /// What is asked of a database before an engine writes to it: its audit chain, and that it
    /// holds the epoch of the holder before. Where the log was taken away, or an older file put in
    /// the place of the newest, it does not.
    public var laws: MoreLaws {
        let earlier = earlierEpoch
        return { db, extent throws(StoreError) in
            try Self.lostCommits(since: earlier, db) + AuditBoard.problems(db, extent)
        }
    }

    private static func lostCommits(
        since earlier: Int64, _ db: Reading
    ) throws(StoreError) -> [String] {
        let epoch = try db.epoch()
        guard epoch < earlier else { return [] }
        return [
            "commits are missing: epoch \(epoch), and the engine that was ended last had "
                + "\(earlier). Put plutarc.db-wal back; where an older copy was put here on "
                + "purpose, remove engine.lease"
        ]
    }
}
