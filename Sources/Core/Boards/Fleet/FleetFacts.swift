/// What most boards are made from, read once in one transaction.

import Store

/// Bots with their keys, accounts, open positions, marks and templates at one moment.
struct FleetFacts {
    /// World time of the last commit.
    var now: Instant
    var workspace: Workspace?
    var bots: [Bot] = []
    var keys: [ID<APIKey>: APIKey] = [:]
    var instances: [ID<Bot>: Instance] = [:]
    var links: [ID<Bot>: BotLink] = [:]
    var accounts: [ID<APIKey>: VenueAccount] = [:]
    /// By id.
    var positions: [Position] = []
    var marks: [InstrumentID: Mark] = [:]
    /// Net of the trades closed since midnight UTC.
    var realisedToday: [ID<Bot>: CurrencySums] = [:]
    var instruments: [InstrumentID: Instrument] = [:]
    /// Unacknowledged alerts of each bot.
    var alerts: [ID<Bot>: Int] = [:]
    /// The versions that bots run.
    var templates: [TemplateKey: Template] = [:]

    struct TemplateKey: Hashable {
        var name: String
        var version: Int
    }

    static func load(_ db: Reading) throws(StoreError) -> FleetFacts {
        let workspace = try db.workspace()
        let now = workspace?.clock ?? Instant(milliseconds: 0)
        var facts = FleetFacts(now: now, workspace: workspace)
        facts.bots = try db.bots()
        for key in try db.keys() { facts.keys[key.id] = key }
        for account in try db.venueAccounts() { facts.accounts[account.keyID] = account }
        for instance in try db.instances() { facts.instances[instance.botID] = instance }
        for link in try db.links() { facts.links[link.botID] = link }
        facts.positions = try db.positions()
        for mark in try db.marks() { facts.marks[mark.instrument] = mark }
        facts.realisedToday = try db.unlessDamaged([:]) { () throws(StoreError) in
            try db.realisedNet(since: now.floored(to: .days(1)))
        }
        for market in try db.markets() {
            facts.instruments[market.instrument.id] = market.instrument
        }
        for alert in try db.openNotices() where alert.isAlarm {
            if let bot = alert.botID { facts.alerts[bot, default: 0] += 1 }
        }
        try facts.loadTemplates(db)
        return facts
    }

    /// Each version that some bot runs, once: the home's, else the one built into the program.
    private mutating func loadTemplates(_ db: Reading) throws(StoreError) {
        for bot in bots {
            guard let name = bot.templateName, let number = bot.templateVersion else { continue }
            let key = TemplateKey(name: name, version: number)
            guard templates[key] == nil else { continue }
            let builtIn = SystemTemplates.all.first { $0.name == name && $0.version == number }
            templates[key] = try db.template(name, version: number)?.parsed ?? builtIn
        }
    }

    func template(of bot: Bot) -> Template? {
        guard let name = bot.templateName, let version = bot.templateVersion else { return nil }
        return templates[TemplateKey(name: name, version: version)]
    }

    var botRows: [BotRow] {
        let open = Dictionary(grouping: positions, by: \.botID)
        return bots.map { row(of: $0, open[$0.id] ?? []) }
    }

    func row(of bot: Bot, _ open: [Position]) -> BotRow {
        let unrealised = unrealised(of: open)
        let currency = currency(of: bot.keyID)
        var row = BotRow(
            bot: bot, key: bot.keyID.flatMap { keys[$0] }, timeframe: template(of: bot)?.timeframe,
            openPositions: open.count, unrealised: unrealised,
            realisedToday: realisedToday[bot.id]?[currency] ?? .zero,
            equity: equity(of: bot, unrealised),
            instance: instances[bot.id], link: links[bot.id])
        row.currency = currency
        row.unknownSymbols = unknownSymbols(of: row.key, currency)
        do throws(FileError) { row.sessions = try sessions(of: bot) } catch {
            row.sessionsFlaw = error.headline
        }
        row.openAlerts = alerts[bot.id] ?? 0
        return row
    }

    private func sessions(of bot: Bot) throws(FileError) -> [SessionWindow] {
        guard let own = bot.sessions else { return template(of: bot)?.sessions ?? [] }
        return try SessionFile.parse(own, file: "sessions of \(bot.label)")
    }

    private func unrealised(of open: [Position]) -> Money? {
        var sum = Money.zero
        for position in open {
            guard let mark = marks[id(of: position)] else { return nil }
            sum += position.unrealised(at: mark.price, on: contract(of: position))
        }
        return sum
    }

    /// Of the account behind a key; of one that the exchange has told nothing of yet, what its
    /// instruments settle in.
    private func currency(of key: ID<APIKey>?) -> Currency {
        guard let key else { return .usdt }
        if let account = accounts[key] { return account.currency }
        let traded = keys[key]?.instrumentIDs.compactMap { instruments[$0]?.settlement }
        return traded?.first ?? .usdt
    }

    /// None in a home that keeps no markets, as one of a program that only reads.
    private func unknownSymbols(of key: APIKey?, _ currency: Currency) -> [String] {
        guard let key, !instruments.isEmpty else { return [] }
        return key.instrumentIDs.filter { instruments[$0]?.settlement != currency }.map(\.symbol)
    }

    /// Without its market there is no mark either, and no figure.
    private func contract(of position: Position) -> Contract {
        instruments[id(of: position)]?.contract ?? .plain
    }

    /// Of a symbol where a key trades; nil where its market is not known.
    func grid(of symbol: String, _ key: APIKey?) -> SymbolGrid? {
        instruments[InstrumentID(symbol, on: key?.venue ?? .simulated)].map { SymbolGrid(of: $0) }
    }

    private func id(of position: Position) -> InstrumentID {
        InstrumentID(position.symbol, on: keys[position.keyID]?.venue ?? .simulated)
    }

    private func equity(of bot: Bot, _ unrealised: Money?) -> Money? {
        guard let account = bot.keyID.flatMap({ accounts[$0] }), let unrealised else { return nil }
        return account.wallet + unrealised
    }

    /// Without what watches them, which ``watchedRows(_:of:)`` adds.
    var positionRows: [PositionRow] {
        let byID = Dictionary(uniqueKeysWithValues: bots.map { ($0.id, $0) })
        return positions.map { position in
            let bot = byID[position.botID]
            let key = keys[position.keyID]
            var row = PositionRow(
                position: position, botLabel: bot?.label ?? position.botID.description,
                exchange: key?.exchange ?? "", environment: key?.environment ?? .paper,
                mark: marks[id(of: position)], contract: contract(of: position))
            row.currency = currency(of: position.keyID)
            row.grid = instruments[id(of: position)].map { SymbolGrid(of: $0) }
            return row
        }
    }

    /// Labels of all bots, for rows that name a bot by its id.
    var labels: [ID<Bot>: String] {
        Dictionary(uniqueKeysWithValues: bots.map { ($0.id, $0.label) })
    }
}
