/// What can be seen from outside after a commit: rows of the home, and what the exchange holds.
import Store

/// A fill with the order behind it.
struct SeenFill {
    var fill: Fill
    var order: Order
}

/// One bot after a commit.
struct SeenBot {
    var record: Bot
    var limits: RiskLimits
    /// Its own book, from the world and from the database.
    var held: [Position]
    var stored: [Position]
    /// Net quantities at the exchange, by symbol; flat symbols are absent.
    var exchange: [String: Quantity]
    var account: VenueAccount
    var storedAccount: VenueAccount
    var equity: Money
    var marks: [String: Price]
    var apiErrors: Int
    /// A process runs that looks at exits.
    var runsExits = true
    /// It has seen a price since the market went on without it.
    var hasLooked = true
    /// Nothing that the exchange told is still on its way.
    var isReconciled = true
    /// Positions that a thin book left open in part: the next close follows in a moment.
    var closesAgain: Set<ID<Position>> = []
}

/// The life of one bot after a commit, armed or not.
struct SeenLife {
    var record: Bot
    var instance: Instance
    var link: BotLink
    var sessions: [SessionWindow] = []
    var holds = 0
    /// Positions whose price level is reached, or that are said to be closing, and that nothing
    /// closes, though exits run.
    var unexited: [(id: ID<Position>, quantity: Quantity)] = []
}

/// What the books of compute say.
struct SeenLedger {
    var balance: Money
    var sum: Money
    /// Seconds of usage on the ledger, by bot.
    var seconds: [ID<Bot>: Int64] = [:]
}

/// Everything since the last picture, and everything as it stands.
struct Picture {
    var at: Instant
    var activities: [Activity] = []
    var fills: [SeenFill] = []
    /// In the order of their closing.
    var trades: [Trade] = []
    /// Limits that were set, by bot and version.
    var limits: [ID<Bot>: [Int: RiskLimits]] = [:]
    var bots: [SeenBot] = []
    var lives: [SeenLife] = []
    /// Orders that are new, oldest first.
    var orders: [Order] = []
    var trail = LifeTrail()
    /// Terms of what is traded, by symbol: a simulated fleet trades on one exchange.
    var contracts: [String: Contract] = [:]
    var ledger: SeenLedger?
    /// Accounts at the exchange that hold something, and which no bot has.
    var orphans: [ID<APIKey>] = []
    /// Commands that ended at this commit.
    var ended: [CommandRecord] = []
    /// The whole history, when it was looked at.
    var commands: [CommandRecord]?
    var audit: AuditReport?
    /// Audit rows of what was refused when it was asked for: runs of them are folded.
    var refusals = 0
    var journalIsEmpty = true
    /// The balance less what has been used; nil when nobody pays.
    var available: Money?
    /// When the market last went on without the bots.
    var caughtUpAt = Instant(milliseconds: 0)
    /// As it was committed last: a turn in which nothing happened commits nothing.
    var clock: Instant?
}

/// Takes pictures one after another.
struct Camera {
    private var activity = ID<Activity>(0)
    private var fill = ID<Fill>(0)
    private var trade = ID<Trade>(0)
    private var order: Int64 = 0

    mutating func shoot(
        _ fleet: SimulatedFleet, ended: [CommandRecord] = [], withHistory: Bool = false
    ) throws -> Picture {
        var picture = Picture(at: fleet.world.now)
        picture.ended = ended
        picture.journalIsEmpty = fleet.world.journal.isEmpty
        picture.trail = fleet.takeTrail()
        picture.available = fleet.world.fleet.available
        picture.caughtUpAt = fleet.caughtUpAt
        picture.lives = fleet.world.bots.map { Self.life($0, fleet) }
        picture.orphans = Self.orphans(fleet.world)
        for market in fleet.world.markets {
            picture.contracts[market.instrument.symbol] = market.contract
        }
        let newOrders = Int(fleet.world.trading.counters.order - 1 - order)
        let (lastActivity, lastFill, lastTrade) = (activity, fill, trade)
        try fleet.database.read { db throws(StoreError) in
            picture.clock = try db.existingWorkspace().clock
            picture.activities = try db.activity(after: lastActivity, limit: .max)
            let news = picture.activities.count { $0.kind == .order && $0.what == "filled" }
            picture.fills = try Self.fills(after: lastFill, atMost: news, db)
            if !picture.fills.isEmpty {
                picture.trades = try db.trades(limit: news).filter { $0.id > lastTrade }
                    .sorted { $0.id < $1.id }
            }
            if newOrders > 0 { picture.orders = try db.orders(limit: newOrders).reversed() }
            picture.limits = try Self.limits(in: picture.activities, db)
            picture.bots = try Self.bots(fleet, db)
            guard withHistory else { return }
            picture.ledger = SeenLedger(
                balance: try db.billingAccount()?.balance ?? .zero, sum: try db.ledgerSum(),
                seconds: try db.usage(since: Instant(milliseconds: 0)).mapValues(\.seconds))
            picture.commands = try db.commands(limit: .max)
            let rows = try db.audit(after: ID(0), limit: .max)
            picture.audit = AuditVerifier.verify(rows)
            picture.refusals = rows.count {
                ($0.outcome == "refused" || $0.outcome == CommandRecord.unchanged)
                    && !$0.session.isEmpty
            }
        }
        activity = picture.activities.last?.id ?? activity
        fill = picture.fills.last?.fill.id ?? fill
        trade = picture.trades.last?.id ?? trade
        order = fleet.world.trading.counters.order - 1
        return picture
    }

    private static func life(_ bot: BotMachine, _ fleet: SimulatedFleet) -> SeenLife {
        var life = SeenLife(
            record: bot.record, instance: bot.instance, link: bot.link, sessions: bot.sessions,
            holds: bot.held.count)
        guard bot.runsExitRules, fleet.hasLookedSince else { return life }
        for held in bot.held {
            let isClosing = held.position.exitReason != nil
            if isClosing {
                let isSent = bot.orders.contains { $0.positionID == held.position.id }
                if !isSent { life.unexited.append((held.position.id, held.position.quantity)) }
                continue
            }
            guard let price = fleet.world.markets[held.symbol].lastPrice,
                held.levels.hit(by: price, held.position.side) != nil
            else { continue }
            life.unexited.append((held.position.id, held.position.quantity))
        }
        return life
    }

    private static func orphans(_ world: World) -> [ID<APIKey>] {
        let kept = Set(world.bots.compactMap(\.record.keyID))
        return world.trading.venue.paper.allAccounts.map(\.keyID).filter {
            !kept.contains($0) && !world.trading.venue.paper.positions($0).isEmpty
        }
    }

    private static func fills(
        after last: ID<Fill>, atMost count: Int, _ db: Reading
    ) throws(StoreError) -> [SeenFill] {
        guard count > 0 else { return [] }
        var seen: [SeenFill] = []
        for fill in try db.fills(limit: count + 1).reversed() where fill.id > last {
            guard let order = try db.order(fill.orderID) else { continue }
            seen.append(SeenFill(fill: fill, order: order))
        }
        return seen
    }

    private static func limits(
        in activities: [Activity], _ db: Reading
    ) throws(StoreError) -> [ID<Bot>: [Int: RiskLimits]] {
        var limits: [ID<Bot>: [Int: RiskLimits]] = [:]
        for entry in activities where entry.kind == .config && entry.what == "limits" {
            guard let bot = entry.botID, limits[bot] == nil else { continue }
            for row in try db.limitsHistory(of: bot) {
                limits[bot, default: [:]][row.version] = row.limits
            }
        }
        return limits
    }

    private static func bots(
        _ fleet: SimulatedFleet, _ db: Reading
    ) throws(StoreError) -> [SeenBot] {
        let world = fleet.world
        let stored = try db.positions()
        let accounts = try db.venueAccounts()
        var marks: [String: Price] = [:]
        for market in world.markets { marks[market.instrument.symbol] = market.lastPrice }
        return world.bots.compactMap { bot -> SeenBot? in
            guard let key = bot.record.keyID, let account = world.trading.venue.paper.account(key),
                let storedAccount = accounts.first(where: { $0.keyID == key })
            else { return nil }
            var exchange: [String: Quantity] = [:]
            for net in world.trading.venue.paper.positions(key) {
                exchange[net.symbol] = net.quantity * net.side.sign
            }
            return SeenBot(
                record: bot.record, limits: bot.limits, held: bot.positions,
                stored: stored.filter { $0.botID == bot.id }, exchange: exchange,
                account: account, storedAccount: storedAccount, equity: world.trading.equity(bot),
                marks: marks, apiErrors: bot.apiErrors.count(at: world.now),
                runsExits: bot.runsExitRules, hasLooked: fleet.hasLookedSince,
                isReconciled: world.trading.venue.line?.unheard[key] == nil,
                closesAgain: closesAgain(bot, world))
        }
    }

    private static func closesAgain(_ bot: BotMachine, _ world: World) -> Set<ID<Position>> {
        let ids = bot.held.map(\.position.id).filter { id in
            world.timeline.awaits { event in
                if case .trading(.closeAgain(_, id, _, _)) = event { true } else { false }
            }
        }
        return Set(ids)
    }
}
