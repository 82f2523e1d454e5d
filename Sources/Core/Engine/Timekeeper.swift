/// Where the world should stand by the clocks of the machine, whatever becomes of those.
import Store

/// At real pace a seeded market follows civil time when the engine starts and after a standstill.
/// In between, and at every other pace, the world follows the clock that nobody can set.
struct Timekeeper {
    private(set) var clock: WorldClock
    private let followsCivilTime: Bool
    /// As it was asked for, or as it became.
    private var pace: Pace

    init(pace: Pace, isSeeded: Bool, world: Instant, at wall: WallClock) {
        self.pace = pace
        clock = WorldClock(pace: pace, world: world, boot: wall.boot)
        followsCivilTime = isSeeded && pace == .real
    }

    /// The instant that the world has to catch up with after a start or a standstill; nil when it
    /// stands where it should, or the clock cannot be right. Civil time that was set back leaves
    /// the world where it is.
    func goal(of world: World, at wall: WallClock, isBelieved: Bool) -> Instant? {
        followsCivilTime && isBelieved && wall.utc > world.now ? wall.utc : nil
    }

    /// The engine starts: the world catches up with what went on without it, and everything is
    /// reconciled.
    mutating func start(
        _ world: World, at wall: WallClock, isBelieved: Bool, catchUp: (Instant) -> Void
    ) {
        if let goal = goal(of: world, at: wall, isBelieved: isBelieved) { catchUp(goal) }
        begin(world, at: wall)
    }

    /// The world has caught up: from here on it follows the machine, once everything has been
    /// reconciled.
    mutating func begin(_ world: World, at wall: WallClock) {
        clock.anchor(world: world.now, boot: wall.boot)
        world.trading.reconcileAtStart()
    }

    /// The machine slept or the process stood still.
    /// **Source** <doc:SafetyRules#Standstills-and-clocks>.
    /// - Returns: whether the world has to go on to the present, as at a start.
    mutating func resume(_ world: World, at wall: WallClock) -> Bool {
        if !followsCivilTime { clock.anchor(world: world.now, boot: wall.boot) }
        return followsCivilTime
    }

    func target(_ world: World, at wall: WallClock) -> Instant {
        clock.target(at: wall.boot, now: world.now)
    }

    /// The recorded data has ended: from here on the clock is real time.
    mutating func goOnInRealTime(_ world: World, at wall: WallClock) {
        pace = .real
        clock = WorldClock(pace: .real, world: world.now, boot: wall.boot)
    }

    /// What happens faster than in real time fills a disk as much faster.
    /// - Parameter isBound: no faster than that from now on; else as before.
    mutating func bind(_ isBound: Bool, _ world: World, at wall: WallClock) {
        let wanted = isBound && pace.isFasterThanReal ? .real : pace
        guard wanted != clock.pace else { return }
        clock = WorldClock(pace: wanted, world: world.now, boot: wall.boot)
    }
}
