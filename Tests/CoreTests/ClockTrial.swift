/// A small fleet under an engine whose clocks a test turns.

import Store
import TestKit
import Testing

@testable import Core

/// A home, and the clocks of the machine that it is on.
final class ClockTrial {
    private static let owner = (uid: Int64(1), name: "ana")
    let database: Database
    private let scratch: ScratchFolder
    private(set) var engine: Engine
    var wall: WallClock

    init() throws {
        scratch = try ScratchFolder()
        let home = try scratch.home()
        database = try Database.memory()
        wall = WallClock(
            utc: Instant(year: 2026, month: 2, day: 28) + .hours(12), boot: .hours(90),
            monotonic: .hours(80), bootID: "first")
        var plan = FoundingPlan(
            name: "t", generation: "abcd", seed: 3, market: .model,
            bots: BotPlan.fleet(2, over: ["BTC-PERP"]), owner: Self.owner)
        plan.machineClock = wall.reading
        _ = try Founding.found(plan, in: database, at: wall.utc)
        engine = try Self.engine(home, database, .real, wall)
        try turn()
    }

    private static func engine(
        _ home: Home, _ database: Database, _ pace: Pace, _ wall: WallClock,
        _ switchedOff: Set<StartSafeguard> = []
    ) throws -> Engine {
        try database.raiseEpoch()
        return try Engine(
            home: home, database: database, pace: pace, wall: wall, build: "t", weather: .fair,
            switchedOff: switchedOff)
    }

    /// All clocks go on.
    func pass(_ span: Span, asleep: Bool = false) {
        wall.utc = wall.utc + span
        wall.boot = wall.boot + span
        if !asleep { wall.monotonic = wall.monotonic + span }
    }

    /// Somebody sets the wall clock.
    func set(_ span: Span) { wall.utc = wall.utc + span }

    /// - Parameter strides: as many as the world may need to stand where it should.
    func turn(strides: Int = 1) throws {
        for _ in 0..<strides { _ = engine.turn(at: wall) }
        try engine.startWhole(at: wall)
        if let failure = engine.failure { throw failure }
    }

    /// Killed, and started again.
    func start(_ pace: Pace = .real, switchedOff: Set<StartSafeguard> = []) throws {
        engine = try Self.engine(scratch.home(), database, pace, wall, switchedOff)
        try turn()
    }

    func reboot(after absence: Span) throws {
        wall.utc = wall.utc + absence
        wall.boot = .seconds(30)
        wall.monotonic = .seconds(30)
        wall.bootID += "+"
        try start()
    }

    func accept() throws {
        #expect(try engine.acceptClock(by: 1) == nil)
        try turn()
    }

    var world: World { engine.world }
    var behind: Span { wall.utc - world.now }
    var kept: Workspace {
        get throws {
            try database.read { db throws(StoreError) in try db.existingWorkspace() }
        }
    }
    /// As a reader of the home sees it.
    var isStopped: Bool { get throws { try kept.entriesStopped != nil } }
    var alarms: [Notice] {
        get throws {
            try database.read { db throws(StoreError) in try db.notices(limit: 100) }
                .filter { $0.kind == "clock" }
        }
    }
}
