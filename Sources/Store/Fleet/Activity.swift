/// What happened to a bot, and what people asked of it.

/// Kinds of an activity entry.
public enum ActivityKind: String, Sendable, CaseIterable, Codable {
    case order, signal, command, config, life, risk, error
}

public enum Severity: String, Sendable, CaseIterable, Codable {
    case info, warning, error, critical
}

/// One entry of a bot's feed, or of the fleet's when no bot is named.
public struct Activity: Sendable, Equatable, Identified, Codable {
    public static let idPrefix = "event"
    /// 0 until it is written.
    public var id: ID<Activity>
    public var botID: ID<Bot>?
    public var at: Instant
    public var kind: ActivityKind
    /// One word: `filled`, `entry`, `pause`.
    public var what: String
    public var detail: String
    public var actor: String
    public var severity: Severity

    public init(
        id: ID<Activity> = ID(0), botID: ID<Bot>? = nil, at: Instant, kind: ActivityKind,
        what: String, detail: String, actor: String = "bot", severity: Severity = .info
    ) {
        self.id = id
        self.botID = botID
        self.at = at
        self.kind = kind
        self.what = what
        self.detail = detail
        self.actor = actor
        self.severity = severity
    }
}
