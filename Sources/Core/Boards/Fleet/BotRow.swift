/// One bot as the fleet grid and `plutarc bots` show it.

import Store

/// The four clocks of a bot. **Source** <doc:ProductRules#Four-clocks>.
public struct BotClocks: Sendable, Equatable, Codable {
    public var heartbeatAt: Instant?
    /// Last candle evaluated.
    public var evaluatedAt: Instant?
    /// Last answer of the exchange.
    public var exchangeAckAt: Instant?
    /// Last time that book and exchange agreed.
    public var reconciledAt: Instant?

    public init(of bot: Bot) {
        heartbeatAt = bot.heartbeatAt
        evaluatedAt = bot.evaluatedAt
        exchangeAckAt = bot.exchangeAckAt
        reconciledAt = bot.reconciledAt
    }
}

/// A clock that is late, and what that means. **Source** <doc:ProductRules#Four-clocks>.
public enum LateClock: String, Sendable, CaseIterable {
    case heartbeat, evaluation, exchange, reconcile

    /// Shown on the card.
    public var title: String {
        switch self {
        case .heartbeat: "NO HEARTBEAT"
        case .evaluation: "ALIVE, NOT EVALUATING"
        case .exchange: "EXCHANGE SILENT"
        case .reconcile: "NOT RECONCILED"
        }
    }
}

/// Configuration, state and figures of one bot at one moment.
public struct BotRow: Sendable, Equatable, Codable {
    public var bot: Bot
    public var key: APIKey?
    public var clocks: BotClocks
    /// Timeframe of its template; nil without one.
    public var timeframe: Timeframe?
    /// Nil for a reader who may not see positions, as the two below.
    public var openPositions: Int?
    /// Of the open positions at the last marks; nil when a mark is missing.
    public var unrealised: Money?
    /// Net of fees and funding, of trades closed since midnight UTC.
    /// Nil for a reader who may not see results.
    public var realisedToday: Money?
    /// Wallet and unrealised profit of the account behind the key; nil without an account.
    public var equity: Money?
    /// The result of the day: what the equity has gained since midnight UTC, or since the kill
    /// switch was reset, as the daily limit counts it. Nil where one of the two is not known.
    public var pnlToday: Money? {
        guard let equity, let start = bot.dayStartEquity else { return nil }
        return equity - start
    }
    /// What stands behind it at its provider; nil when that is not known.
    public var instance: Instance?
    /// Which configuration it has heard of; nil when that is not known.
    public var link: BotLink?
    /// Alerts of it that nobody has acknowledged; none for a reader who may not see them.
    public var openAlerts = 0
    /// In force for entries, sleep and wake: its own, else its template's; empty: always open,
    /// unless they cannot be read.
    public var sessions: [SessionWindow]
    /// What is wrong with sessions of its own that cannot be read; such a bot does not trade.
    public var sessionsFlaw: String?

    public init(
        bot: Bot, key: APIKey?, timeframe: Timeframe?, openPositions: Int?, unrealised: Money?,
        realisedToday: Money?, equity: Money?, instance: Instance? = nil,
        link: BotLink? = nil, sessions: [SessionWindow] = []
    ) {
        self.bot = bot
        self.key = key
        self.clocks = BotClocks(of: bot)
        self.timeframe = timeframe
        self.openPositions = openPositions
        self.unrealised = unrealised
        self.realisedToday = realisedToday
        self.equity = equity
        self.instance = instance
        self.link = link
        self.sessions = sessions
    }

    /// As it will be once it has heard of what waits for it.
    public var wanted: Bot { link?.applied(to: bot) ?? bot }

    public var id: ID<Bot> { bot.id }
    public var label: String { bot.label }
    public var state: BotState { bot.state }
    /// Symbols of its key that are not traded where the key is of; they are said, not dropped.
    public var unknownSymbols: [String] = []
    /// What its figures are counted in.
    public var currency = Currency.usdt
    /// Where its orders go; paper while it has no key.
    public var environment: TradingEnvironment { key?.environment ?? .paper }
    /// `bot` for its own, `template`, or `none`.
    public var sessionSource: String {
        bot.sessions != nil ? "bot" : sessions.isEmpty ? "none" : "template"
    }
    public var isUpdateAvailable: Bool {
        bot.availableVersion.map { $0 != bot.version } ?? false
    }

    /// The first clock that is late, for a bot that is said to run. What a bot that has just
    /// been armed, woken or started has not done yet is not late.
    public func lateClock(now: Instant) -> LateClock? {
        guard state == .online || state == .paused else { return nil }
        let began = max(bot.upSince ?? bot.createdAt, bot.evaluatingSince ?? bot.createdAt)
        func isLate(_ at: Instant?, _ allowed: Span) -> Bool {
            now - max(at ?? began, began) > allowed
        }
        if isLate(clocks.heartbeatAt, Deadlines.heartbeatLost) { return .heartbeat }
        guard bot.isArmed else { return nil }
        let decided = timeframe.map { Deadlines.evaluation(ofCandles: $0.span) }
        if let decided, isLate(clocks.evaluatedAt, decided) { return .evaluation }
        if isLate(clocks.exchangeAckAt, Deadlines.exchangeSilence) { return .exchange }
        return isLate(clocks.reconciledAt, Deadlines.exchangeSilence) ? .reconcile : nil
    }

    /// It has open positions, as far as the reader may know.
    public var holds: Bool { (openPositions ?? 0) > 0 }

    /// An instance is provisioned for it, whatever its state.
    /// **Source** <doc:ProductRules#Bot-states>.
    public var isBilled: Bool { instance.map { $0.since != nil } ?? state.isProvisioned }

    /// What it may be doing out of the backend's sight; nil while it is seen.
    public var unseen: String? {
        guard let config = cachedConfig else { return nil }
        let waits = waiting.map { "; \($0)" } ?? ""
        return "may trade on cached \(config)\(waits)"
    }

    /// `config 4 since 10:04Z`: what it heard last, and when it was last heard of.
    public var cachedConfig: String? {
        guard state == .offline, let link, link.isCut, let running = link.running else {
            return nil
        }
        let since = clocks.heartbeatAt ?? link.lostAt
        return "config \(running)" + (since.map { " since \($0.clockText.prefix(5))Z" } ?? "")
    }

    /// `2 commands wait`, for a bot that cannot be reached; nil when none does.
    public var waiting: String? {
        guard let queued = link?.queued, queued > 0 else { return nil }
        return queued == 1 ? "1 command waits" : "\(queued) commands wait"
    }
}

extension BotRow {
    /// Without what the reader has no right to: positions and what they are worth, results, what a
    /// key is made of. A card names the key, and the template, whoever reads it.
    func shown(to rights: ReaderRights) -> BotRow {
        var row = self
        row.bot = bot.shown(to: rights)
        // When an outage ends is the simulation's, and nobody's to know.
        row.link?.returnsAt = nil
        if !rights.shows(.positionsView) {
            (row.openPositions, row.unrealised, row.equity) = (nil, nil, nil)
        }
        if !rights.shows(.orgView) { row.openAlerts = 0 }
        if !rights.shows(.analyticsView) { row.realisedToday = nil }
        if !rights.shows(.keysView), var key = row.key {
            (key.masked, key.instruments) = ("", [])
            row.unknownSymbols = []
            row.key = key
        }
        return row
    }
}

extension Bot {
    /// Without what tells of results and limits. Whatever hands out a bot asks this first.
    func shown(to rights: ReaderRights) -> Bot {
        var bot = self
        if !rights.shows(.positionsView) {
            (bot.dayStartEquity, bot.consecutiveLosses) = (nil, 0)
        }
        // Beside the equity it is the result of the day.
        if !rights.shows(.analyticsView) { bot.dayStartEquity = nil }
        if !rights.shows(.riskView) { bot.limitsVersion = 0 }
        return bot
    }
}
