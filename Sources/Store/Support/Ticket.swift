/// A support ticket and its thread.

/// **Source** <doc:ProductRules#Tickets>.
public enum TicketCategory: String, Sendable, CaseIterable, Codable {
    case bot
    case apiKey = "api_key"
    case strategy, billing, account, bug, feature, other
}

public enum TicketPriority: String, Sendable, CaseIterable, Codable {
    case low, normal, high, urgent
    /// 0 for low ... 3 for urgent.
    public var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

public enum TicketStatus: String, Sendable, CaseIterable, Codable {
    case open
    case inProgress = "in_progress"
    case waitingOnUser = "waiting_on_user"
    case resolved, closed
    /// Only these age toward the automatic close. **Source** <doc:ProductRules#Aging-of-tickets>.
    public var ages: Bool { self == .waitingOnUser || self == .resolved }
}

/// One ticket of this workspace.
public struct Ticket: Sendable, Equatable, Identified, Codable {
    public static let idPrefix = "ticket"
    /// 0 until it is written.
    public var id: ID<Ticket>
    public var subject: String
    public var category: TicketCategory
    public var priority: TicketPriority
    public var status: TicketStatus
    public var openedBy: String
    public var botID: ID<Bot>?
    public var assignee: String?
    public var openedAt: Instant
    /// Last message; internal notes do not count.
    public var activeAt: Instant
    public var closedAt: Instant?
    /// When the user was told of the coming automatic close.
    public var warnedAt: Instant?
    /// The bot as it was when the ticket was opened, as JSON.
    public var snapshot: String
    public var messageCount: Int

    public init(
        id: ID<Ticket> = ID(0), subject: String, category: TicketCategory,
        priority: TicketPriority, status: TicketStatus = .open, openedBy: String,
        botID: ID<Bot>? = nil, assignee: String? = nil, openedAt: Instant, activeAt: Instant,
        closedAt: Instant? = nil, warnedAt: Instant? = nil, snapshot: String = "",
        messageCount: Int = 0
    ) {
        self.id = id
        self.subject = subject
        self.category = category
        self.priority = priority
        self.status = status
        self.openedBy = openedBy
        self.botID = botID
        self.assignee = assignee
        self.openedAt = openedAt
        self.activeAt = activeAt
        self.closedAt = closedAt
        self.warnedAt = warnedAt
        self.snapshot = snapshot
        self.messageCount = messageCount
    }
}
/// A message that both sides see.
public struct TicketMessage: Sendable, Equatable, Identified {
    public static let idPrefix = "message"
    /// 0 until it is written.
    public var id: ID<TicketMessage>
    public var ticketID: ID<Ticket>
    public var author: String
    public var isStaff: Bool
    public var at: Instant
    public var body: String

    public init(
        id: ID<TicketMessage> = ID(0), ticketID: ID<Ticket>, author: String, isStaff: Bool,
        at: Instant, body: String
    ) {
        self.id = id
        self.ticketID = ticketID
        self.author = author
        self.isStaff = isStaff
        self.at = at
        self.body = body
    }
}
/// Seen by support staff only; in a table of its own.
public struct InternalNote: Sendable, Equatable, Identified {
    public static let idPrefix = "note"
    /// 0 until it is written.
    public var id: ID<InternalNote>
    public var ticketID: ID<Ticket>
    public var author: String
    public var at: Instant
    public var body: String

    public init(
        id: ID<InternalNote> = ID(0), ticketID: ID<Ticket>, author: String, at: Instant,
        body: String
    ) {
        self.id = id
        self.ticketID = ticketID
        self.author = author
        self.at = at
        self.body = body
    }
}
