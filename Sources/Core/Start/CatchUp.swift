/// The market goes on to the present in strides, after a time without an engine.
import Store

/// Where one stride ends changes nothing of what happens in the world.
struct CatchUp {
    let from: Instant
    var target: Instant
    var stride = Stride()

    init(from: Instant, to target: Instant) {
        self.from = from
        self.target = target
    }

    /// Where the next stride ends.
    func next(after now: Instant) -> Instant { min(stride.end(after: now), target) }

    func progress(at now: Instant) -> StartProgress {
        StartProgress(
            .catchingUp, done: (now - from).milliseconds / 60_000,
            of: (target - from).milliseconds / 60_000)
    }
}

/// As much of the world's time as the machine plays and commits in a few dozen milliseconds.
struct Stride {
    private var length = Span.minutes(10)

    func end(after now: Instant) -> Instant { now + length }

    /// The last stride took so long, its commit included.
    mutating func took(_ span: Span) {
        if span > Self.long {
            length = max(Span(milliseconds: length.milliseconds / 2), .seconds(1))
        } else if span < Self.short {
            length = min(Span(milliseconds: length.milliseconds * 2), .days(1))
        }
    }

    private static let short = Span.milliseconds(15)
    private static let long = Span.milliseconds(40)
}
