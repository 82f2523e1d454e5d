/// One link of the append-only audit chain.

/// Who changed what, when, from which value to which.
public struct AuditEntry: Sendable, Equatable, Identified, Codable {
    public static let idPrefix = "audit"
    /// The sequence number: 1, 2, 3 without gaps.
    public var id: ID<AuditEntry>
    /// The engine's clock.
    public var at: Instant
    /// The wall clock.
    public var wallAt: Instant
    public var actor: String
    public var uid: Int64
    public var role: String
    public var workspace: String
    public var verb: String
    public var target: String
    public var before: String
    public var after: String
    public var reason: String
    /// Terminal or process from which it came.
    public var session: String
    /// `done`, `refused`, `queued`.
    public var outcome: String
    /// Hex SHA-256 of the entry before; 64 zeros for the first.
    public var previousHash: String
    /// Hex SHA-256 over the previous hash and the canonical record.
    public var hash: String

    public init(
        id: ID<AuditEntry> = ID(0), at: Instant, wallAt: Instant, actor: String, uid: Int64,
        role: String, workspace: String, verb: String, target: String, before: String = "",
        after: String = "", reason: String = "", session: String = "", outcome: String,
        previousHash: String = "", hash: String = ""
    ) {
        self.id = id
        self.at = at
        self.wallAt = wallAt
        self.actor = actor
        self.uid = uid
        self.role = role
        self.workspace = workspace
        self.verb = verb
        self.target = target
        self.before = before
        self.after = after
        self.reason = reason
        self.session = session
        self.outcome = outcome
        self.previousHash = previousHash
        self.hash = hash
    }
}
