/// The bots of one seed in a home in memory: world, desk and database, driven by virtual time.
import Store

final class SimulatedFleet {
    static let owner: (uid: Int64, name: String) = (1000, "ana")
    /// Keys that no bot has at first; the last of them is not active.
    static let spareKeys = 4
    let settings: FleetSettings
    let database: Database
    private(set) var world: World
    private(set) var desk: Desk
    /// The exchange's side of the line as of the last commit; a kill takes it back to there.
    private var faultyLine: FaultyLine?
    private var trail = LifeTrail()
    var machine = SimulatedMachine()
    private var time: Timekeeper
    /// Since when the clock cannot be right.
    private var doubtedSince: Instant?
    private(set) var caughtUpAt = Instant(milliseconds: 0)
    /// When networks fail within an hour, earliest first.
    private var outages: (hour: Instant, from: [Instant])?

    init(_ settings: FleetSettings) throws {
        var settings = settings
        self.settings = settings
        database = try Database.memory()
        try database.raiseEpoch()
        let past = SimulatedPast.all[Int(settings.seed % UInt64(SimulatedPast.all.count))]
        let markets = past.models.map { model in
            var model = model
            model.dice = settings.dice.fork(named: model.listing.instrument.symbol)
            return Market(model)
        }
        try database.write { db throws(StoreError) in
            try SimulatedFounding.write(settings, past, markets, db)
        }
        _ = settings.dice.next()
        faultyLine = settings.faultyLine
        world = try Self.load(database, settings)
        world.trading.putOn(faultyLine)
        time = Timekeeper(pace: .real, isSeeded: true, world: world.now, at: machine.wall)
        desk = try Desk(
            world: world, database: database, owner: Self.owner, wall: machine.wall.utc)
        _ = try desk.settle()
        if settings.runsUserTemplate { try armWithUserTemplate() }
    }

    private func armWithUserTemplate() throws {
        let loose = SimulatedFounding.looseTrend
        var commands = [
            Command.templateImport(text: TemplateFile.print(loose), file: nil)
        ]
        for number in [0, 2, 4] where number < settings.botCount {
            let label = SimulatedFounding.plan(number).label
            commands.append(.assignTemplate(bot: label, template: loose.name, confirmation: nil))
        }
        for (number, command) in commands.enumerated() {
            _ = try desk.take(command, key: "arm-\(number)", from: (Self.owner.uid, "simulation"))
        }
    }

    private static func load(_ database: Database, _ settings: FleetSettings) throws -> World {
        let world = try WorldLoader.load(
            database, weather: settings.climate, catalog: settings.catalog)
        world.trail = LifeTrail()
        world.disarmed = settings.disarmed
        if !settings.keepsHouse {
            world.timeline = Timeline()
            world.scheduleCalendar()
            world.fleet.schedule(
                .minute, at: world.now.floored(to: .minutes(1)) + .minutes(1))
            for bot in world.bots where bot.instance.job != nil { world.fleet.resumeJob(bot) }
        }
        return world
    }

    /// What the world told since the last commit, for whoever checks it.
    func takeTrail() -> LifeTrail {
        defer { trail = LifeTrail() }
        return trail
    }

    private func committed() {
        faultyLine = world.trading.venue.line
        guard let news = world.trail else { return }
        trail.traces += news.traces
        trail.downs += news.downs
        trail.executions += news.executions
        trail.faults.merge(news.faults, uniquingKeysWith: +)
        world.trail = LifeTrail()
    }

    /// Commits what happened since the last time.
    func settle() throws(StoreError) -> [CommandRecord] {
        let ended = try desk.settle()
        committed()
        return ended
    }

    func take(
        _ command: Command, key: String, from person: (uid: Int64, session: String)
    ) throws(StoreError) -> DeskReply {
        let reply = try desk.take(command, key: key, from: person)
        committed()
        return reply
    }

    /// SIGKILL and a new engine: what was not committed never happened, and the world catches up
    /// with civil time, wherever that was set meanwhile.
    func crash(after absence: Span = .seconds(0)) throws {
        try database.raiseEpoch()
        world = try Self.load(database, settings)
        world.trading.reconnect(faultyLine)
        if absence > .seconds(0) { machine.restart(after: absence) }
        time = Timekeeper(pace: .real, isSeeded: true, world: world.now, at: machine.wall)
        desk = try Desk(
            world: world, database: database, owner: Self.owner, wall: machine.wall.utc)
        desk.watchClock(machine.wall)
        try desk.resumeHalts()
        follow()
    }

    /// The world stands where the clock says, unless that cannot be right.
    private func follow() {
        doubtedSince = desk.clock.doubt.map { _ in world.now }
        time.start(world, at: machine.wall, isBelieved: doubtedSince == nil) { catchUp(to: $0) }
    }

    /// As the engine does, each turn.
    private func watchClock() {
        desk.watchClock(machine.wall)
        if desk.clock.doubt == nil {
            if doubtedSince != nil { follow() }
        } else if doubtedSince == nil {
            doubtedSince = world.now
        }
    }

    /// The alarm about the clock has stood long enough for somebody to look at it.
    var clockAwaitsAPerson: Bool {
        doubtedSince.map { world.now - $0 > .minutes(20) } ?? false
    }

    private func catchUp(to target: Instant) {
        world.catchUp(to: target)
        caughtUpAt = world.now
    }

    /// Prices have moved while bots only listened; they look at them with the next print.
    var hasLookedSince: Bool { world.now >= caughtUpAt.floored(to: .minutes(1)) + .minutes(1) }

    /// The machine sleeps or the process is stopped; the engine notices when it was long.
    func standStill(for span: Span, asleep: Bool) {
        let earlier = machine.wall
        machine.pass(span, asleep: asleep)
        guard machine.wall.gap(since: earlier) != nil else { return }
        desk.watchClock(machine.wall)
        follow()
    }

    /// Lets the machine run until its clocks ask for an instant of the world; does not commit.
    func play(to wanted: Instant) {
        machine.pass(max(wanted - world.now, .seconds(0)))
        watchClock()
        let target = time.target(world, at: machine.wall)
        if settings.keepsHouse {
            world.advance(to: target)
        } else {
            playMinutes(to: target)
            for bot in world.bots where bot.isReachable { world.trading.reconcile(bot) }
        }
    }

    /// Heartbeats every few minutes, and when a network fails, is missed or comes back.
    private func playMinutes(to target: Instant) {
        while world.now < target {
            world.advance(to: nextLook(before: target))
            for bot in world.bots where bot.record.state.isProvisioned {
                if bot.isReachable { bot.record.heartbeatAt = world.now }
                world.fleet.watchLink(bot)
                if !bot.isReachable { world.fleet.checkHeartbeat(bot) }
            }
            world.fleet.watchRollout()
        }
    }

    private func nextLook(before target: Instant) -> Instant {
        let now = world.now
        var next = min(now.floored(to: .minutes(5)) + .minutes(5), target)
        let hour = now.floored(to: .hours(1))
        if outages?.hour != hour {
            let all = world.bots.compactMap { world.fleet.compute.outage(of: $0.id, in: hour) }
            outages = (hour, all.map(\.from))
        }
        for from in outages?.from ?? [] where from > now { next = min(next, from) }
        for bot in world.bots {
            guard let lost = bot.link.lostAt, let back = bot.link.returnsAt else { continue }
            for edge in [lost + Deadlines.heartbeatLost, back] where edge > now {
                next = min(next, edge)
            }
        }
        return next
    }

    func bots() -> [BotMachine] { world.bots }
}
