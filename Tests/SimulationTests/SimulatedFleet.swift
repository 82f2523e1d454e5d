/// Eight bots of one seed in a home in memory: world, desk and database, driven by virtual time.
import Store

@testable import Core

/// What makes one seed's fleet differ from another's.
struct FleetSettings {
    let seed: UInt64
    var dice: Randomness
    var deposit: Money
    var climate: VenueWeather.Climate
    /// The backend's duties every few seconds; costly, so most seeds do without.
    let keepsHouse: Bool
    /// The engine is killed now and then, between two commits.
    let crashes: Bool

    init(seed: UInt64) {
        self.seed = seed
        dice = Randomness(seed: seed).fork(named: "simulation")
        // The rich walk through every level of a thin book.
        deposit = dice.chance(1, in: 4) ? .units(150_000) : .units(10_000)
        climate = VenueWeather.Climate(
            calmMinutes: dice.chance(1, in: 3) ? 120 : 600, stormPercent: 90,
            strayPerTenThousand: 60)
        keepsHouse = seed % 25 == 7
        crashes = seed % 5 == 3
    }
}

final class SimulatedFleet {
    static let owner: (uid: Int64, name: String) = (1000, "ana")
    static let botCount = 8
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
        for number in 0..<botCount {
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
