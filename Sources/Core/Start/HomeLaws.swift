/// What a start asks of a database beyond its schema and ledgers; `plutarc check` asks the same.
import Store

public enum HomeLaws {
    /// What is wrong, one sentence each.
    public static func problems(
        _ db: Reading, _ extent: InspectionExtent
    ) throws(StoreError) -> [String] {
        try ofFile(db, extent) + db.fleetProblems(systemTemplates: systemTemplates)
    }

    /// What can be asked of a database that belongs to no home: it need not hold a whole fleet.
    static func ofFile(
        _ db: Reading, _ extent: InspectionExtent
    ) throws(StoreError) -> [String] {
        try workspace(db) + markets(db) + AuditWalk.problems(db, extent)
    }

    /// What keeps single bots from running, one sentence each: they go to Error, and the home's
    /// engine starts all the same. A position without a market is among ``problems(_:_:)``.
    static func ofBots(_ db: Reading) throws(StoreError) -> [String] {
        var instruments: [InstrumentID: Instrument] = [:]
        for market in try db.markets() { instruments[market.instrument.id] = market.instrument }
        let keys = Dictionary(try db.keys().map { ($0.id, $0) }) { first, _ in first }
        let positions = Dictionary(grouping: try db.positions(), by: \.botID)
        let clock = try present(db).now
        let bots = try db.bots()
        let repair = VenueRepair(
            try db.venueAccounts(), try db.venuePositions(),
            books: VenueRepair.books(positions.values.flatMap(\.self), of: bots)
        ) { instruments[InstrumentID($0.symbol, on: keys[$0.keyID]?.venue ?? .simulated)] }
        var problems: [String] = []
        for bot in bots {
            let key = bot.keyID.flatMap { keys[$0] }
            let ticks = (key?.instrumentIDs ?? []).compactMap { instruments[$0]?.tick }
            var flaws = try BotConfig(of: bot, db).flaws(over: ticks)
            for position in positions[bot.id] ?? [] {
                let id = InstrumentID(position.symbol, on: key?.venue ?? .simulated)
                guard let contract = instruments[id]?.contract else { continue }
                flaws.see(position, contract, at: clock)
            }
            problems += (bot.keyID.flatMap { repair.words[$0] } ?? []).map {
                "bots: \(bot.label): \($0)"
            }
            if let words = flaws.words { problems.append("bots: \(bot.label): \(words)") }
        }
        return problems
    }

    private static let systemTemplates = Set(SystemTemplates.all.map(\.name))

    private static func workspace(_ db: Reading) throws(StoreError) -> [String] {
        guard let row = try db.workspace() else { return ["workspace: its row is missing"] }
        let isSound = row.machineClock?.isPossible ?? true
        return isSound ? [] : ["workspace: the clocks of its last commit are out of range"]
    }

    /// What an engine that starts says of the world's clock; it goes on from where its markets
    /// stand and opens nothing. Recorded markets are not read for this.
    static func ofClock(_ db: Reading) throws(StoreError) -> [String] {
        try present(db).damage.map { ["workspace: \($0)"] } ?? []
    }

    private static func present(
        _ db: Reading
    ) throws(StoreError) -> (now: Instant, damage: String?) {
        let kept = try db.existingWorkspace().clock
        let seeded = try db.markets().filter { $0.source == Market.modelSource }
            .compactMap { MarketModel(instrument: $0.instrument, state: $0.state)?.nextAt }.min()
        return SavedClock.present(kept, next: seeded, seeded: seeded)
    }

    /// The markets are read long after the first pauses were accepted.
    private static func markets(_ db: Reading) throws(StoreError) -> [String] {
        let isModel = try db.workspace()?.market == Market.modelSource
        var problems: [String] = []
        for record in try db.markets() where !Market.canGoOn(record, asModel: isModel) {
            problems.append("markets: \(record.instrument.symbol): its saved state is damaged")
        }
        return problems
    }
}

extension Market {
    /// Whether what is saved is the state of such a market; a candle file is not looked at.
    fileprivate static func canGoOn(_ record: MarketRecord, asModel isModel: Bool) -> Bool {
        guard isModel == (record.source == modelSource) else { return false }
        return isModel
            ? MarketModel(instrument: record.instrument, state: record.state) != nil
            : RecordedReopening.place(record.state) != nil
    }
}
