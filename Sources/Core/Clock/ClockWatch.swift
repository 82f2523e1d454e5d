/// Holds the machine's clocks against the first believed reading of this boot.
import Store

/// What is kept with each commit is boottime, and the wall clock that goes with it by the first
/// reading of this boot that was believed, or by the one that a person accepted. Small steps add
/// up so. Slewing is no step: it slows or speeds both clocks; a machine that sleeps moves both.
/// A wrong clock that is set right again needs nobody.
struct ClockWatch {
    private(set) var believed: MachineClock?
    private(set) var doubt: ClockDoubt?
    #if DEBUG
        /// Off only in a test of the tests: each reading is then held against the one before.
        var stepsAddUp = true
    #else
        var stepsAddUp: Bool { true }
    #endif
    private var latest: MachineClock?
    private var told: ClockDoubt?

    /// - Parameter kept: with the last commit; what no clock shows counts as nothing.
    init(kept: MachineClock?) { believed = kept.flatMap { $0.isPossible ? $0 : nil } }

    /// - Parameter world: where a world stands that follows this clock; nil for one that does not.
    mutating func look(at now: MachineClock, world: Instant?) {
        latest = now
        doubt = ClockDoubt(now, since: believed, world: world)
        if doubt == nil { believed = stepsAddUp ? now.withoutSteps(since: believed) : now }
    }

    /// A person knows better.
    mutating func accept() {
        believed = latest
        doubt = nil
    }

    /// The doubt, when it was not told yet.
    /// - Parameter isTold: whether what was told still stands.
    mutating func news(isTold: Bool) -> ClockDoubt? {
        if !isTold { told = nil }
        guard let doubt, doubt.isNews(after: told) else { return nil }
        told = doubt
        return doubt
    }
}

extension MachineClock {
    /// What the wall clock would show, had nobody set it since an earlier reading of this boot.
    fileprivate func withoutSteps(since earlier: MachineClock?) -> MachineClock {
        guard let earlier, isOfBoot(of: earlier) else { return self }
        let passed = Span(milliseconds: boottime.milliseconds - earlier.boottime.milliseconds)
        return MachineClock(wall: earlier.wall + passed, boottime: boottime, bootID: bootID)
    }

    /// A file may hold anything, and what follows subtracts.
    var isPossible: Bool {
        let years = Span.days(3_650_000)
        return abs(wall.milliseconds / 2) < years.milliseconds
            && boottime.milliseconds >= 0 && boottime.milliseconds < years.milliseconds
    }
}

extension WallClock {
    /// As it is kept with a commit.
    public var reading: MachineClock { MachineClock(wall: utc, boottime: boot, bootID: bootID) }
}
