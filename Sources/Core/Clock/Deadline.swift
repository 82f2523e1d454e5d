/// How long a wait may still last.

import Store

/// A moment after which a wait is given up, on the clock that stands still during sleep.
struct Deadline {
    let end: Span

    init(after span: Span) { end = WallClock.read().monotonic + span }

    /// Never negative.
    var remaining: Span {
        Span(milliseconds: max(0, end.milliseconds - WallClock.read().monotonic.milliseconds))
    }
    var hasPassed: Bool { remaining.milliseconds == 0 }
}
