/// All rows that a world is rebuilt from, read in one transaction.
import Store

struct SavedWorld {
    let workspace: Workspace
    let markets: [MarketRecord]
    let bots: [Bot]
    let keys: [APIKey]
    let limits: [RiskLimitsVersion]
    let positions: [Position]
    let orders: [Order]
    let accounts: [VenueAccount]
    let venuePositions: [VenuePosition]
    let knownIDs: [(key: ID<APIKey>, id: String)]
    let counters: Counters
    let instances: [Instance]
    let links: [BotLink]
    let rollout: RolloutWork?
    let billing: BillingAccount?
    /// What of the histories cannot be read.
    private(set) var damage: String?

    init(_ database: Database) throws(StoreError) {
        self = try database.read { db throws(StoreError) in try SavedWorld(reading: db) }
    }

    private init(reading db: Reading) throws(StoreError) {
        workspace = try db.existingWorkspace()
        markets = try db.markets()
        bots = try db.bots()
        keys = try db.keys()
        limits = try db.limits()
        positions = try db.positions()
        orders = try db.openOrders()
        accounts = try db.venueAccounts()
        venuePositions = try db.venuePositions()
        knownIDs = []
        instances = try db.instances()
        links = try db.links()
        if let newest = try db.newestRollout() {
            rollout = RolloutWork(rollout: newest, bots: try db.bots(of: newest))
        } else {
            rollout = nil
        }
        billing = try db.billingAccount()
        var damage: String?
        // Where fills cannot be read none can be written: any number will do.
        let fill = try db.sparing(Int64(1) << 40, &damage) { () throws(StoreError) in
            try db.nextFillID().number
        }
        counters = Counters(
            order: try db.nextOrderID().number, fill: fill,
            position: try db.nextPositionID().number)
        self.damage = damage
    }

    func settings(epoch: Int64, _ markets: [Market]) -> WorldSettings {
        WorldSettings(generation: workspace.generation, epoch: epoch)
    }

    /// Recorded markets have no bad weather: a replay of the same candles must agree.
    func weather(_ climate: VenueWeather.Climate, _ markets: [Market]) -> VenueWeather? {
        guard workspace.market == Market.modelSource else { return nil }
        let dice = Randomness(seed: UInt64(bitPattern: workspace.seed)).fork(named: "weather")
            .fork(named: String(workspace.clock.milliseconds))
        return VenueWeather(climate, dice: dice, start: workspace.clock)
    }

    /// - Parameter repairs: rows that cannot be true are replaced by what the books say.
    func restoreVenue(of world: World, repairs: Bool = true) {
        let venues = Dictionary(keys.map { ($0.id, $0.venue) }) { first, _ in first }
        let resting = orders.filter { $0.status == .open }.compactMap { order -> VenueOrder? in
            let id = InstrumentID(order.symbol, on: venues[order.keyID] ?? .simulated)
            let limits = limits.last { $0.botID == order.botID }?.limits ?? RiskLimits()
            return world.symbol(id).map { symbol in
                VenueOrder(
                    order, symbol: symbol,
                    maxSlippage: order.purpose == .entry ? limits.maxSlippage : nil)
            }
        }
        let repair = VenueRepair(
            accounts, venuePositions, books: VenueRepair.books(positions, of: bots)
        ) { row in
            guard repairs else { return nil }
            let id = InstrumentID(row.symbol, on: venues[row.keyID] ?? .simulated)
            return world.symbol(id).map { world.markets[$0].instrument }
        }
        world.trading.restoreVenue(
            accounts: repairs ? repair.accounts : accounts, positions: repair.positions,
            orders: resting, venues: venues, nextFill: counters.fill,
            repairs: repair.words)
    }
}
