/// A bot as the backend knows it.

/// Configuration, flags, clocks and counters of one bot.
public struct Bot: Sendable, Equatable, Identified, Codable {
    public static let idPrefix = "bot"
    public var id: ID<Bot>
    /// Unique; ASCII letters, digits and -_.:/ only.
    public var label: String
    /// Its life on the instance; never `paused`, which is a flag of its own.
    public var phase: BotState
    /// Survives sleep, restart, update and offline.
    public var isPaused: Bool
    public var pauseCause: PauseCause?
    /// The person who paused it, by name; nil when a limit or the engine did.
    public var pausedBy: String?
    /// When the daily kill switch latched; nil while it is armed.
    public var killLatchedAt: Instant?
    /// When a cool-down ends by itself.
    public var resumeAt: Instant?
    public var keyID: ID<APIKey>?
    public var templateName: String?
    public var templateVersion: Int?
    public var provider: String
    public var region: String
    /// Running version of the bot program.
    public var version: String
    /// A newer version that is on offer.
    public var availableVersion: String?
    public var ipv4: String
    public var ipv6: String
    public var createdAt: Instant
    public var upSince: Instant?
    public var heartbeatAt: Instant?
    /// Last candle evaluated.
    public var evaluatedAt: Instant?
    /// Last answer of the exchange.
    public var exchangeAckAt: Instant?
    /// Last time that book and exchange were compared and agreed.
    public var reconciledAt: Instant?
    /// Orders sent so far; the next client order id is made from it.
    public var orderSequence: Int64
    public var consecutiveLosses: Int
    /// Midnight UTC of the day that `dayStartEquity` belongs to.
    public var dayStart: Instant?
    public var dayStartEquity: Money?
    /// 0 while the defaults are in force.
    public var limitsVersion: Int
    /// Why it is in Error.
    public var errorText: String?
    /// Its own sessions, as the template file writes them; nil: its template's are in force.
    public var sessions: String?
    /// Since when its candles are to be evaluated: armed, woken, restarted, or the engine started.
    public var evaluatingSince: Instant?

    public init(
        id: ID<Bot>, label: String, phase: BotState = .online, isPaused: Bool = false,
        pauseCause: PauseCause? = nil, killLatchedAt: Instant? = nil, resumeAt: Instant? = nil,
        keyID: ID<APIKey>? = nil, templateName: String? = nil, templateVersion: Int? = nil,
        provider: String = "paper", region: String = "tokyo", version: String = "1.0.0",
        availableVersion: String? = nil, ipv4: String = "", ipv6: String = "", createdAt: Instant,
        upSince: Instant? = nil, heartbeatAt: Instant? = nil, evaluatedAt: Instant? = nil,
        exchangeAckAt: Instant? = nil, reconciledAt: Instant? = nil, orderSequence: Int64 = 0,
        consecutiveLosses: Int = 0, dayStart: Instant? = nil, dayStartEquity: Money? = nil,
        limitsVersion: Int = 0, errorText: String? = nil, sessions: String? = nil,
        pausedBy: String? = nil, evaluatingSince: Instant? = nil
    ) {
        self.id = id
        self.label = label
        self.phase = phase
        self.isPaused = isPaused
        self.pauseCause = pauseCause
        self.killLatchedAt = killLatchedAt
        self.resumeAt = resumeAt
        self.keyID = keyID
        self.templateName = templateName
        self.templateVersion = templateVersion
        self.provider = provider
        self.region = region
        self.version = version
        self.availableVersion = availableVersion
        self.ipv4 = ipv4
        self.ipv6 = ipv6
        self.createdAt = createdAt
        self.upSince = upSince
        self.heartbeatAt = heartbeatAt
        self.evaluatedAt = evaluatedAt
        self.exchangeAckAt = exchangeAckAt
        self.reconciledAt = reconciledAt
        self.orderSequence = orderSequence
        self.consecutiveLosses = consecutiveLosses
        self.dayStart = dayStart
        self.dayStartEquity = dayStartEquity
        self.limitsVersion = limitsVersion
        self.errorText = errorText
        self.sessions = sessions
        self.pausedBy = pausedBy
        self.evaluatingSince = evaluatingSince
    }
}

extension Bot {
    /// The state that people see.
    @inlinable public var state: BotState { phase == .online && isPaused ? .paused : phase }
    /// Has what it needs to trade: a key and a template.
    @inlinable public var isArmed: Bool { keyID != nil && templateName != nil }
    /// What keeps an Online bot from trading, in words; nil when nothing does.
    public var missing: String? {
        switch (keyID, templateName) {
        case (nil, nil): "key and template"
        case (nil, _): "key"
        case (_, nil): "template"
        default: nil
        }
    }
}
