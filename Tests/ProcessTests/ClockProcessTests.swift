/// The machine's clock, turned under the real program: console, engine and commands see the same.

import Foundation
import TestKit
import Testing

@testable import Core
@testable import Store

/// A clock in a file that a test turns while programs run.
private final class TurnedClock {
    private let scratch = Scratch("plutarc-clock")
    private(set) var path = ""
    private var clock = TestClock("")

    init() { write() }

    /// Somebody sets the wall clock.
    func set(_ span: Span) {
        clock.utc = clock.utc + span
        write()
    }

    /// The machine sleeps: both of its clocks go on.
    func sleep(_ span: Span) {
        clock.boot = clock.boot + span
        set(span)
    }

    /// The machine was off: what counts since its start begins again.
    func reboot(_ name: String, after absence: Span) {
        clock.bootID = name
        set(absence)
    }

    private func write() { path = scratch.write("clock", clock.text) }
}

@Suite struct ClockProcessTests {
    private static let stopped = "SELECT count(entries_stopped) FROM workspace"
    private static let alarms = "SELECT count(*) FROM notices WHERE kind = 'clock'"
    private static let accepted =
        "SELECT count(*) FROM audit WHERE verb = 'accept-clock' AND outcome = 'done'"

    private func world(_ home: TrialHome) throws -> Instant {
        Instant(milliseconds: Int64(try home.count("SELECT clock FROM workspace")))
    }

    @Test func aJumpIsNoticedUnderARunningEngine() throws {
        let clock = TurnedClock()
        let home = try TrialHome.fresh(clock: clock.path)
        let engine = try home.engine()
        _ = try home.client()
        clock.set(.days(1))
        #expect(try home.eventually { try home.count(Self.stopped) == 1 })
        #expect(try home.count(Self.alarms) == 1)
        let now = try world(home)
        // What protects goes on.
        let pause = try home.plutarc("pause", "--all")
        #expect(pause.status == 0, "\(pause.errors)")
        let status = try home.plutarc("status")
        #expect(status.output.contains("--accept-clock"), "\(status.output)")

        let answer = try home.plutarc("engine", "start", "--accept-clock")
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.output.contains("the clock is accepted"), "\(answer.output)")
        #expect(try home.eventually { try home.count(Self.stopped) == 0 })
        #expect(try home.count(Self.accepted) == 1)
        #expect(try home.eventually { try world(home) > now + .hours(23) })
        engine.send(SIGTERM)
        #expect(engine.wait() == 0, "\(engine.errors)")
        try home.expectSound()
    }

    @Test func aMachineThatSleptIsBelieved() throws {
        let clock = TurnedClock()
        let home = try TrialHome.fresh(clock: clock.path)
        let engine = try home.engine()
        _ = try home.client()
        let stood = try world(home)
        clock.sleep(.hours(5))
        #expect(try home.eventually { try world(home) > stood + .minutes(290) })
        #expect(try home.count(Self.alarms) == 0)
        engine.send(SIGTERM)
        #expect(engine.wait() == 0, "\(engine.errors)")
    }

    /// An hour passes in a minute; then the engine starts as usual, ahead of the clock.
    @Test func aWorldThatSpeedTookAheadIsNoAlarm() throws {
        let home = try TrialHome.fresh()
        let fast = try home.engine(speed: "6000")
        let stood = try world(home)
        #expect(try home.eventually { try world(home) > stood + .hours(2) })
        fast.send(SIGTERM)
        #expect(fast.wait() == 0)
        let ahead = try world(home)
        let usual = try home.engine()
        _ = try home.client()
        #expect(try home.eventually { try world(home) > ahead + .seconds(5) })
        #expect(try home.count(Self.alarms) == 0)
        usual.kill()
    }

    /// Killed, the clock set, started by a command; then it is right again.
    @Test(arguments: [Span.days(1), .days(365), .days(-1)])
    func aStartWithAWrongClock(_ jump: Span) throws {
        let clock = TurnedClock()
        let home = try TrialHome.fresh(clock: clock.path)
        let first = try home.engine()
        _ = try home.client()
        first.kill()
        let stood = try world(home)
        clock.set(jump)
        #expect(try home.plutarc("engine", "start").status == 0)
        #expect(try home.eventually { try home.count(Self.stopped) == 1 })
        #expect(try world(home) < stood + .minutes(5))
        #expect(try home.plutarc("pause", "bot-1").status == 0)
        #expect(try home.plutarc("engine", "stop").status == 0)
        clock.set(Span(milliseconds: -jump.milliseconds))
        #expect(try home.plutarc("engine", "start").status == 0)
        #expect(try home.eventually { try home.count(Self.stopped) == 0 })
        #expect(try home.count(Self.accepted) == 0)
        try home.expectSound()
    }

    /// Over a restart of the machine: a weekend asks nobody; two months do, at the start.
    @Test func anAbsenceOverARestart() throws {
        let clock = TurnedClock()
        let home = try TrialHome.fresh(clock: clock.path)
        let stood = try world(home)
        clock.reboot("second", after: .days(1))
        #expect(try home.plutarc("engine", "start").status == 0)
        #expect(try home.eventually { try world(home) > stood + .hours(23) })
        #expect(try home.count(Self.alarms) == 0)
        #expect(try home.plutarc("engine", "stop").status == 0)

        clock.reboot("third", after: .days(60))
        let asked = try home.start("engine", "run")
        #expect(try home.eventually { try home.count(Self.stopped) == 1 })
        asked.send(SIGTERM)
        #expect(asked.wait() == 0)
        // Accepted at the start; the long way to now ends with the word of a signal.
        let told = try home.start("engine", "run", "--accept-clock")
        #expect(try home.eventually { try home.count(Self.accepted) == 1 })
        told.send(SIGTERM)
        #expect(told.wait() == 0, "\(told.errors)")
        #expect(try home.count(Self.stopped) == 0)
        try home.expectSound()
    }

    /// A Monday's first minute, a Saturday's last, a leap day, the hour in which clocks change.
    @Test(arguments: [
        "2026-06-01T00:00:30Z", "2026-06-06T23:59:30Z", "2028-02-29T23:59:50Z",
        "2026-10-25T00:59:50Z", "2027-03-28T00:59:50Z",
    ])
    func aFleetIsFoundedAsOfAnInstant(text: String) throws {
        let instant = try #require(Instant(text: text))
        let clock = TestClock(utc: instant - WallClock.machine().utc).text
        let home = try TrialHome.fresh(bots: 3, clock: clock)
        let engine = try home.engine()
        _ = try home.client()
        #expect(try home.eventually { try world(home) >= instant + .seconds(15) })
        #expect(try world(home) < instant + .minutes(10))
        #expect(try home.plutarc("pause", "--all").status == 0)
        #expect(try home.plutarc("resume", "--all", "--reason", "seen").status == 0)
        let fleet = try home.plutarc("screen", "fleet", "--size", "80x24")
        #expect(fleet.status == 0, "\(fleet.errors)")
        engine.kill()
        let again = try home.engine()
        _ = try home.client()
        #expect(try home.count(Self.alarms) == 0)
        again.send(SIGTERM)
        #expect(again.wait() == 0, "\(again.errors)")
        try home.expectSound()
    }

    /// A year that no market has played: the engine starts, beats, alarms and hears signals.
    @Test(arguments: [86_400_000, 31_536_000_000, 9_000_000_000_000_000])
    func aClockThatOthersSetAheadIsNotFollowed(by milliseconds: Int) throws {
        let home = try TrialHome.fresh()
        do {
            let file = try Connection(path: home.path + "/plutarc.db", mode: .write)
            try file.execute(
                "UPDATE workspace SET clock = min(clock + \(milliseconds), 9000000000000000)")
        }
        let engine = try home.engine()
        _ = try home.client()
        #expect(try home.eventually { try home.count(Self.stopped) == 1 }, "\(engine.errors)")
        let alarms = "SELECT count(*) FROM notices WHERE kind = 'damage'"
        #expect(try home.count(alarms) == 1)
        #expect(try world(home) < WallClock.read().utc + .minutes(1))
        #expect(try home.plutarc("pause", "--all").status == 0)
        engine.send(SIGTERM)
        #expect(engine.wait() == 0, "\(engine.errors)")
    }
}
