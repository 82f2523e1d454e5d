/// Whether a database still holds what the engine before this one has committed.

import Glibc
import Store

/// The last commit of an engine, as it left it in its lease.
struct KnownCommit: Sendable, Equatable {
    /// 0 where none is left: the engine gave the lease back.
    var epoch: Int64
    /// The world's clock then; nil where that is not known.
    var clock: Instant?

    /// What is asked of a database before an engine writes to it, and by `plutarc check`: the laws
    /// of a home, and that it holds this commit. Where the log was taken away, or an older file put
    /// in the place of the newest, it does not.
    var laws: MoreLaws {
        { [self] db, extent throws(StoreError) in
            try missing(in: db) + HomeLaws.problems(db, extent)
        }
    }

    private func missing(in db: Reading) throws(StoreError) -> [String] {
        let found = try db.epoch()
        guard found >= epoch else { return Self.missing("epoch \(found)", "\(epoch)") }
        guard found == epoch, let clock, let end = try db.workspace()?.clock, end < clock
        else { return [] }
        return Self.missing("they end at \(end)", "gone on to \(clock)")
    }

    private static func missing(_ found: String, _ known: String) -> [String] {
        [
            "commits are missing: \(found), and the engine that was ended last had \(known). "
                + "Put plutarc.db-wal back; where an older copy was put here on purpose, remove "
                + "engine.lease"
        ]
    }
}

extension Lease {
    public var laws: MoreLaws { KnownCommit(epoch: earlierEpoch, clock: earlierClock).laws }

    /// Looked up without taking the lease. Of an engine that runs it is what it has committed so
    /// far: look at the database afterwards.
    static func knownCommit(in home: Home) -> KnownCommit {
        guard let descriptor = try? home.openFile(.lease, O_RDONLY) else {
            return KnownCommit(epoch: 0)
        }
        defer { close(descriptor) }
        guard let holder = read(from: descriptor), holder.epoch != 0 else {
            return KnownCommit(epoch: 0)
        }
        return KnownCommit(epoch: holder.epoch, clock: WorkSlot.lastClock(in: descriptor))
    }
}
