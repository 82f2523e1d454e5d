/// A world brought back from its home: everything from the last commit, indicators from candles.
import Store

/// Why a home cannot be brought to life.
public enum LoadError: Error {
    case store(StoreError)
    case file(FileError)
    case template(bot: String, TemplateError)

    public var headline: String {
        switch self {
        case .store(let error): error.headline
        case .file(let error): error.headline
        case .template(let bot, let error): "\(bot): \(error.headline)"
        }
    }

    public var remedy: String {
        switch self {
        case .store(let error): error.remedy
        case .file(let error): error.remedy
        case .template(_, let error): error.remedy
        }
    }
}

public enum WorldLoader {
    /// Reads a whole home. The world stands at the instant of the last commit.
    public static func load(
        _ database: Database, weather climate: VenueWeather.Climate = .gentle,
        catalog: ComputeCatalog = .standard
    ) throws(LoadError) -> World {
        let saved = try stored { () throws(StoreError) in try SavedWorld(database) }
        var markets: [Market] = []
        for record in saved.markets {
            do throws(FileError) { markets.append(try Market(record)) } catch { throw .file(error) }
        }
        let world = World(
            settings: saved.settings(epoch: database.epoch, markets), markets: markets,
            at: saved.workspace.clock, weather: saved.weather(climate.with(catalog), markets))
        world.compute = SimulatedCompute(
            catalog: catalog, seed: UInt64(bitPattern: saved.workspace.seed))
        world.billing = saved.billing
        world.rollout = saved.rollout
        saved.restoreVenue(of: world)
        for bot in saved.bots { try enrol(bot, from: saved, in: world, database) }
        world.counters = saved.counters
        return world
    }

    private static func enrol(
        _ bot: Bot, from saved: SavedWorld, in world: World, _ database: Database
    ) throws(LoadError) {
        let template = try template(of: bot, database)
        let limits = saved.limits.last { $0.botID == bot.id }?.limits ?? RiskLimits()
        let sessions = try sessions(of: bot)
        let symbols = saved.keys.first { $0.id == bot.keyID }?.instruments ?? []
        do throws(TemplateError) {
            try world.add(
                bot, limits: limits, template: template, symbols: symbols,
                sessions: sessions, instance: saved.instances.first { $0.botID == bot.id },
                link: saved.links.first { $0.botID == bot.id })
        } catch { throw .template(bot: bot.label, error) }
        guard let machine = world.machine(bot.id) else { return }
        for position in saved.positions where position.botID == bot.id {
            guard let symbol = world.symbol(position.symbol) else { continue }
            machine.held.append(BookedPosition(position: position, symbol: symbol))
        }
        machine.orders = saved.orders.filter { $0.botID == bot.id }
        guard let template else { return }
        let past = try stored { () throws(StoreError) in
            try Past(of: machine.instruments, for: template, in: world, database)
        }
        let exits = try stored { () throws(StoreError) in
            try database.read { db throws(StoreError) in try db.lastExits(of: bot.id) }
        }
        world.warmUp(bot.id, exits: exits) { past[$0] }
    }

    private static func sessions(of bot: Bot) throws(LoadError) -> [SessionWindow]? {
        guard let text = bot.sessions else { return nil }
        do throws(FileError) {
            return try SessionFile.parse(text, file: "sessions of \(bot.label)")
        } catch { throw .file(error) }
    }

    private static func template(
        of bot: Bot, _ database: Database
    ) throws(LoadError) -> Template? {
        guard let name = bot.templateName else { return nil }
        if let system = SystemTemplates.all.first(where: { $0.name == name }) { return system }
        let row = try stored { () throws(StoreError) in
            try database.read { db throws(StoreError) in
                try db.template(name, version: bot.templateVersion ?? 1)
            }
        }
        guard let row else { return nil }
        do throws(FileError) {
            var template = try TemplateFile.parse(row.text, file: name)
            (template.name, template.version) = (row.name, row.version)
            return template
        } catch { throw .file(error) }
    }

    private static func stored<Value>(
        _ body: () throws(StoreError) -> Value
    ) throws(LoadError) -> Value {
        do throws(StoreError) { return try body() } catch { throw .store(error) }
    }
}

extension VenueWeather.Climate {
    /// With what the home's file says of the simulated exchange.
    fileprivate func with(_ catalog: ComputeCatalog) -> VenueWeather.Climate {
        var climate = self
        climate.rejectPercent = max(rejectPercent, catalog.orderRejectPercent)
        return climate
    }
}
