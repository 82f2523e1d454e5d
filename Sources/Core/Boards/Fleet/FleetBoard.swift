/// The whole fleet at one moment: a row a bot, bots by state, figures by environment.

import Store

public struct FleetBoard: Sendable, Equatable, Codable {
    public struct StateCount: Sendable, Equatable, Codable {
        public var state: BotState
        public var count: Int
    }

    /// World time at which it was read.
    public var now: Instant
    public var workspace: Workspace?
    /// Trouble first, then by label: <doc:ConsoleRules#Trouble-first>.
    public var rows: [BotRow]
    /// All nine states, in the order of the enumeration.
    public var counts: [StateCount]
    /// One an environment and currency that has bots, live first.
    public var figures: [FleetFigures]
    /// Alerts that nobody has acknowledged, newest first.
    public var alerts: [Notice]
    /// Tickets that wait for an answer of the reader's side.
    public var waitingTickets = 0
    /// A close of whole bots that is under way; nil when there is none.
    public var halt: HaltProgress?
    /// The update in cohorts that is under way, else the newest of the last day.
    public var rollout: RolloutProgress?

    /// How grave the balance is: ``BillingBoard/alarm``; nil for a reader who may not see the bill.
    public var billingAlarm: Int?

    /// Rights without which figures and alerts are left out.
    public var withheld: [Permission] = []

    init(
        now: Instant, workspace: Workspace?, rows: [BotRow], figures: [FleetFigures],
        alerts: [Notice], halt: HaltProgress? = nil, rollout: RolloutProgress? = nil
    ) {
        self.halt = halt
        self.rollout = rollout
        self.now = now
        self.workspace = workspace
        self.rows = rows.map { ($0.troubleRank(now: now), $0) }
            .sorted { ($0.0, $0.1.label) < ($1.0, $1.1.label) }.map(\.1)
        self.counts = BotState.allCases.map { state in
            StateCount(state: state, count: rows.count { $0.state == state })
        }
        self.figures = figures
        self.alerts = alerts
    }

    public func count(of state: BotState) -> Int {
        counts.first { $0.state == state }?.count ?? 0
    }

    /// False for a reader who may not see the workspace's alerts.
    public var showsAlerts: Bool { !withheld.contains(.orgView) }

    /// The alerts that are alarms.
    public var alarms: [Notice] { alerts.filter(\.isAlarm) }

    /// The environment with most at stake that has bots; sums never mix them.
    public var stake: TradingEnvironment? {
        if withheld.isEmpty { return figures.first?.environment }
        return EnvironmentOrder.all.first { environment in
            rows.contains { $0.environment == environment }
        }
    }

    /// `<6h`, `<15m`, `used up`; nil while the balance lasts for a day.
    public var runwayWords: String? {
        switch billingAlarm ?? 0 {
        case ...0: return nil
        case 5: return "used up"
        case let alarm:
            let levels = Billing.alarmLevels
            let minutes = levels[min(alarm, levels.count) - 1].milliseconds / 60_000
            return minutes % 60 == 0 ? "<\(minutes / 60)h" : "<\(minutes)m"
        }
    }

    static func load(
        _ db: Reading, for rights: ReaderRights
    ) throws(StoreError) -> FleetBoard {
        let facts = try FleetFacts.load(db)
        let records = try facts.records(db)
        var board = FleetBoard(
            now: facts.now, workspace: facts.workspace,
            rows: facts.botRows.map { $0.shown(to: rights) }, figures: [],
            alerts: facts.named(try db.openNotices().filter(rights.shows)),
            halt: try HaltProgress.load(db, facts, for: rights),
            rollout: try RolloutProgress.load(db, facts))
        board.withheld = rights.withheld(.positionsView, .analyticsView, .orgView)
        if board.withheld.isEmpty { board.figures = facts.figures(records) }
        if rights.showsTickets {
            board.waitingTickets = try db.ticketCount(
                rights.person.actsForSupport ? [.open, .inProgress] : [.waitingOnUser])
        }
        if rights.shows(.billingView) {
            board.billingAlarm = try db.billingAccount()?.alarm ?? 0
        }
        return board
    }
}

extension FleetFacts {
    /// Alerts under the labels that their bots have now.
    fileprivate func named(_ alerts: [Notice]) -> [Notice] {
        guard alerts.contains(where: World.namesItsBot) else { return alerts }
        let labels = Dictionary(bots.map { ($0.id, $0.label) }) { first, _ in first }
        return alerts.map { alert in alert.naming(alert.botID.flatMap { labels[$0] }) }
    }

    /// Won and lost trades of each bot within ``TradeRecord/period``.
    func records(_ db: Reading) throws(StoreError) -> [ID<Bot>: [Currency: TradeRecord]] {
        var records: [ID<Bot>: [Currency: TradeRecord]] = [:]
        let sums = try db.unlessDamaged([]) { () throws(StoreError) in
            try db.tradeTotals(since: now - TradeRecord.period)
        }
        for totals in sums {
            records[totals.botID, default: [:]][totals.currency] = TradeRecord(
                trades: totals.count, wins: totals.wins, grossProfit: totals.profit,
                grossLoss: totals.loss)
        }
        return records
    }

    func figures(_ records: [ID<Bot>: [Currency: TradeRecord]]) -> [FleetFigures] {
        let positions = positionRows
        return EnvironmentOrder.all.flatMap { environment -> [FleetFigures] in
            let own = botRows.filter { $0.environment == environment }
            guard !own.isEmpty else { return [] }
            let held = positions.filter { $0.environment == environment }
            let earned = own.flatMap { (records[$0.id] ?? [:]).keys }
            let currencies = Set(own.map(\.currency) + held.map(\.currency) + earned)
            return currencies.sorted().map { currency in
                var figures = FleetFigures(environment: environment, currency: currency)
                for row in own { figures.add(row, records[row.id]?[currency] ?? TradeRecord()) }
                for row in held where row.currency == currency { figures.add(row) }
                return figures
            }
        }.named()
    }
}
