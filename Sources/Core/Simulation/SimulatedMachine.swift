/// The machine under a simulated engine: its three clocks, and what can happen to them.
import Store

struct SimulatedMachine {
    private(set) var wall = WallClock(
        utc: SimulatedPast.end, boot: .days(2), monotonic: .days(2))

    private var boots = 0

    /// - Parameter asleep: the machine sleeps; one of its clocks does not count that.
    mutating func pass(_ span: Span, asleep: Bool = false) {
        wall.utc = wall.utc + span
        wall.boot = wall.boot + span
        if !asleep { wall.monotonic = wall.monotonic + span }
    }

    /// Somebody, or a time server, sets the civil clock.
    mutating func set(by span: Span) { wall.utc = wall.utc + span }

    /// Off for a while: what counts since the start begins again.
    mutating func restart(after absence: Span) {
        wall.utc = wall.utc + absence
        wall.boot = .seconds(20)
        wall.monotonic = .seconds(20)
        boots += 1
        wall.bootID = "boot \(boots)"
    }
}
