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
    private var network: VenueNetwork?
    private var trail = LifeTrail()
    /// How far the wall clock is from the world's.
    var wallOffset = Span.seconds(0)

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
        network = settings.network
        world = try Self.load(database, settings)
        world.network = network
        desk = try Desk(
            world: world, database: database, owner: Self.owner, wall: SimulatedPast.end)
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
            commands.append(.assignTemplate(bot: label, template: loose.name, confirmLabel: nil))
        }
        for (number, command) in commands.enumerated() {
            _ = try desk.take(command, key: "arm-\(number)", from: (Self.owner.uid, "simulation"))
        }
    }

    private static func load(_ database: Database, _ settings: FleetSettings) throws -> World {
        let world = try WorldLoader.load(
            database, weather: settings.climate, catalog: settings.catalog)
        world.trail = LifeTrail()
        if !settings.keepsHouse {
            world.timeline = Timeline()
            world.scheduleCalendar()
            world.timeline.schedule(.minute, at: world.now.floored(to: .minutes(1)) + .minutes(1))
            for bot in world.bots where bot.instance.job != nil { world.resumeJob(bot) }
        }
        return world
    }

    /// What the world told since the last commit, for whoever checks it.
    func takeTrail() -> LifeTrail {
        defer { trail = LifeTrail() }
        return trail
    }

    private func committed() {
        network = world.network
        guard let news = world.trail else { return }
        trail.traces += news.traces
        trail.downs += news.downs
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

    /// SIGKILL and a new engine: what was not committed never happened.
    func crash(after absence: Span = .seconds(0)) throws {
        try database.raiseEpoch()
        world = try Self.load(database, settings)
        world.reconnect(network)
        if absence > .seconds(0) { world.catchUp(to: world.now + absence) }
        world.reconcileAtStart()
        desk = try Desk(
            world: world, database: database, owner: Self.owner, wall: world.now + wallOffset)
        try desk.resumeHalts()
    }

    /// Plays up to an instant without committing.
    func play(to target: Instant) {
        if settings.keepsHouse {
            world.advance(to: target)
        } else {
            playMinutes(to: target)
            for bot in world.bots where bot.isReachable { world.reconcile(bot) }
        }
        desk.wall = world.now + wallOffset
    }

    /// Heartbeats once a minute: enough to notice a lost instance.
    private func playMinutes(to target: Instant) {
        while world.now < target {
            world.advance(to: min(world.now.floored(to: .minutes(5)) + .minutes(5), target))
            for bot in world.bots where bot.record.state.isProvisioned {
                if bot.isReachable {
                    bot.record.heartbeatAt = world.now
                } else {
                    world.checkHeartbeat(bot)
                }
            }
        }
    }

    func bots() -> [BotMachine] { world.bots }
}
