/// When a silent engine may be taken for hung.

import Store

/// Tells a holder that hangs from one that has just woken up with the machine, and from one that
/// is at a step of its start in which it cannot beat: a stale heartbeat counts only after it
/// stood still for a moment while we looked, and an announced silence only while its process
/// stands still as well.
struct HungEngineWatch {
    enum Verdict { case alive, hung }

    private let bootID = ProcessIdentity.bootID
    private let work: (ProcessIdentity) -> Int64?
    private var seen: LeaseHolder?
    private var seenWork: Int64?
    private var unchangedSince = Span(milliseconds: 0)
    /// Stale at the last look, and not yet watched for long enough.
    private(set) var suspects = false

    static let patience = Span.milliseconds(1100)
    /// With a process that has announced that it will be silent. A slow disk may let it stand
    /// still for a while.
    static let silentPatience = Span.seconds(20)

    /// - Parameter work: what a process has done so far, in a number that grows while it works.
    init(work: @escaping (ProcessIdentity) -> Int64? = { $0.work }) { self.work = work }

    mutating func sees(_ holder: LeaseHolder?, at wall: WallClock) -> Verdict {
        let isSilent = holder?.start?.silentStep != nil
        let work = isSilent ? holder.flatMap { self.work($0.process) } : nil
        if seen != holder || seenWork != work {
            seen = holder
            seenWork = work
            unchangedSince = wall.monotonic
        }
        // After a reboot the heartbeat is of another clock; its process cannot hold a lock.
        suspects = holder.map { $0.isStale(at: wall) && $0.bootID == bootID } ?? false
        let patience = isSilent ? Self.silentPatience : Self.patience
        return suspects && stillness(at: wall) >= patience ? .hung : .alive
    }

    /// How long nothing of the holder has changed while we looked.
    func stillness(at wall: WallClock) -> Span {
        Span(milliseconds: wall.monotonic.milliseconds - unchangedSince.milliseconds)
    }
}
