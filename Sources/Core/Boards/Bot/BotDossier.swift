/// One bot whole: the bot page and `plutarc bot`.

import Store

public struct BotDossier: Sendable, Equatable, Codable {
    public var now: Instant
    public var row: BotRow
    public var positions: [PositionRow]
    /// Resting or on their way, oldest first.
    public var openOrders: [Order]
    public var limits: RiskLimits
    /// Who set them; nil while the defaults are in force.
    public var limitsVersion: RiskLimitsVersion?
    /// The eight limits in the order of ``RiskLimitName``.
    public var headroom: [LimitHeadroom]
    /// Nil without a template.
    public var breakdown: TemplateBreakdown?
    /// Newest first.
    public var events: [Activity]
    /// Newest first.
    public var commands: [CommandRecord]
    /// One point an hour within ``TradeRecord/period``, oldest first.
    public var equity: [EquityPoint]
    /// The same time long.
    public var record: TradeRecord
    /// Deepest fall of the equity from its running peak, by every price that was seen in that
    /// time; a share of the peak.
    public var maxDrawdown: Rate?
    /// Rights that the reader lacks: what needs them is left out.
    public var withheld: [Permission] = []

    public func withholds(_ permission: Permission) -> Bool { withheld.contains(permission) }

    /// The events as rows of a feed, newest first.
    public var eventRows: [EventRow] {
        events.map { EventRow(activity: $0, botLabel: row.label) }
    }

    /// - Parameters:
    ///   - events: how many events and commands.
    /// - Returns: nil when there is no such bot.
    static func load(
        _ db: Reading, bot id: ID<Bot>, events: Int = 50, for rights: ReaderRights
    ) throws(StoreError) -> BotDossier? {
        let facts = try FleetFacts.load(db)
        guard let row = facts.botRows.first(where: { $0.id == id }) else { return nil }
        let positions = try facts.watchedRows(db, of: id)
        let version = try db.limits(of: id)
        let limits = version?.limits ?? RiskLimits()
        let since = facts.now - TradeRecord.period
        let (equity, extremes) = try db.unlessDamaged(([], [])) { () throws(StoreError) in
            (
                try db.equity(of: id, since: since, every: .hours(1)),
                try db.equity(of: id, since: since)
            )
        }
        let decisions = try decisions(db, of: row.bot)
        let whole = BotDossier(
            now: facts.now, row: row, positions: positions,
            openOrders: try db.openOrders().filter { $0.botID == id }, limits: limits,
            limitsVersion: version,
            headroom: try use(db, facts.now, row, positions).headroom(of: limits),
            breakdown: facts.template(of: row.bot).map {
                TemplateBreakdown(
                    $0, decisions: decisions, grid: { facts.grid(of: $0, row.key) },
                    held: positions.map(\.position), runsExits: row.runsExits)
            },
            events: try db.unlessDamaged([]) { () throws(StoreError) in
                try EventsBoard.load(db, bot: id, PageSpan(limit: events), for: rights)
                    .rows.map(\.activity)
            },
            commands: try db.commands(of: id, limit: events), equity: equity,
            record: try facts.records(db)[id]?[row.currency] ?? TradeRecord(),
            maxDrawdown: maxDrawdown(of: extremes))
        return whole.shown(to: rights)
    }

    /// The newest decisions of the template that the bot runs: what the one before it decided is
    /// none of its own.
    private static func decisions(
        _ db: Reading, of bot: Bot
    ) throws(StoreError) -> [LastDecision] {
        var own: [LastDecision] = []
        for last in try db.lastDecisions(of: bot.id) {
            let record = try db.unlessDamaged(nil) { () throws(StoreError) in
                try db.decision(of: bot.id, symbol: last.symbol, asOf: last.at)
            }
            guard let record, record.at == last.at else {
                own.append(last)
                continue
            }
            if record.series.isOf(bot) { own.append(last) }
        }
        return own
    }

    private func shown(to rights: ReaderRights) -> BotDossier {
        var board = self
        board.row = row.shown(to: rights)
        board.withheld = rights.withheld(
            .positionsView, .analyticsView, .riskView, .templatesView, .orgView)
        if board.withholds(.positionsView) { (board.positions, board.openOrders) = ([], []) }
        if board.withholds(.positionsView) || board.withholds(.analyticsView) {
            (board.equity, board.record, board.maxDrawdown) = ([], TradeRecord(), nil)
        }
        if board.withholds(.riskView) {
            (board.limits, board.limitsVersion, board.headroom) = (RiskLimits(), nil, [])
        }
        if board.withholds(.templatesView) { board.breakdown = nil }
        board.commands = board.withholds(.orgView) ? [] : commands.filter { rights.shows($0) }
        return board
    }

    private static func use(
        _ db: Reading, _ now: Instant, _ row: BotRow, _ positions: [PositionRow]
    ) throws(StoreError) -> LimitUse {
        let today = now.floored(to: .days(1))
        let trades = try db.unlessDamaged([]) { () throws(StoreError) in
            try db.trades(of: row.id, since: today, limit: 1000)
        }
        let slippage = trades.filter { $0.openedAt >= today }.map(\.slippageIn)
        let events = try db.unlessDamaged([]) { () throws(StoreError) in
            try db.activity(of: row.id, limit: 200)
        }
        let errors = events.count { entry in
            entry.kind == .error && entry.what == "api"
                && ErrorWindow.holds(entry.at, at: now)
        }
        return LimitUse(
            bot: row.bot, positions: positions, equity: row.equity, worstSlippage: slippage.max(),
            apiErrors: errors)
    }

    /// Deepest fall from a running peak; nil without points or a positive peak.
    /// **Source** <doc:ProductRules#Figures>.
    static func maxDrawdown(of points: [EquityPoint]) -> Rate? {
        guard let first = points.first, first.high.isPositive else { return nil }
        return DrawdownReport(account: points).deepest
    }
}
