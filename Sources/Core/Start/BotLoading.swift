/// The bots of a home enter its world one after the other, each with the past of its symbols.
import Store

/// The second part of loading: the longest.
final class BotLoading {
    let saved: SavedWorld
    let world: World
    /// Bots that are loaded whole.
    private(set) var done = 0
    private let database: Database
    private let work: WorkSlot?
    private let switchedOff: Switches<StartSafeguard>
    private let past: SharedPast
    private let positions: [ID<Bot>: [Position]]
    private let orders: [ID<Bot>: [Order]]
    private let limits: [ID<Bot>: RiskLimits]
    private let keys: [ID<APIKey>: APIKey]
    private let instances: [ID<Bot>: Instance]
    private let links: [ID<Bot>: BotLink]
    /// The symbols that the bot under way has not heard the past of, the next one last.
    private var waiting: [TradedSymbol]?
    private var exits: [String: Instant] = [:]
    private var warmUp: WarmUp?

    /// Base candles that a strategy hears in one step.
    private static let candles = 2000

    init(
        _ saved: SavedWorld, _ world: World, _ database: Database, work: WorkSlot? = nil,
        switchedOff: Switches<StartSafeguard> = []
    ) {
        self.work = work
        self.switchedOff = switchedOff
        self.saved = saved
        self.world = world
        self.database = database
        past = SharedPast(of: world, in: database)
        positions = Dictionary(grouping: saved.positions, by: \.botID)
        orders = Dictionary(grouping: saved.orders, by: \.botID)
        limits = Dictionary(saved.limits.map { ($0.botID, $0.limits) }) { _, last in last }
        keys = Dictionary(saved.keys.map { ($0.id, $0) }) { first, _ in first }
        instances = Dictionary(saved.instances.map { ($0.botID, $0) }) { first, _ in first }
        links = Dictionary(saved.links.map { ($0.botID, $0) }) { first, _ in first }
    }

    var isOver: Bool { done == saved.bots.count }

    /// Does one piece: enrols a bot, reads some candles, or lets a strategy hear some.
    func step() throws(LoadError) {
        guard !isOver else { return }
        let bot = saved.bots[done]
        work?.begin(bot.id, at: world.now, isStart: true)
        defer { work?.rest() }
        guard let left = waiting else {
            try enrol(bot)
            return
        }
        if warmUp != nil {
            warmUp?.hear(Self.candles)
            if warmUp?.isOver == true { warmUp = nil }
        } else if let next = left.last {
            try begin(next)
        } else {
            if let machine = world.machine(bot.id) { world.trading.refreshLevels(machine) }
            waiting = nil
            done += 1
        }
    }

    private func begin(_ traded: TradedSymbol) throws(LoadError) {
        let template = traded.strategy.template
        let from = world.pastBegins(for: template, needing: traded.strategy.warmUpCandles)
        let history = try stored { () throws(StoreError) in
            try past.candles(of: traded.symbol, from: from)
        }
        guard let history else { return }
        waiting?.removeLast()
        warmUp = WarmUp(
            traded, exit: exits[traded.instrument.symbol], history: history, in: world)
    }

    private func enrol(_ bot: Bot) throws(LoadError) {
        let config = try stored { () throws(StoreError) in
            try database.read { db throws(StoreError) in try BotConfig(of: bot, db) }
        }
        guard config.flaws.words == nil || !switchedOff.contains(.oneBotOnly) else {
            throw .store(.damaged(what: "\(bot.label): \(config.flaws.words ?? "")"))
        }
        let isAside = isSuspect(bot)
        add(bot, config, isAside: isAside)
        waiting = []
        guard let machine = world.machine(bot.id) else { return }
        machine.isSuspect = work?.suspect == bot.id
        put(positions[bot.id] ?? [], into: machine)
        machine.orders = orders[bot.id] ?? []
        if isAside { (machine.isSetAside, machine.template) = (true, config.template) }
        guard !machine.traded.isEmpty else { return }
        exits = try stored { () throws(StoreError) in
            try database.read { db throws(StoreError) in
                try self.sparing([:], db) { () throws(StoreError) in
                    try db.lastExits(of: bot.id)
                }
            }
        }
        waiting = machine.traded.reversed()
    }

    /// Without a template where that cannot be built: nothing else of the fleet waits for it.
    private func add(_ bot: Bot, _ config: BotConfig, isAside: Bool) {
        var flaws = config.flaws
        do throws(TemplateError) {
            try add(bot, config, isAside ? nil : config.template)
        } catch {
            flaws.cannotBuild(bot.templateName ?? "", error)
            try? add(bot, config, nil)
        }
        world.machine(bot.id)?.flaws = flaws
    }

    private func add(
        _ bot: Bot, _ config: BotConfig, _ template: Template?
    ) throws(TemplateError) {
        let key = bot.keyID.flatMap { keys[$0] }
        try world.fleet.add(
            bot, limits: limits[bot.id] ?? RiskLimits(), template: template,
            symbols: key?.instruments ?? [], on: key?.venue ?? .simulated,
            sessions: config.sessions, instance: instances[bot.id], link: links[bot.id])
    }

    private func put(_ positions: [Position], into machine: BotMachine) {
        for position in positions {
            if let symbol = world.symbol(position.symbol, of: machine) {
                let contract = world.markets[symbol].contract
                if !switchedOff.contains(.brokenPositions) {
                    machine.flaws.see(position, contract, at: world.now)
                }
                machine.held.append(
                    BookedPosition(position: position, symbol: symbol, contract: contract))
            } else if !switchedOff.contains(.lostPositions) {
                machine.flaws.lost.append(position)
            }
        }
    }

    /// Whether engines have died at work on it, the one before this one or an earlier one. What
    /// lifts that is a person's restart of the bot.
    private func isSuspect(_ bot: Bot) -> Bool {
        if work?.suspect == bot.id { return true }
        guard !switchedOff.contains(.staysAside), bot.phase == .error else { return false }
        return bot.errorText == Trading.diedAtWork && instances[bot.id]?.job == nil
    }

    /// A history that cannot be read stops the entries, and not the start: closes must go on.
    private func sparing<Value>(
        _ standIn: Value, _ db: Reading, _ body: () throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        var damage: String?
        defer { if let damage { world.trading.stopEntries(damage: [damage]) } }
        return try db.sparing(standIn, &damage, body)
    }
}
