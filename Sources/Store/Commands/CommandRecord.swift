/// A command as the engine accepted it, and what became of it.

/// **Source** <doc:CommandLine#Outcomes>.
public enum CommandOutcome: String, Sendable, CaseIterable, Codable {
    case queued, running, done, refused, failed, unknown, expired
    public var isFinal: Bool { self != .queued && self != .running }
}

/// One row of the command history.
public struct CommandRecord: Sendable, Equatable, Identified, Codable {
    public static let idPrefix = "command"
    /// 0 until it is written.
    public var id: ID<CommandRecord>
    /// Made by the client; unique for its actor.
    public var idempotencyKey: String
    /// As on the command line: `pause`, `close-all`.
    public var verb: String
    public var botID: ID<Bot>?
    /// What it acts on, in words: a label, a position, a ticket.
    public var target: String
    /// The whole request as JSON.
    public var arguments: String
    public var actor: String
    public var actorUID: Int64
    public var role: String
    public var isStaff: Bool
    public var reason: String?
    public var at: Instant
    /// Not begun by then: expired.
    public var expiresAt: Instant?
    public var startedAt: Instant?
    public var finishedAt: Instant?
    /// When it was asked for, by the wall clock, if that was during a start: the world's clock
    /// stood at the last commit then. Nil for all others.
    public var wallAt: Instant?
    /// When that one ended, by the same clock.
    public var wallFinishedAt: Instant?
    public var outcome: CommandOutcome
    /// What happened, or why not.
    public var message: String
    public var errorCode: String?
    public var remedy: String?
    /// False where there was nothing to do.
    public var changed: Bool

    public init(
        id: ID<CommandRecord> = ID(0), idempotencyKey: String, verb: String,
        botID: ID<Bot>? = nil, target: String = "", arguments: String = "{}", actor: String,
        actorUID: Int64, role: String, isStaff: Bool = false, reason: String? = nil, at: Instant,
        expiresAt: Instant? = nil, startedAt: Instant? = nil, finishedAt: Instant? = nil,
        wallAt: Instant? = nil, wallFinishedAt: Instant? = nil,
        outcome: CommandOutcome = .queued, message: String = "", errorCode: String? = nil,
        remedy: String? = nil, changed: Bool = true
    ) {
        self.id = id
        self.idempotencyKey = idempotencyKey
        self.verb = verb
        self.botID = botID
        self.target = target
        self.arguments = arguments
        self.actor = actor
        self.actorUID = actorUID
        self.role = role
        self.isStaff = isStaff
        self.reason = reason
        self.at = at
        self.expiresAt = expiresAt
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.wallAt = wallAt
        self.wallFinishedAt = wallFinishedAt
        self.outcome = outcome
        self.message = message
        self.errorCode = errorCode
        self.remedy = remedy
        self.changed = changed
    }
}

extension CommandRecord {
    /// What its sender called the request: the part of the key before the number of the bot.
    public var requestName: String {
        idempotencyKey.split(separator: "\u{1F}", omittingEmptySubsequences: false)
            .first.map(String.init) ?? idempotencyKey
    }
}
