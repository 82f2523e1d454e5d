/// The way between the backend and a bot, and which configuration has come through it.

/// One row a bot. Configurations are counted for each bot: template, limits, key and pause flag.
public struct BotLink: Sendable, Equatable, Codable {
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
    static let table = RecordTable("links", of: BotLink.self)

    init(_ row: inout some ColumnVisitor<BotLink>) throws(StoreError) {
        botID = try row("bot_id", .key) { $0.botID }
        wanted = try row("wanted") { $0.wanted }
        running = try row("running") { $0.running }
        changedAt = try row("changed_at") { $0.changedAt }
        appliedAt = try row("applied_at") { $0.appliedAt }
        upSince = try row("up_since") { $0.upSince }
        lostAt = try row("lost_at") { $0.lostAt }
        returnsAt = try row("returns_at") { $0.returnsAt }
        queued = try row("queued") { $0.queued }
        wantsPause = try row("wants_pause") { $0.wantsPause }
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
