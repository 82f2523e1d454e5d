/// The way between the backend and a bot, and which configuration has come through it.

/// One row a bot. Configurations are counted for each bot: template, limits, key and pause flag.
public struct BotLink: Sendable, Equatable {
    public var botID: ID<Bot>
    /// The configuration that the backend wants, by its number.
    public var wanted: Int
    /// The one that the bot runs; nil while no process of it does.
    public var running: Int?
    /// When the backend last wanted something else.
    public var changedAt: Instant?
    /// When the bot last took a configuration.
    public var appliedAt: Instant?
    /// Up since then; what went wrong with it before is over.
    public var upSince: Instant?
    /// Away since then; nil while it is up.
    public var lostAt: Instant?
    /// When the network comes back. Nobody at the desk knows it.
    public var returnsAt: Instant?
    /// Commands that wait for the link.
    public var queued: Int
    /// The pause flag that the last of them wants; nil when none of them speaks of it.
    public var wantsPause: Bool?

    public init(
        botID: ID<Bot>, wanted: Int = 1, running: Int? = nil, changedAt: Instant? = nil,
        appliedAt: Instant? = nil, upSince: Instant? = nil, lostAt: Instant? = nil,
        returnsAt: Instant? = nil, queued: Int = 0, wantsPause: Bool? = nil
    ) {
        self.botID = botID
        self.wanted = wanted
        self.running = running
        self.changedAt = changedAt
        self.appliedAt = appliedAt
        self.upSince = upSince
        self.lostAt = lostAt
        self.returnsAt = returnsAt
        self.queued = queued
        self.wantsPause = wantsPause
    }
}

extension BotLink {
    /// The bot runs on what it heard last.
    public var isCut: Bool { lostAt != nil }

    /// Back, and what waited for it is being handed over: no entry before that.
    public var isReturning: Bool { lostAt == nil && queued > 0 }

    /// A bot with the pause flag that waits for it.
    public func applied(to bot: Bot) -> Bot {
        guard let wantsPause else { return bot }
        var bot = bot
        bot.isPaused = wantsPause
        bot.resumeAt = nil
        if !wantsPause { bot.pauseCause = nil }
        return bot
    }

    /// `config 11`, `config 11 (12 waits)`; nil while no process runs.
    public var words: String? {
        running.map { $0 == wanted ? "config \($0)" : "config \($0) (\(wanted) waits)" }
    }
}

extension BotLink: Stored {
    static let table = RecordTable(
        "links", key: ["bot_id"],
        columns: [
            "bot_id", "wanted", "running", "changed_at", "applied_at", "up_since", "lost_at",
            "returns_at", "queued", "wants_pause",
        ])

    func put(into row: Statement) {
        row.put(botID)
        row.put(wanted)
        row.put(running)
        row.put(changedAt)
        row.put(appliedAt)
        row.put(upSince)
        row.put(lostAt)
        row.put(returnsAt)
        row.put(queued)
        row.put(wantsPause)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            botID: row.take(), wanted: row.take(), running: row.take(), changedAt: row.take(),
            appliedAt: row.take(), upSince: row.take(), lostAt: row.take(),
            returnsAt: row.take(), queued: row.take(), wantsPause: row.take())
    }
}

private enum Queries {
    static let all = BotLink.table.select("ORDER BY bot_id")
}

extension Reading {
    /// **Order** by bot.
    public func links() throws(StoreError) -> [BotLink] { try all(Queries.all) }
}

extension Writing {
    /// Adds the row of a bot or changes it.
    public func save(_ link: BotLink) throws(StoreError) { try put(link) }
}
