/// When a silent engine may be taken for hung.

import Store

/// Tells a holder that hangs from one that has just woken up with the machine: a stale heartbeat
/// counts only after it stood still for a moment while we looked.
struct HeartbeatWatch {
    enum Verdict { case alive, hung }

    private let bootID = ProcessIdentity.bootID
    private var seen: LeaseHolder?
    private var unchangedSince = Span(milliseconds: 0)
    /// Stale at the last look, and not yet watched for long enough.
    private(set) var suspects = false

    mutating func sees(_ holder: LeaseHolder?, at wall: WallClock) -> Verdict {
        if seen != holder {
            seen = holder
            unchangedSince = wall.monotonic
        }
        // After a reboot the heartbeat is of another clock; its process cannot hold a lock.
        suspects = holder.map { $0.isStale(at: wall) && $0.bootID == bootID } ?? false
        let watched = wall.monotonic.milliseconds - unchangedSince.milliseconds
        return suspects && watched >= 1100 ? .hung : .alive
    }
}
