/// What trading has brought: curve, figures, where and when, how well it was executed.

import Store

/// Of one environment and currency: neither are ever summed together.
public struct AnalyticsSection: Sendable, Equatable, Codable {
    public var environment: TradingEnvironment
    public var currency: Currency
    public var bots: Int
    public var curve: EquityCurve
    public var performance: Performance
    /// Mean over the bots of the share of time in a position; nil for an empty period.
    public var exposure: Rate?
    public var heatmap: TradeHeatmap
    public var symbols: [TradeGroup]
    public var exitReasons: [TradeGroup]
    public var signals: [SignalGroup]
    public var execution: ExecutionQuality

    /// `LIVE`; where its currency is not the usual one, `LIVE BTC`.
    public var title: String {
        currency == .usdt ? environment.badge : "\(environment.badge) \(currency)"
    }
}

/// **Source** <doc:ProductRules#Figures>; <doc:CommandLine#Analytics>.
public struct AnalyticsBoard: Sendable, Equatable, Codable {
    /// World time of the last commit: the end of the period.
    public var now: Instant
    public var since: Instant
    /// Nil for the fleet.
    public var botLabel: String?
    /// Live first, then by currency; only environments with a bot in them.
    public var sections: [AnalyticsSection]

    /// - Parameters:
    ///   - bot: one bot; nil: all that have a key.
    ///   - since: trades closed at or after it; nil: within ``TradeRecord/period``.
    static func load(
        _ db: Reading, bot: ID<Bot>? = nil, since: Instant? = nil
    ) throws(StoreError) -> AnalyticsBoard {
        let names = try BotNames.load(db)
        let start = since ?? names.now - TradeRecord.period
        var board = AnalyticsBoard(
            now: names.now, since: start, botLabel: bot.map { names.label(of: $0) }, sections: [])
        let trades = try db.trades(of: bot, since: start)
        let orders = try orders(db, of: bot, since: start)
        let positions = try db.positions(of: bot)
        let settled = try currencies(db, names)
        for environment in EnvironmentOrder.all {
            let bots = names.bots.values.filter {
                names.key(of: $0.id)?.environment == environment && (bot ?? $0.id) == $0.id
            }.sorted { $0.id < $1.id }
            guard !bots.isEmpty else { continue }
            let own = Set(bots.map(\.id))
            let earned = trades.filter { own.contains($0.botID) }
            for currency in Set(bots.map { settled[$0.id] ?? .usdt } + earned.map(\.currency))
                .sorted()
            {
                // Whoever settles in it now, or has earned in it before.
                let paid = Set(earned.filter { $0.currency == currency }.map(\.botID))
                let bots = bots.filter {
                    (settled[$0.id] ?? .usdt) == currency || paid.contains($0.id)
                }
                let own = Set(bots.map(\.id))
                let facts = SectionFacts(
                    currency: currency, bots: bots,
                    trades: earned.filter { $0.currency == currency }.reversed(),
                    orders: orders.filter { own.contains($0.botID) },
                    positions: positions.filter { own.contains($0.botID) })
                board.sections.append(try board.section(db, environment, facts))
            }
        }
        return board
    }

    /// What the accounts of bots are counted in; the usual where an account is not known.
    private static func currencies(
        _ db: Reading, _ names: BotNames
    ) throws(StoreError) -> [ID<Bot>: Currency] {
        let accounts = try db.unlessDamaged([VenueAccount]()) { () throws(StoreError) in
            try db.venueAccounts()
        }
        var currencies: [ID<Bot>: Currency] = [:]
        for bot in names.bots.values {
            currencies[bot.id] = accounts.first { $0.keyID == bot.keyID }?.currency
        }
        return currencies
    }

    private struct SectionFacts {
        var currency: Currency
        var bots: [Bot]
        /// Oldest first.
        var trades: [Trade]
        var orders: [Order]
        var positions: [Position]
    }

    private func section(
        _ db: Reading, _ environment: TradingEnvironment, _ facts: SectionFacts
    ) throws(StoreError) -> AnalyticsSection {
        return AnalyticsSection(
            environment: environment, currency: facts.currency, bots: facts.bots.count,
            curve: try curve(db, facts), performance: Performance(facts.trades),
            exposure: Exposure.mean(
                of: facts.bots, facts.trades, facts.positions, from: since, to: now),
            heatmap: TradeHeatmap(facts.trades), symbols: TradeGroup.bySymbol(facts.trades),
            exitReasons: TradeGroup.byExitReason(facts.trades),
            signals: SignalGroup.by(facts.trades),
            execution: ExecutionQuality(facts.trades, orders: facts.orders))
    }

    /// What lies between the points of several accounts did not happen at one time: only that of
    /// one account is known.
    private func curve(_ db: Reading, _ facts: SectionFacts) throws(StoreError) -> EquityCurve {
        func points(_ bot: Bot, every step: Span?) throws(StoreError) -> [EquityPoint] {
            try db.equity(of: bot.id, since: since, every: step)
                .filter { $0.currency == facts.currency }
        }
        if facts.bots.count == 1, let bot = facts.bots.first {
            return EquityCurve(account: try points(bot, every: nil), every: step)
        }
        var series: [[EquityPoint]] = []
        for bot in facts.bots { series.append(try points(bot, every: step)) }
        return EquityCurve(sum: series, every: step)
    }

    /// At most some seven hundred points, none nearer than the snapshots of equity are.
    private var step: Span {
        let spacing = WorldSettings.snapshotSpacing
        return spacing * max(1, (now - since).milliseconds / spacing.milliseconds / 700)
    }

    /// Page by page from the newest, since orders are kept for ever.
    private static func orders(
        _ db: Reading, of bot: ID<Bot>?, since: Instant
    ) throws(StoreError) -> [Order] {
        var orders: [Order] = []
        while true {
            let page = try db.orders(of: bot, before: orders.last?.id, limit: 1000)
            orders += page
            guard page.count == 1000, let last = page.last, last.createdAt >= since else {
                return orders.filter { $0.createdAt >= since }
            }
        }
    }
}
