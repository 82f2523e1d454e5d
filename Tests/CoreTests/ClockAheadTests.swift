/// A clock of the world that others have set ahead of its markets: the engine starts and alarms.

import Store
import TestKit
import Testing

@testable import Core

@Suite struct ClockAheadTests {
    /// An engine that is killed, a clock that is set by hand, and the next engine.
    private func bench(
        ahead span: Span, switchedOff: Set<StartSafeguard> = []
    ) throws -> (bench: StartBench, clock: Instant) {
        let bench = try StartBench(absence: .minutes(3))
        let clock = try bench.database.write { db throws(StoreError) in
            var workspace = try db.existingWorkspace()
            let clock = workspace.clock
            workspace.clock = clock + span
            try db.save(workspace)
            return clock
        }
        try bench.restart(switchedOff: switchedOff)
        return (bench, clock)
    }

    @Test(arguments: [Span.minutes(2), .days(1), .days(365), .days(80_000_000)])
    func itGoesOnFromWhereTheMarketsStand(_ span: Span) throws {
        let (bench, clock) = try bench(ahead: span)
        var turns = 0
        try bench.turn {
            turns += 1
            let now = bench.engine.world.now
            return bench.isTrading && now >= clock && now <= bench.wall.utc
        }
        // Piece by piece as after any absence, and no bot is lost.
        #expect(turns > 3 && turns < 2000)
        #expect(bench.engine.world.bots.allSatisfy { $0.held.count == 2 })
        let words = bench.engine.world.trading.entryStops[.damage] ?? ""
        #expect(words.contains("the clock of the world says \(clock + span)"), "\(words)")
        try bench.turn()
        let kept = try bench.database.read { db throws(StoreError) in
            (try db.existingWorkspace(), try db.openNotices())
        }
        #expect(kept.0.clock <= bench.wall.utc && kept.0.entriesStopped != nil)
        #expect(kept.1.contains { $0.kind == "damage" && $0.severity == .critical })
    }

    /// As by `UPDATE workspace SET clock = 0`: nothing is played from 1970 on.
    @Test(arguments: [Span.hours(-1), .days(-60), .days(-20_000)], [true, false])
    func aClockFarBehindIsNotFollowed(_ span: Span, isOn: Bool) throws {
        let (bench, clock) = try bench(
            ahead: span, switchedOff: isOn ? [] : [.clockOfMarkets])
        let told = try bench.database.read { db in try HomeLaws.ofClock(db) }
        #expect(told.count == 1 && told[0].contains("\(clock + span)"), "\(told)")
        #expect(try bench.database.read { db in try HomeLaws.ofBots(db) } == [])
        try bench.turn { bench.isLoaded }
        let world = bench.engine.world
        #expect((world.now >= clock) == isOn)
        #expect((world.trading.entryStops[.damage] != nil) == isOn)
        #expect(world.bots.allSatisfy { $0.flaws.isEmpty } == isOn)
    }

    /// The anti-test: taken as it stands, the world waits for a day that has not come.
    @Test func withoutALookAtTheMarketsItIsBelieved() throws {
        let (bench, clock) = try bench(ahead: .days(1), switchedOff: [.clockOfMarkets])
        try bench.turn { bench.isTrading }
        #expect(bench.engine.world.now >= clock + .days(1))
        #expect(bench.engine.world.trading.entryStops[.damage] == nil)
    }

    /// As every commit leaves it.
    @Test func aSoundClockIsTakenAsItIs() throws {
        let (bench, _) = try bench(ahead: .seconds(0))
        try bench.turn { bench.isTrading }
        #expect(bench.engine.world.trading.entryStops.isEmpty)
    }
}
