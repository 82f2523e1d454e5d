/// Walks the audit chain row by row and names the first row that cannot be trusted.

import Store

/// What is wrong with a chain.
public enum AuditFault: Sendable, Equatable, Codable {
    /// Rows are missing or doubled between `after` and `found`.
    case sequence(after: Int64, found: Int64)
    /// The row does not name the row before it.
    case previous(row: Int64)
    /// The row's own content does not give its hash.
    case content(row: Int64)
    /// The chain ends before the row that was anchored.
    case truncated(last: Int64, anchor: Int64)
    /// The anchored row is there, with another hash.
    case anchor(row: Int64)

    /// The first row that is not as it was written.
    public var row: Int64 {
        switch self {
        case .sequence(let after, _): after + 1
        case .previous(let row), .content(let row), .anchor(let row): row
        case .truncated(let last, _): last + 1
        }
    }

    public var headline: String {
        switch self {
        case .sequence(let after, let found):
            "row \(after + 1) is missing or out of order: row \(found) follows row \(after)"
        case .previous(let row): "row \(row) does not follow from the row before it"
        case .content(let row): "row \(row) was changed after it was written"
        case .truncated(let last, let anchor):
            "the audit ends at row \(last), but row \(anchor) was anchored"
        case .anchor(let row): "row \(row) is not the row that was anchored"
        }
    }

    public var remedy: String {
        "Keep the file, restore the last backup that verifies, and compare from row \(row) on."
    }
}

/// What verifying found.
public struct AuditReport: Sendable, Equatable, Codable {
    /// Rows that were read, the bad one included.
    public var rows: Int64
    /// The last good row.
    public var head: AuditHead
    public var fault: AuditFault?

    public var isIntact: Bool { fault == nil }
    /// `{"ok":…,"rows":…,"first_bad":…}`. **Source** <doc:CommandLine#Audit-and-checks>.
    public var json: JSON {
        [
            "ok": .bool(isIntact), "rows": .int(rows),
            "first_bad": fault.map { .int($0.row) } ?? .null,
            "problem": .optional(fault?.headline), "head": .string(head.hash),
        ]
    }
}

/// Fed with rows in order of their ids, a page at a time; keeps one hash, not the rows.
public struct AuditVerifier: Sendable {
    private var report: AuditReport
    private let anchor: AuditHead?

    /// - Parameters:
    ///   - head: where verifying starts; the empty chain for all rows.
    ///   - anchor: a head that was noted outside the database.
    public init(from head: AuditHead = .empty, anchor: AuditHead? = nil) {
        report = AuditReport(rows: 0, head: head, fault: nil)
        self.anchor = anchor
        check(anchorAt: head)
    }

    /// False once a fault was found: further rows need not be read.
    public var goesOn: Bool { report.fault == nil }

    /// The next row. Rows after a fault are ignored.
    public mutating func read(_ entry: AuditEntry) {
        guard goesOn else { return }
        report.rows += 1
        report.fault = fault(of: entry)
        guard goesOn else { return }
        report.head = AuditHead(of: entry)
        check(anchorAt: report.head)
    }

    /// After the last row.
    public func finish() -> AuditReport {
        var finished = report
        if goesOn, let anchor, anchor.sequence > report.head.sequence {
            finished.fault = .truncated(last: report.head.sequence, anchor: anchor.sequence)
        }
        return finished
    }

    /// All rows at once.
    public static func verify(
        _ entries: some Sequence<AuditEntry>, anchor: AuditHead? = nil
    ) -> AuditReport {
        var verifier = AuditVerifier(anchor: anchor)
        for entry in entries where verifier.goesOn { verifier.read(entry) }
        return verifier.finish()
    }

    private func fault(of entry: AuditEntry) -> AuditFault? {
        let number = entry.id.number
        guard number == report.head.sequence + 1 else {
            return .sequence(after: report.head.sequence, found: number)
        }
        guard entry.previousHash == report.head.hash else { return .previous(row: number) }
        return entry.hash == AuditChain.hash(of: entry) ? nil : .content(row: number)
    }

    private mutating func check(anchorAt head: AuditHead) {
        guard let anchor, anchor.sequence == head.sequence, anchor.hash != head.hash else { return }
        report.fault = .anchor(row: head.sequence)
    }
}
