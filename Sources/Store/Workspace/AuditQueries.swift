/// Reading and extending the audit chain; the schema refuses anything but extending it.

extension AuditEntry: Stored {
    static let table = RecordTable("audit", of: AuditEntry.self)

    init(_ row: inout some ColumnVisitor<AuditEntry>) throws(StoreError) {
        id = try row("id", .key) { $0.id }
        at = try row("at") { $0.at }
        wallAt = try row("wall_at") { $0.wallAt }
        actor = try row("actor") { $0.actor }
        uid = try row("uid") { $0.uid }
        role = try row("role") { $0.role }
        workspace = try row("workspace") { $0.workspace }
        verb = try row("verb") { $0.verb }
        target = try row("target") { $0.target }
        before = try row("before") { $0.before }
        after = try row("after") { $0.after }
        reason = try row("reason") { $0.reason }
        session = try row("session") { $0.session }
        outcome = try row("outcome") { $0.outcome }
        previousHash = try row("previous_hash") { $0.previousHash }
        hash = try row("hash") { $0.hash }
    }
}

/// Where the chain ends.
public struct AuditHead: Sendable, Equatable, Codable {
    /// Count of entries, which is the number of the last one.
    public var sequence: Int64
    /// Hash of the last entry; 64 zeros while there is none.
    public var hash: String

    public init(sequence: Int64, hash: String) {
        self.sequence = sequence
        self.hash = hash
    }
}

private enum Queries {
    static let last = AuditEntry.table.select("ORDER BY id DESC LIMIT 1")
    static let newest = AuditEntry.table.select("WHERE id < ?1 ORDER BY id DESC LIMIT ?2")
    static let following = AuditEntry.table.select("WHERE id > ?1 ORDER BY id LIMIT ?2")
    static let head = Query("SELECT sequence, hash FROM audit_head")
}

extension Reading {
    /// The newest entry; nil while there is none.
    public func lastAuditEntry() throws(StoreError) -> AuditEntry? { try first(Queries.last) }

    /// The head kept beside the chain: tells when its end was cut off.
    public func auditHead() throws(StoreError) -> AuditHead {
        var head = AuditHead(sequence: 0, hash: "")
        try each(Queries.head) { row throws(StoreError) in
            head = AuditHead(sequence: try row.value(), hash: try row.value())
        }
        return head
    }

    /// A page of the chain. **Order** newest first.
    public func audit(
        before: ID<AuditEntry>? = nil, limit: Int
    ) throws(StoreError) -> [AuditEntry] {
        try all(Queries.newest) { row in
            row.put(before?.number ?? .max)
            row.put(limit)
        }
    }

    /// A page of the chain for whoever verifies or exports it. **Order** oldest first.
    public func audit(
        after: ID<AuditEntry>, limit: Int
    ) throws(StoreError) -> [AuditEntry] {
        try all(Queries.following) { row in
            row.put(after)
            row.put(limit)
        }
    }
}

extension Writing {
    /// Adds the next entry. **Throws** unless it is numbered without a gap and names the hash of
    /// the entry before.
    public func insert(_ entry: AuditEntry) throws(StoreError) { try add(entry) }
}
