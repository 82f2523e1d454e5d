/// The bots of one seed in a home in memory: world, desk and database, driven by virtual time.
import Store

/// What makes one seed's fleet differ from another's.
struct FleetSettings {
    let seed: UInt64
    var dice: Randomness
    var deposit: Money
    var climate: VenueWeather.Climate
    /// The backend's duties every few seconds; costly, so most seeds do without.
    let keepsHouse: Bool
    /// Some bots run a template that a user has imported.
    let runsUserTemplate: Bool
    /// The engine is killed between two commits, once in so many turns; 0: never.
    let crashes: Int
    let botCount: Int

    init(seed: UInt64, _ plan: SimulationPlan) {
        self.seed = seed
        botCount = plan.bots
        dice = Randomness(seed: seed).fork(named: "simulation")
        // The rich walk through every level of a thin book.
        deposit = dice.chance(1, in: 4) ? .units(150_000) : .units(10_000)
        climate = VenueWeather.Climate(
            calmMinutes: plan.faults.mean(dice.chance(1, in: 3) ? 120 : 600, plan.faults.storms),
            stormPercent: 90, strayPerTenThousand: Int(60 * plan.faults.strays))
        keepsHouse = seed % 25 == 7
        crashes = seed % 5 == 3 ? plan.faults.mean(120, plan.faults.crashes) : 0
        runsUserTemplate = seed % 3 == 0
    }
}

final class SimulatedFleet {
    static let owner: (uid: Int64, name: String) = (1000, "ana")
    let settings: FleetSettings
    let database: Database
    private(set) var world: World
    private(set) var desk: Desk

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
            try Self.write(settings, past, markets, db)
        }
        _ = settings.dice.next()
        world = try Self.load(database, settings)
        desk = try Desk(
            world: world, database: database, owner: Self.owner, wall: SimulatedPast.end)
        _ = try desk.settle()
        if settings.runsUserTemplate { try armWithUserTemplate() }
    }

    /// Trend Follower, quicker, with stops so loose that a turn of its signals comes before them.
    static let looseTrend: Template = {
        var template = SystemTemplates.trendFollower
        template.timeframe = .fifteenMinutes
        template.name = "Loose Trend"
        template.kind = .user
        for place in template.components.indices {
            switch template.components[place].name {
            case "Chandelier Exit": template.components[place].parameters["multiple"] = "9"
            case "Hard Stop Loss": template.components[place].parameters["percent"] = "8"
            default: break
            }
        }
        return template
    }()

    private func armWithUserTemplate() throws {
        let name = Self.looseTrend.name
        var commands = [
            Command.templateImport(text: TemplateFile.print(Self.looseTrend), file: nil)
        ]
        for number in [0, 2, 4] where number < settings.botCount {
            let label = Self.plan(number).label
            commands.append(.assignTemplate(bot: label, template: name, confirmLabel: nil))
        }
        for (number, command) in commands.enumerated() {
            _ = try desk.take(command, key: "arm-\(number)", from: (Self.owner.uid, "simulation"))
        }
    }

    /// Trend followers and mean reverters in turn, two symbols each.
    static func plan(_ number: Int) -> (label: String, template: Template, symbols: [String]) {
        let template =
            number % 2 == 0 ? SystemTemplates.trendFollower : SystemTemplates.meanReverter
        let symbols = SimulatedPast.symbols
        let pair = [symbols[number % 3], symbols[(number + 1 + number / 3 % 2) % 3]]
        return ("bot-\(number + 1)-x", template, pair.sorted())
    }

    private static func write(
        _ settings: FleetSettings, _ past: SimulatedPast, _ markets: [Market], _ db: Writing
    ) throws(StoreError) {
        let start = SimulatedPast.end
        try db.save(
            Workspace(
                name: "sim", generation: "s\(settings.seed)", seed: Int64(settings.seed),
                clock: start, createdAt: start, market: Market.modelSource, isDemo: false))
        _ = try db.insert(
            Member(uid: owner.uid, name: owner.name, role: .owner, joinedAt: start))
        for (index, market) in markets.enumerated() {
            try db.save(market.record)
            for candle in past.candles[index] {
                try db.save(candle, of: market.instrument.symbol)
            }
        }
        for number in 0..<settings.botCount {
            let plan = plan(number)
            let id = Int64(number + 1)
            try db.save(
                APIKey(
                    id: ID(id), label: "key-\(id)-x", exchange: "simulated", masked: "paper",
                    instruments: plan.symbols, createdAt: start))
            try db.save(
                VenueAccount(
                    keyID: ID(id), deposits: settings.deposit, wallet: settings.deposit))
            try db.save(
                Bot(
                    id: ID(id), label: plan.label, keyID: ID(id),
                    templateName: plan.template.name, templateVersion: 1, createdAt: start,
                    upSince: start))
        }
    }

    private static func load(_ database: Database, _ settings: FleetSettings) throws -> World {
        let world = try WorldLoader.load(database, weather: settings.climate)
        if !settings.keepsHouse {
            world.timeline = Timeline()
            world.scheduleCalendar()
        }
        return world
    }

    /// SIGKILL and a new engine: what was not committed never happened.
    func crash() throws {
        try database.raiseEpoch()
        world = try Self.load(database, settings)
        world.reconcileAtStart()
        desk = try Desk(world: world, database: database, owner: Self.owner, wall: world.now)
        try desk.resumeHalts()
    }

    /// Plays up to an instant without committing.
    func play(to target: Instant) {
        world.advance(to: target)
        if !settings.keepsHouse { for bot in world.bots { world.reconcile(bot) } }
        desk.wall = world.now
    }

    func bots() -> [BotMachine] { world.bots }
}
