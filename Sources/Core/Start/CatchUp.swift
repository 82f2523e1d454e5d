/// The market goes on to the present in strides, after a time without an engine.
import Store

/// A stride is as long as the machine plays and commits in a few dozen milliseconds; where one
/// ends changes nothing of what happens in the world.
struct CatchUp {
    let from: Instant
    var target: Instant
    private var stride = Span.minutes(10)

    init(from: Instant, to target: Instant) {
        self.from = from
        self.target = target
    }

    /// Where the next stride ends.
    func next(after now: Instant) -> Instant { min(now + stride, target) }

    /// The last stride took so long, its commit included.
    mutating func took(_ span: Span) {
        if span > Self.long {
            stride = max(Span(milliseconds: stride.milliseconds / 2), .seconds(1))
        } else if span < Self.short {
            stride = min(Span(milliseconds: stride.milliseconds * 2), .days(1))
        }
    }

    private static let short = Span.milliseconds(15)
    private static let long = Span.milliseconds(40)

    func progress(at now: Instant) -> StartProgress {
        StartProgress(
            .catchingUp, done: (now - from).milliseconds / 60_000,
            of: (target - from).milliseconds / 60_000)
    }
}
