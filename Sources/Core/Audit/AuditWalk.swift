/// The walk along the chain of the audit, as the database keeps it.

import Store

public enum AuditWalk {
    /// Hands every row to `body`, oldest first, a page at a time, until it returns false.
    private static func each(
        _ db: Reading, _ body: (AuditEntry) throws(StoreError) -> Bool
    ) throws(StoreError) {
        var last = ID<AuditEntry>(0)
        while true {
            let page = try db.audit(after: last, limit: 1000)
            for entry in page where try !body(entry) { return }
            guard let end = page.last else { return }
            last = end.id
        }
    }

    /// Walks the chain from its first row to the head that is kept beside it.
    static func verify(_ db: Reading) throws(StoreError) -> AuditReport {
        let head = try db.auditHead()
        var verifier = AuditVerifier(
            anchor: head.sequence > 0
                ? AuditHead(sequence: head.sequence, hash: head.hash) : nil)
        try each(db) { entry throws(StoreError) in
            verifier.read(entry)
            return verifier.goesOn
        }
        return verifier.finish()
    }

    /// What is wrong with the chain, as one sentence; none when it holds, or is not looked at.
    public static func problems(
        _ db: Reading, _ extent: InspectionExtent
    ) throws(StoreError) -> [String] {
        guard extent == .whole else { return [] }
        return try verify(db).fault.map { ["audit: \($0.headline)"] } ?? []
    }
}
