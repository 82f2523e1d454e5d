/// What can be read: one function a board, each through the door of ``BoardReader``.

import Store

extension BoardReader {
    /// World time of the last commit.
    public func clock() throws(BoardError) -> Instant {
        try read(.clock) { db, _ throws(StoreError) in try db.clock() }
    }

    /// When the home was written last, by the wall: its clock and its market tell how old it is.
    public func age(at wall: Instant) throws(BoardError) -> Span? {
        try read(.clock) { db, _ throws(StoreError) in
            guard let workspace = try db.workspace() else { return nil }
            return workspace.age(of: workspace.clock, at: wall, countsWorld: false)
        }
    }

    public func fleet() throws(BoardError) -> FleetBoard {
        try read(.fleet) { db, rights throws(StoreError) in try FleetBoard.load(db, for: rights) }
    }

    public func status(_ engine: EngineStatus) throws(BoardError) -> StatusBoard {
        try read(.status) { db, rights throws(StoreError) in
            try StatusBoard.load(db, engine: engine, for: rights)
        }
    }

    /// Nil when there is no such bot.
    public func dossier(
        of bot: ID<Bot>, events: Int = 50
    ) throws(BoardError) -> BotDossier? {
        try read(.bot) { db, rights throws(StoreError) in
            try BotDossier.load(db, bot: bot, events: events, for: rights)
        }
    }

    /// A bot with its limits and what is used of them; nil when there is no such bot.
    public func risk(of bot: ID<Bot>) throws(BoardError) -> BotDossier? {
        try read(.risk) { db, rights throws(StoreError) in
            try BotDossier.load(db, bot: bot, events: 0, for: rights)
        }
    }

    /// Every instance that a bot has had, newest first.
    public func deployments(of bot: ID<Bot>) throws(BoardError) -> [Deployment] {
        try read(.deployments) { db, _ throws(StoreError) in try db.deployments(of: bot) }
    }

    public func findBot(_ name: String) throws(BoardError) -> Lookup<Bot> {
        try read(.fleet) { db, rights throws(StoreError) in
            try db.findBot(name).map { $0.shown(to: rights) }
        }
    }

    /// Whether the workspace has any bot at all.
    public func hasBots() throws(BoardError) -> Bool {
        try read(.fleet) { db, _ throws(StoreError) in try db.nextBotID() != ID(1) }
    }

    // MARK: Trading

    public func positions(of bot: ID<Bot>? = nil) throws(BoardError) -> PositionsBoard {
        try read(.positions) { db, _ throws(StoreError) in
            try PositionsBoard.load(db, bot: bot)
        }
    }

    public func orders(
        of bot: ID<Bot>? = nil, before: ID<Order>? = nil, since: Instant? = nil, limit: Int = 100
    ) throws(BoardError) -> OrdersBoard {
        let span = PageSpan(before: before, since: since, limit: limit)
        return try read(.orders) { db, _ throws(StoreError) in
            try OrdersBoard.load(db, bot: bot, span)
        }
    }

    public func trades(
        of bot: ID<Bot>? = nil, before: ID<Trade>? = nil, since: Instant? = nil, limit: Int = 100
    ) throws(BoardError) -> TradesBoard {
        let span = PageSpan(before: before, since: since, limit: limit)
        return try read(.trades) { db, _ throws(StoreError) in
            try TradesBoard.load(db, bot: bot, span)
        }
    }

    /// Curve, figures and groups of one bot or of the fleet.
    public func analytics(
        of bot: ID<Bot>? = nil, since: Instant? = nil
    ) throws(BoardError) -> AnalyticsBoard {
        try read(.analytics) { db, _ throws(StoreError) in
            try AnalyticsBoard.load(db, bot: bot, since: since)
        }
    }

    // MARK: Strategy

    /// Why a bot decided as it did at the newest candle that is not after an instant; nil when
    /// no record of it is kept.
    public func why(
        _ bot: ID<Bot>, symbol: String? = nil, asOf instant: Instant? = nil
    ) throws(BoardError) -> WhyBoard? {
        try read(.why) { db, _ throws(StoreError) in
            try WhyBoard.load(db, bot: bot, symbol: symbol, asOf: instant)
        }
    }

    public func templates() throws(BoardError) -> TemplatesBoard {
        try read(.templates) { db, _ throws(StoreError) in try TemplatesBoard.load(db) }
    }

    public func deployment() throws(BoardError) -> DeployBoard {
        let catalog = catalog()
        return try read(.deployment) { db, _ throws(StoreError) in
            try DeployBoard.load(db, catalog: catalog)
        }
    }

    // MARK: Records

    public func events(
        of bot: ID<Bot>? = nil, before: ID<Activity>? = nil, since: Instant? = nil,
        limit: Int = 100
    ) throws(BoardError) -> EventsBoard {
        let span = PageSpan(before: before, since: since, limit: limit)
        return try read(.events) { db, rights throws(StoreError) in
            try EventsBoard.load(db, bot: bot, span, for: rights)
        }
    }

    /// The newest entries beside something else on a screen, which goes on without them: where
    /// they cannot be read one entry says so.
    public func feed(of bot: ID<Bot>?, limit: Int) throws(BoardError) -> EventsBoard {
        do throws(BoardError) { return try events(of: bot, limit: limit) } catch {
            guard case .store(.damaged) = error else { throw error }
            let now = try fleet().now
            let entry = Activity(
                at: now, kind: .error, what: "unreadable",
                detail: "events cannot be read: the database is damaged; see plutarc check",
                actor: "plutarc", severity: .critical)
            return EventsBoard(now: now, rows: [EventRow(activity: entry)])
        }
    }

    /// What was added after an entry, for those who follow the feed.
    public func events(
        after: ID<Activity>, of bot: ID<Bot>? = nil
    ) throws(BoardError) -> EventsBoard {
        try read(.events) { db, rights throws(StoreError) in
            try EventsBoard.load(db, after: after, bot: bot, for: rights)
        }
    }

    /// The newest entry of the feed; 0 when there is none.
    public func lastEventID() throws(BoardError) -> ID<Activity> {
        try read(.events) { db, _ throws(StoreError) in try db.lastActivityID() }
    }

    public func commands(
        of bot: ID<Bot>? = nil, before: ID<CommandRecord>? = nil, limit: Int = 100
    ) throws(BoardError) -> CommandsBoard {
        let span = PageSpan(before: before, limit: limit)
        return try read(.commands) { db, rights throws(StoreError) in
            try CommandsBoard.load(db, bot: bot, span, for: rights)
        }
    }

    /// What a command waits for; nil once it has ended, when there is no such command, or for
    /// somebody else's where the reader may not see the history.
    public func progress(
        of command: ID<CommandRecord>
    ) throws(BoardError) -> CommandProgress? {
        try read(.progress) { db, rights throws(StoreError) in
            guard let row = try db.command(command) else { return nil }
            guard rights.shows(.orgView) || row.actorUID == rights.person.uid else { return nil }
            return try CommandProgress.load(db, row)
        }
    }

    public func alerts() throws(BoardError) -> AlertsBoard {
        try read(.alerts) { db, rights throws(StoreError) in
            try AlertsBoard.load(db, for: rights)
        }
    }
}

extension BoardReader {
    // MARK: Support

    public func tickets(
        status: TicketStatus? = nil, mine: Bool = false, before: ID<Ticket>? = nil,
        limit: Int = .max
    ) throws(BoardError) -> SupportBoard {
        let span = PageSpan(before: before, limit: limit)
        return try read(.tickets) { db, rights throws(StoreError) in
            var board = try SupportBoard.load(
                db, status: status, mine: mine ? rights.person.name : nil, span)
            board.supportNames = try supportNames(db)
            return board
        }
    }

    /// A ticket with its thread; internal notes only for those who act for support.
    public func thread(of ticket: ID<Ticket>) throws(BoardError) -> TicketThread? {
        try read(.thread) { db, rights throws(StoreError) in
            try TicketThread.load(db, ticket: ticket, showsNotes: rights.showsNotes)
        }
    }

    public func findTicket(_ name: String) throws(BoardError) -> Lookup<Ticket> {
        try read(.tickets) { db, _ throws(StoreError) in try db.findTicket(name) }
    }

    // MARK: Workspace

    public func audit(
        before: ID<AuditEntry>? = nil, since: Instant? = nil, limit: Int = 100
    ) throws(BoardError) -> AuditBoard {
        let span = PageSpan(before: before, since: since, limit: limit)
        return try read(.audit) { db, _ throws(StoreError) in try AuditBoard.load(db, span) }
    }

    public func verifyAudit() throws(BoardError) -> AuditReport {
        try read(.auditReport) { db, _ throws(StoreError) in try AuditWalk.verify(db) }
    }

    /// - Throws: the refusal where the reader may not take the audit along.
    public func checkAuditExport() throws(BoardError) {
        _ = try read(.auditExport) { _, _ in true }
    }

    /// Hands every row to `body`, oldest first, until it returns false.
    public func eachAuditEntry(_ body: (AuditEntry) -> Bool) throws(BoardError) {
        var last = ID<AuditEntry>(0)
        while true {
            let after = last
            let page = try read(.auditExport) { db, _ throws(StoreError) in
                try db.audit(after: after, limit: 1000)
            }
            for entry in page where !body(entry) { return }
            guard let end = page.last else { return }
            last = end.id
        }
    }

    /// - Parameter since: ledger rows from this instant on.
    public func billing(
        catalog: ComputeCatalog, since: Instant, limit: Int = 100
    ) throws(BoardError) -> BillingBoard {
        try read(.billing) { db, _ throws(StoreError) in
            try BillingBoard.load(db, catalog: catalog, since: since, limit: limit)
        }
    }

    /// One reading SQL statement that a person typed.
    public func rows(sql: String, limit: Int = 10_000) throws(BoardError) -> QueryRows {
        try read(.sql) { db, _ throws(StoreError) in try db.rows(sql: sql, limit: limit) }
    }
}

extension Lookup {
    /// The one match.
    /// - Parameter words: how a candidate is shown.
    /// - Throws: ``Refusal/noSuch(_:_:)`` or ``Refusal/ambiguous(_:_:candidates:)``.
    public func required(
        _ noun: Refusal.Noun, _ name: String, _ words: (Match) -> String
    ) throws(Refusal) -> Match {
        switch self {
        case .none: throw .noSuch(noun, name)
        case .one(let match): return match
        case .several(let matches):
            throw .ambiguous(noun, name, candidates: matches.map(words))
        }
    }
}
