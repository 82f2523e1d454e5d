/// Which readings of a machine's clocks are believed, and which are not.

import Store
import Testing

@testable import Core

@Suite struct ClockDoubtTests {
    private static let then = Instant(year: 2026, month: 2, day: 28) + .hours(12)

    private static func reading(
        wall: Span, boot: Span = .hours(1), _ name: String = "a"
    ) -> MachineClock {
        MachineClock(wall: then + wall, boottime: boot, bootID: name)
    }

    private static let kept = reading(wall: .seconds(0))

    private func doubt(
        _ now: MachineClock, world: Instant? = nil, since: MachineClock? = ClockDoubtTests.kept
    ) -> ClockDoubt.Kind? {
        ClockDoubt(now, since: since, world: world)?.kind
    }

    @Test(arguments: [Span.seconds(0), .minutes(1), .days(2), .days(400)])
    func withinABootClocksThatAgreeAreBelieved(passed: Span) {
        #expect(doubt(Self.reading(wall: passed, boot: .hours(1) + passed)) == nil)
        for off in [Int64(-60), 60] {
            let wall = passed + .seconds(off)
            #expect(doubt(Self.reading(wall: wall, boot: .hours(1) + passed)) == nil)
        }
    }

    private static let distances: [Int64] = [61, 3600, 86_400, 31_536_000, 9_460_800_000]
    private static let signs: [Int64] = [1, -1]

    @Test(arguments: distances, signs)
    func withinABootTheyMayNotPart(seconds: Int64, sign: Int64) throws {
        let now = Self.reading(wall: .minutes(3) + .seconds(sign * seconds), boot: .minutes(63))
        let found = try #require(ClockDoubt(now, since: Self.kept, world: nil))
        #expect(found.kind == .parted)
        #expect(found.by == .seconds(sign * seconds))
        #expect(found.words(world: Self.then, at: now.wall).contains("--accept-clock"))
    }

    /// A boottime that went back is none of this boot.
    @Test func aBootIsNotYoungerThanItWas() {
        #expect(doubt(Self.reading(wall: .minutes(1), boot: .minutes(1))) == .parted)
    }

    @Test func overARestartThirtyDaysAreBelieved() {
        for days in [Int64(0), 3, 30] {
            #expect(doubt(Self.reading(wall: .days(days), boot: .seconds(9), "b")) == nil)
        }
        #expect(doubt(Self.reading(wall: .seconds(-60), boot: .seconds(9), "b")) == nil)
        let late = Self.reading(wall: .days(30) + .milliseconds(1), boot: .seconds(9), "b")
        #expect(doubt(late) == .absent)
        #expect(doubt(Self.reading(wall: .days(365), boot: .seconds(9), "b")) == .absent)
        #expect(doubt(Self.reading(wall: .seconds(-61), boot: .seconds(9), "b")) == .setBack)
        #expect(doubt(Self.reading(wall: .days(-365), boot: .seconds(9), "b")) == .setBack)
    }

    /// Where the kernel names no boot, each start is one.
    @Test func anUnknownBootIsAnother() {
        let earlier = Self.reading(wall: .seconds(0), "unknown")
        let now = Self.reading(wall: .days(2), boot: .hours(2), "unknown")
        #expect(doubt(now, since: earlier) == nil)
    }

    /// A home that never kept a reading: the world's own time is all there is to compare with.
    @Test func withoutAReadingTheWorldSpeaks() {
        let now = Self.reading(wall: .seconds(0))
        #expect(doubt(now, since: nil) == nil)
        #expect(doubt(now, world: Self.then, since: nil) == nil)
        #expect(doubt(now, world: Self.then - .days(30), since: nil) == nil)
        #expect(doubt(now, world: Self.then - .days(31), since: nil) == .absent)
        #expect(doubt(now, world: Self.then + .minutes(2), since: nil) == .worldAhead)
    }

    /// The same finding is told once, however long it stands; another setting is news.
    @Test func timeThatPassesIsNoNews() throws {
        let found = try #require(
            ClockDoubt(Self.reading(wall: .days(2)), since: Self.kept, world: nil))
        for hours in [Int64(1), 50] {
            let later = Self.reading(
                wall: .days(2) + .hours(hours), boot: .hours(1) + .hours(hours))
            let again = try #require(ClockDoubt(later, since: Self.kept, world: nil))
            #expect(!again.isNews(after: found))
        }
        let moved = try #require(
            ClockDoubt(Self.reading(wall: .days(3)), since: Self.kept, world: nil))
        #expect(moved.isNews(after: found))
    }

    /// What a damaged file may hold is no reason to trap.
    private static let walls: [Int64] = [.min, .min / 2, .max / 2, .max]
    private static let boots: [Int64] = [0, .max]

    @Test(arguments: walls, boots)
    func noReadingTraps(wall: Int64, boot: Int64) {
        var watch = ClockWatch(
            kept: MachineClock(
                wall: Instant(milliseconds: wall), boottime: Span(milliseconds: boot),
                bootID: "a"))
        watch.look(at: Self.kept, world: Self.then)
        #expect(watch.doubt == nil)
    }
}
