/// The clocks of the machine, read at the rim and nowhere else.

import Glibc
import Store

/// One reading of the three clocks that the engine uses.
public struct WallClock: Sendable, Equatable {
    /// Civil time; may be set back or forth by an administrator.
    public var utc: Instant
    /// Since the machine started, time asleep included: heartbeats and time-outs between processes.
    public var boot: Span
    /// Since the machine started, time asleep left out: pauses inside one process.
    public var monotonic: Span
    /// Which boot ``boot`` counts from.
    public var bootID: String

    public init(utc: Instant, boot: Span, monotonic: Span, bootID: String = "this boot") {
        self.utc = utc
        self.boot = boot
        self.monotonic = monotonic
        self.bootID = bootID
    }

    /// Reads the clocks. The engine loop does so once per turn.
    public static func read() -> WallClock {
        #if DEBUG
            let test = TestClock.current
            var clock = machine()
            clock.utc = clock.utc + test.utc
            clock.boot = clock.boot + test.boot
            clock.bootID = ProcessIdentity.bootID
            return clock
        #else
            return machine()
        #endif
    }

    /// What the machine's own clocks show.
    static func machine() -> WallClock {
        WallClock(
            utc: Instant(milliseconds: milliseconds(CLOCK_REALTIME)),
            boot: Span(milliseconds: milliseconds(CLOCK_BOOTTIME)),
            monotonic: Span(milliseconds: milliseconds(CLOCK_MONOTONIC)),
            bootID: ProcessIdentity.kernelBootID)
    }

    /// How long the process did not run between an earlier reading and this one, when that was
    /// more than a turn of its loop can explain. Nil when nothing happened.
    /// **Source** <doc:SafetyRules#Standstills-and-clocks>.
    public func gap(since earlier: WallClock) -> Span? {
        let passed = boot.milliseconds - earlier.boot.milliseconds
        let asleep = passed - (monotonic.milliseconds - earlier.monotonic.milliseconds)
        return passed > 3000 || asleep > 1000 ? Span(milliseconds: passed) : nil
    }

    private static func milliseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
