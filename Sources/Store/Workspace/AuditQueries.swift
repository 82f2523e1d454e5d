/// Reading and extending the audit chain; the schema refuses anything but extending it.

extension AuditEntry: Stored {
    static let table = RecordTable(
        "audit", key: ["id"],
        columns: [
            "id", "at", "wall_at", "actor", "uid", "role", "workspace", "verb", "target",
            "before", "after", "reason", "session", "outcome", "previous_hash", "hash",
        ])

    func put(into row: Statement) {
        row.put(id)
        row.put(at)
        row.put(wallAt)
        row.put(actor)
        row.put(uid)
        row.put(role)
        row.put(workspace)
        row.put(verb)
        row.put(target)
        row.put(before)
        row.put(after)
        row.put(reason)
        row.put(session)
        row.put(outcome)
        row.put(previousHash)
        row.put(hash)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            id: row.take(), at: row.take(), wallAt: row.take(), actor: row.take(),
            uid: row.take(), role: row.take(), workspace: row.take(), verb: row.take(),
            target: row.take(), before: row.take(), after: row.take(), reason: row.take(),
            session: row.take(), outcome: row.take(), previousHash: row.take(), hash: row.take())
    }
}

/// Where the chain ends.
public struct AuditHead: Sendable, Equatable {
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
            head = AuditHead(sequence: try row.take(), hash: try row.take())
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
