/// What an engine does with a clock that cannot be right: at its start, and while it runs.

import Store
import TestKit
import Testing

@testable import Core

@Suite struct EngineClockTests {
    private static let jumps: [Span] = [
        .minutes(2), .hours(1), .days(1), .days(365), .hours(-1), .days(-1), .days(-365),
    ]

    /// A full disk binds a fast world to real pace, and a slow one to nothing.
    @Test(arguments: ["60", "max", "1", "0.5"], [true, false])
    func aFastWorldIsBound(_ speed: String, isBound: Bool) throws {
        let trial = try ClockTrial()
        let (pace, world) = (try Pace(parsing: speed), trial.world)
        func wall(_ seconds: Int64) -> WallClock {
            let boot = Span.seconds(9000 + seconds)
            return WallClock(utc: world.now, boot: boot, monotonic: boot)
        }
        var time = Timekeeper(pace: pace, isSeeded: true, world: world.now, at: wall(0))
        time.bind(isBound, world, at: wall(0))
        let went = time.target(world, at: wall(10)) - world.now
        #expect((went > .seconds(10)) == (pace.isFasterThanReal && !isBound))
        #expect(speed != "0.5" || went == .seconds(5))
        time.bind(false, world, at: wall(10))
        #expect(time.clock.pace == pace)
    }

    /// Killed, the clock set, started; then the clock is right again.
    @Test(arguments: jumps) func aStartWithAWrongClock(_ jump: Span) throws {
        let trial = try ClockTrial()
        let stood = trial.world.now
        trial.pass(.hours(2))
        trial.set(jump)
        try trial.start()
        #expect(trial.world.now == stood, "it caught up with a clock that is wrong")
        #expect(try trial.isStopped)
        #expect(try trial.alarms.count == 1)

        // Time goes on, exits with it; nobody is told twice.
        trial.pass(.minutes(5))
        try trial.turn()
        #expect(trial.world.now == stood + .minutes(5))
        #expect(try trial.alarms.count == 1)
        // Another start knows no better.
        try trial.start()
        #expect(try trial.isStopped)
        #expect(trial.world.now == stood + .minutes(5))

        trial.set(Span(milliseconds: -jump.milliseconds))
        trial.pass(.seconds(1))
        try trial.turn()
        #expect(try !trial.isStopped)
        #expect(trial.behind == .seconds(0), "it did not catch up once the clock was right")
        try trial.start()
        #expect(try !trial.isStopped)
    }

    /// Whoever looks at the alerts afterwards finds none about a clock that is right.
    @Test(arguments: [true, false]) func anAlarmEndsWithItsCause(isOn: Bool) throws {
        let trial = try ClockTrial()
        func open() throws -> Int { try trial.alarms.count { $0.acknowledgedAt == nil } }
        for _ in 0..<4 {
            trial.set(.days(400))
            try trial.start()
            #expect(try open() == 1)
        }
        trial.set(.days(-1600))
        trial.pass(.seconds(1))
        try trial.start(switchedOff: isOn ? [] : [.olderAlarms])
        #expect(try !trial.isStopped)
        #expect(try open() == (isOn ? 0 : 1))
    }

    @Test(arguments: jumps) func aClockThatIsSetWhileTheEngineRuns(_ jump: Span) throws {
        let trial = try ClockTrial()
        trial.pass(.seconds(10))
        try trial.turn()
        trial.set(jump)
        trial.pass(.seconds(1))
        let stood = trial.world.now
        try trial.turn()
        #expect(try trial.isStopped)
        #expect(try trial.alarms.count == 1)
        #expect(trial.world.now == stood + .seconds(1))

        trial.set(Span(milliseconds: -jump.milliseconds))
        try trial.turn()
        #expect(try !trial.isStopped)
        #expect(trial.world.trading.entryStops.isEmpty)
    }

    /// A standstill of the process and a machine that sleeps: the clocks agree, nobody is asked.
    @Test(arguments: [true, false]) func aStandstillIsBelieved(asleep: Bool) throws {
        let trial = try ClockTrial()
        let earlier = trial.wall
        trial.pass(.hours(5), asleep: asleep)
        let gap = try #require(trial.wall.gap(since: earlier))
        trial.engine.resumed(after: gap, at: trial.wall)
        try trial.turn()
        #expect(trial.behind == .seconds(0))
        #expect(try !trial.isStopped)
        // Set as well: it stays where it was.
        let stood = trial.world.now
        let asleepSince = trial.wall
        trial.pass(.hours(5), asleep: asleep)
        trial.set(.days(1))
        trial.engine.resumed(
            after: try #require(trial.wall.gap(since: asleepSince)), at: trial.wall)
        try trial.turn()
        #expect(trial.world.now == stood)
        #expect(try trial.isStopped)
    }

    @Test func aRestartOfTheMachineIsBelievedWithinBounds() throws {
        let trial = try ClockTrial()
        try trial.reboot(after: .days(2))
        #expect(trial.behind == .seconds(0))
        #expect(try !trial.isStopped)

        let stood = trial.world.now
        try trial.reboot(after: .days(31))
        #expect(trial.world.now == stood)
        #expect(try trial.isStopped)

        let other = try ClockTrial()
        let now = other.world.now
        try other.reboot(after: .days(-1))
        #expect(other.world.now == now)
        #expect(try other.isStopped)
        let words = try #require(try other.alarms.first?.message)
        #expect(words.contains("1d00h ahead of it"), "\(words)")
    }

    /// Wrong as the machine starts, set right a minute later, as by a time server.
    @Test func aClockThatIsSetRightAfterABoot() throws {
        let trial = try ClockTrial()
        try trial.reboot(after: .days(1))
        trial.pass(.minutes(1))
        try trial.turn()
        trial.set(.days(-1))
        trial.pass(.seconds(1))
        try trial.turn()
        // The world is a day ahead, and says so until a person decides.
        #expect(try trial.isStopped)
        try trial.start()
        #expect(try trial.isStopped)
        try trial.accept()
        #expect(try !trial.isStopped)
        #expect(trial.behind == .days(-1))
        // What was accepted is no alarm at the next start.
        trial.pass(.minutes(10))
        try trial.start()
        #expect(try !trial.isStopped)
        let alarms = try trial.alarms
        #expect(alarms.count == 2, "\(alarms)")
    }

    @Test(arguments: [Span.days(1), .days(-1), .hours(3)]) func aPersonAccepts(_ jump: Span) throws
    {
        let trial = try ClockTrial()
        trial.pass(.seconds(10))
        try trial.turn()
        trial.set(jump)
        try trial.turn()
        try trial.accept()
        #expect(try !trial.isStopped)
        #expect(trial.behind == min(jump, .seconds(0)))
        let audit = try trial.database.read { db throws(StoreError) in try db.lastAuditEntry() }
        #expect(audit?.verb == "accept-clock")
        // It was committed with the command: a kill right after it changes nothing.
        try trial.start()
        #expect(try !trial.isStopped)
        #expect(try trial.kept.machineClock?.wall == trial.wall.utc)
    }

    @Test func whoMayNotChangeTheWorkspaceDoesNotAccept() throws {
        let trial = try ClockTrial()
        trial.set(.days(1))
        try trial.turn()
        #expect(try trial.engine.acceptClock(by: 77) != nil)
        try trial.turn()
        #expect(try trial.isStopped)
        for role in WorkspaceRole.allCases {
            let may = Gate.allows(Command.acceptClock.permission, for: CommandSamples.person(role))
            #expect(may == (role == .owner || role == .admin))
        }
    }

    /// An hour passes in a minute; then the engine starts as usual, ahead of the clock.
    @Test func aWorldThatSpeedTookAheadIsNoAlarm() throws {
        let trial = try ClockTrial()
        try trial.start(try #require(Pace(text: "60")))
        // A slow machine plays less in a turn.
        for _ in 0..<500 where trial.behind.milliseconds >= Span.hours(-9).milliseconds {
            trial.pass(.minutes(1))
            try trial.turn(strides: 10)
        }
        #expect(trial.behind.milliseconds < Span.hours(-9).milliseconds)
        try trial.start()
        #expect(try !trial.isStopped)
        try trial.reboot(after: .minutes(5))
        #expect(try !trial.isStopped)
        // The same at any pace: a jump is one.
        try trial.start(try #require(Pace(text: "60")))
        trial.set(.days(2))
        try trial.turn()
        #expect(try trial.isStopped)
        try trial.start()
        #expect(try trial.isStopped, "a wrong clock was adopted under way")
    }

    /// The tests of this file are deaf without the safeguard.
    @Test func withoutTheWatchNobodyNotices() throws {
        let trial = try ClockTrial()
        trial.world.disarmed = [.clockWatch]
        trial.set(.days(1))
        try trial.turn()
        #expect(try !trial.isStopped)
        let earlier = trial.wall
        trial.pass(.minutes(1))
        trial.engine.resumed(
            after: try #require(trial.wall.gap(since: earlier)), at: trial.wall)
        try trial.turn()
        #expect(trial.behind == .seconds(0), "it would have followed the wrong clock")
    }

    /// A long absence is played whole; of its candles the last thirty days are written down.
    @Test func aLongAbsenceLeavesABoundedNumberOfRows() throws {
        var markets = MarketListing.all.prefix(1).map { listing in
            Market(
                MarketModel(
                    listing, dice: Randomness(seed: 1), start: FoundedDesk.start,
                    step: .seconds(60)))
        }
        let world = World(
            settings: WorldSettings(generation: "g"), markets: markets, at: FoundedDesk.start)
        markets = []
        let end = FoundedDesk.start + .days(40)
        world.keepsCandles(from: end - World.candlesKept)
        world.catchUp(to: end)
        #expect(world.journal.candles.count == 30 * 1440)
        #expect(world.journal.candles.first?.candle.openTime == end - World.candlesKept)
        #expect(world.now == end)
    }
}
