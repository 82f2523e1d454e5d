/// A home's database opened for reading: hands out boards, never the database itself.

import Store

/// Each call reads one consistent snapshot; works with and without an engine.
public final class BoardReader {
    private(set) var database: Database
    /// Of the file; nil over a database that was open already.
    private let path: String?
    /// Unix account that owns the home; Owner where no member row names it.
    private let owner: (uid: Int64, name: String)
    /// The folder of the home; nil over a database that has none.
    private let folder: String?

    /// - Parameters:
    ///   - path: the database file of a home.
    ///   - owner: the Unix account to whom the home belongs.
    /// - Throws: ``StoreError`` with its remedy.
    public init(path: String, owner: (uid: Int64, name: String)) throws(StoreError) {
        self.database = try Database(reading: path)
        self.path = path
        self.owner = owner
        folder = path.lastIndex(of: "/").map { String(path[..<$0]) }
    }

    /// Over a database that is open already: for tests, and for screens in one process.
    public init(over database: Database, owner: (uid: Int64, name: String)) {
        self.database = database
        self.owner = owner
        path = nil
        folder = nil
    }

    /// Opens the file anew: with the handle every lock on it goes. The engine asks for that where a
    /// reader keeps the log from beginning anew.
    public func letGo() {
        if let path, let fresh = try? Database(reading: path) { database = fresh }
    }

    /// Where bots can run, and the rates: the home's file, else what the program brings along. A
    /// file that cannot be read counts as none here; the engine and `plutarc regions` say so.
    public func catalog() -> ComputeCatalog {
        folder.flatMap { try? ComputeCatalog.read(home: $0) } ?? .standard
    }

    /// Changes when another process has committed.
    public func version() throws(StoreError) -> Int64 { try database.dataVersion() }

    /// World time of the last commit.
    public func clock() throws(StoreError) -> Instant {
        try database.read { db throws(StoreError) in try db.clock() }
    }

    public func fleet() throws(StoreError) -> FleetBoard {
        try database.read { db throws(StoreError) in try FleetBoard.load(db) }
    }

    public func status(_ engine: EngineStatus) throws(StoreError) -> StatusBoard {
        try database.read { db throws(StoreError) in try StatusBoard.load(db, engine: engine) }
    }

    /// Nil when there is no such bot.
    public func dossier(
        of bot: ID<Bot>, events: Int = 50
    ) throws(StoreError) -> BotDossier? {
        try database.read { db throws(StoreError) in
            try BotDossier.load(db, bot: bot, events: events)
        }
    }

    public func positions(of bot: ID<Bot>? = nil) throws(StoreError) -> PositionsBoard {
        try database.read { db throws(StoreError) in try PositionsBoard.load(db, bot: bot) }
    }

    public func orders(
        of bot: ID<Bot>? = nil, since: Instant? = nil, limit: Int = 100
    ) throws(StoreError) -> OrdersBoard {
        try database.read { db throws(StoreError) in
            try OrdersBoard.load(db, bot: bot, since: since, limit: limit)
        }
    }

    public func trades(
        of bot: ID<Bot>? = nil, since: Instant? = nil, limit: Int = 100
    ) throws(StoreError) -> TradesBoard {
        try database.read { db throws(StoreError) in
            try TradesBoard.load(db, bot: bot, since: since, limit: limit)
        }
    }

    public func events(
        of bot: ID<Bot>? = nil, before: ID<Activity>? = nil, since: Instant? = nil,
        limit: Int = 100
    ) throws(StoreError) -> EventsBoard {
        try database.read { db throws(StoreError) in
            try EventsBoard.load(db, bot: bot, before: before, since: since, limit: limit)
        }
    }

    /// What was added after an entry, for those who follow the feed.
    public func events(
        after: ID<Activity>, of bot: ID<Bot>? = nil
    ) throws(StoreError) -> EventsBoard {
        try database.read { db throws(StoreError) in
            try EventsBoard.load(db, after: after, bot: bot)
        }
    }

    /// The newest entry of the feed; 0 when there is none.
    public func lastEventID() throws(StoreError) -> ID<Activity> {
        try database.read { db throws(StoreError) in try db.lastActivityID() }
    }

    public func commands(
        of bot: ID<Bot>? = nil, limit: Int = 100
    ) throws(StoreError) -> CommandsBoard {
        try database.read { db throws(StoreError) in
            try CommandsBoard.load(db, bot: bot, limit: limit)
        }
    }

    public func alerts() throws(StoreError) -> AlertsBoard {
        try database.read { db throws(StoreError) in try AlertsBoard.load(db) }
    }

    public func templates() throws(StoreError) -> TemplatesBoard {
        try database.read { db throws(StoreError) in try TemplatesBoard.load(db) }
    }
}

extension BoardReader {
    public func tickets(
        status: TicketStatus? = nil, mine: String? = nil
    ) throws(StoreError) -> SupportBoard {
        try database.read { db throws(StoreError) in
            var board = try SupportBoard.load(db, status: status, mine: mine)
            board.supportNames =
                Operators(members: try db.members(), owner: owner).supportNames
            return board
        }
    }

    /// A ticket with its thread; internal notes only for those whom ``Gate`` lets read them.
    public func thread(
        of ticket: ID<Ticket>, for person: Operator
    ) throws(StoreError) -> TicketThread? {
        try database.read { db throws(StoreError) in
            try TicketThread.load(db, ticket: ticket, showsNotes: Gate.mayReadNotes(person))
        }
    }

    public func audit(
        before: ID<AuditEntry>? = nil, since: Instant? = nil, limit: Int = 100
    ) throws(StoreError) -> AuditBoard {
        try database.read { db throws(StoreError) in
            try AuditBoard.load(db, before: before, since: since, limit: limit)
        }
    }

    public func verifyAudit() throws(StoreError) -> AuditReport {
        try database.read { db throws(StoreError) in try AuditBoard.verify(db) }
    }

    /// Hands every row to `body`, oldest first, until it returns false. Each page is a read of its
    /// own, over before `body` sees it: whoever takes the rows slowly holds up nothing.
    public func eachAuditEntry(_ body: (AuditEntry) -> Bool) throws(StoreError) {
        var last = ID<AuditEntry>(0)
        while true {
            let after = last
            let page = try database.read { db throws(StoreError) in
                try db.audit(after: after, limit: 1000)
            }
            for entry in page where !body(entry) { return }
            guard let end = page.last else { return }
            last = end.id
        }
    }

    /// Who the account is in this workspace; nil when it is no member.
    public func person(uid: Int64, session: String) throws(StoreError) -> Operator? {
        let members = try database.read { db throws(StoreError) in try db.members() }
        return try? Operators(members: members, owner: owner).resolve(uid: uid, session: session)
    }

    public func findBot(_ name: String) throws(StoreError) -> Lookup<Bot> {
        try database.read { db throws(StoreError) in try db.findBot(name) }
    }

    public func findTicket(_ name: String) throws(StoreError) -> Lookup<Ticket> {
        try database.read { db throws(StoreError) in try db.findTicket(name) }
    }

    /// The newest version of a template, by its exact name.
    public func template(_ name: String) throws(StoreError) -> TemplateVersion? {
        try database.read { db throws(StoreError) in try db.template(name) }
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

extension BoardReader {
    /// Every instance that a bot has had, newest first.
    public func deployments(of bot: ID<Bot>) throws(StoreError) -> [Deployment] {
        try database.read { db throws(StoreError) in try db.deployments(of: bot) }
    }

    /// One reading SQL statement that a person typed.
    public func rows(sql: String, limit: Int = 10_000) throws(StoreError) -> QueryRows {
        try database.read { db throws(StoreError) in try db.rows(sql: sql, limit: limit) }
    }

    /// Everything that is wrong with file, schema, ledgers and audit chain; empty when all is well.
    public func problems() throws(StoreError) -> [String] {
        try database.check(moreLaws: AuditBoard.problems)
    }
}
