/// An alert that somebody must see.

/// One alert; open until acknowledged.
public struct Notice: Sendable, Equatable, Identified, Codable {
    public static let idPrefix = "notice"
    /// 0 until it is written.
    public var id: ID<Notice>
    public var botID: ID<Bot>?
    public var at: Instant
    /// `kill_switch`, `api_errors`, `offline`, `drift`, `ticket`.
    public var kind: String
    public var severity: Severity
    public var message: String
    public var acknowledgedBy: String?
    public var acknowledgedAt: Instant?

    /// What a ticket asks for is no alarm: tickets have a count of their own.
    public var isAlarm: Bool { kind != Self.ticketKind }
    public static let ticketKind = "ticket"

    public init(
        id: ID<Notice> = ID(0), botID: ID<Bot>? = nil, at: Instant, kind: String,
        severity: Severity, message: String, acknowledgedBy: String? = nil,
        acknowledgedAt: Instant? = nil
    ) {
        self.id = id
        self.botID = botID
        self.at = at
        self.kind = kind
        self.severity = severity
        self.message = message
        self.acknowledgedBy = acknowledgedBy
        self.acknowledgedAt = acknowledgedAt
    }
}
