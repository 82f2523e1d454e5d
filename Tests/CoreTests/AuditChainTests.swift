/// Every way to tamper with the audit, tried on every row.

import Core
import Store
import Testing

@Suite struct AuditChainTests {
    static let count = 60
    static let rows: [AuditEntry] = {
        var head = AuditHead.empty
        return (0..<count).map { index in
            let entry = AuditEntry(
                at: Instant(milliseconds: Int64(index) * 1000),
                wallAt: Instant(milliseconds: Int64(index) * 1001), actor: "ada", uid: 1000,
                role: "owner", workspace: "personal", verb: "pause", target: "bot-\(index)",
                before: "online", after: "paused", reason: "r", session: "pts/1",
                outcome: "done")
            let linked = AuditChain.chained(entry, after: head)
            head = AuditHead(of: linked)
            return linked
        }
    }()
    static var anchor: AuditHead { AuditHead(of: rows[count - 1]) }

    @Test func anIntactChainVerifies() {
        let report = AuditVerifier.verify(Self.rows, anchor: Self.anchor)
        #expect(report.isIntact)
        #expect(report.rows == Int64(Self.count))
        #expect(report.head == Self.anchor)
        #expect(report.json["first_bad"]?.isNull == true)
        #expect(AuditVerifier.verify([]).isIntact)
    }

    @Test func firstRowFollowsSixtyFourZeros() {
        #expect(Self.rows[0].id == ID(1))
        #expect(Self.rows[0].previousHash == String(repeating: "0", count: 64))
        #expect(Self.rows[1].previousHash == Self.rows[0].hash)
    }

    /// The form on disk must not drift: a chain written today verifies for ever.
    @Test func hashOfAKnownEntryIsPinned() {
        let entry = AuditEntry(
            at: Instant(milliseconds: 1), wallAt: Instant(milliseconds: 2), actor: "a", uid: 3,
            role: "owner", workspace: "w", verb: "v", target: "t", outcome: "done")
        let linked = AuditChain.chained(entry, after: .empty)
        #expect(linked.hash == Self.pinned)
    }
    /// Computed with Python's hashlib over the form of <doc:SafetyRules#The-audit-chain>.
    static let pinned = "06b85f05786eb38f96ef47399d18671257d5fd92a9655d89ead26c823f658543"

    @Test(arguments: 0..<count) func anEditedFieldIsFound(_ index: Int) {
        let edits: [(String, (inout AuditEntry) -> Void)] = [
            ("at", { $0.at = $0.at + .milliseconds(1) }),
            ("wallAt", { $0.wallAt = $0.wallAt + .milliseconds(1) }),
            ("actor", { $0.actor = "bob" }), ("uid", { $0.uid = 0 }),
            ("role", { $0.role = "admin" }), ("workspace", { $0.workspace = "x" }),
            ("verb", { $0.verb = "resume" }), ("target", { $0.target += " " }),
            ("before", { $0.before = "" }), ("after", { $0.after = "" }),
            ("reason", { $0.reason = "" }), ("session", { $0.session = "" }),
            ("outcome", { $0.outcome = "refused" }),
            ("hash", { $0.hash = String($0.hash.reversed()) }),
        ]
        for (field, edit) in edits {
            var rows = Self.rows
            edit(&rows[index])
            let report = AuditVerifier.verify(rows)
            #expect(report.fault == .content(row: Int64(index + 1)), "\(field)")
            #expect(report.head.sequence == Int64(index))
        }
    }

    @Test(arguments: 0..<count) func anEditWithItsHashMadeAnewIsFound(_ index: Int) {
        var rows = Self.rows
        rows[index].target = "forged"
        rows[index].hash = AuditChain.hash(of: rows[index])
        let report = AuditVerifier.verify(rows, anchor: Self.anchor)
        let isLast = index == Self.count - 1
        let row = Int64(index + 1)
        #expect(report.fault == (isLast ? .anchor(row: row) : .previous(row: row + 1)))
    }

    @Test(arguments: 0..<count) func aDeletedRowIsFound(_ index: Int) {
        var rows = Self.rows
        rows.remove(at: index)
        let report = AuditVerifier.verify(rows, anchor: Self.anchor)
        #expect(report.fault?.row == Int64(index + 1))
    }

    @Test(arguments: 0..<count) func aDeletedRowIsFoundAfterRenumbering(_ index: Int) {
        var rows = Self.rows
        rows.remove(at: index)
        for later in index..<rows.count { rows[later].id = ID(Int64(later + 1)) }
        let report = AuditVerifier.verify(rows, anchor: Self.anchor)
        #expect(report.fault?.row == Int64(index + 1))
    }

    @Test(arguments: 0..<count) func anInsertedRowIsFound(_ index: Int) {
        var rows = Self.rows
        var forged = AuditChain.chained(
            rows[index], after: index == 0 ? .empty : AuditHead(of: rows[index - 1]))
        forged.target = "forged"
        forged.hash = AuditChain.hash(of: forged)
        rows.insert(forged, at: index)
        let report = AuditVerifier.verify(rows, anchor: Self.anchor)
        // The forged row follows well; the one after it, or the anchor on it, does not.
        let isLast = index == Self.count - 1
        #expect(report.fault?.row == Int64(isLast ? index + 1 : index + 2))
    }

    @Test(arguments: 0..<count - 1) func swappedRowsAreFound(_ index: Int) {
        var rows = Self.rows
        rows.swapAt(index, index + 1)
        #expect(AuditVerifier.verify(rows).fault?.row == Int64(index + 1))
    }

    @Test(arguments: 0..<count) func truncationIsFoundAgainstTheAnchor(_ kept: Int) {
        let rows = Self.rows.prefix(kept)
        #expect(AuditVerifier.verify(rows).isIntact)
        let report = AuditVerifier.verify(rows, anchor: Self.anchor)
        #expect(report.fault == .truncated(last: Int64(kept), anchor: Int64(Self.count)))
        #expect(report.json["first_bad"]?.integer == Int64(kept + 1))
    }

    @Test(arguments: 1..<count) func aChainWrittenAnewIsFoundAgainstTheAnchor(_ from: Int) {
        var rows = Array(Self.rows.prefix(from))
        for entry in Self.rows.dropFirst(from) {
            var forged = entry
            forged.actor = "bob"
            rows.append(AuditChain.chained(forged, after: AuditHead(of: rows[rows.count - 1])))
        }
        #expect(AuditVerifier.verify(rows).isIntact)
        #expect(
            AuditVerifier.verify(rows, anchor: Self.anchor).fault
                == .anchor(row: Int64(Self.count)))
    }

    @Test func verifyingGoesOnFromAHead() {
        var verifier = AuditVerifier(from: AuditHead(of: Self.rows[9]), anchor: Self.anchor)
        for row in Self.rows.dropFirst(10) { verifier.read(row) }
        #expect(verifier.finish().isIntact)
        #expect(verifier.finish().rows == Int64(Self.count - 10))
    }

    @Test func fieldsDoNotFlowIntoEachOther() {
        func hash(_ before: String, _ after: String) -> String {
            AuditChain.chained(
                AuditEntry(
                    at: Instant(milliseconds: 0), wallAt: Instant(milliseconds: 0), actor: "a",
                    uid: 1, role: "r", workspace: "w", verb: "v", target: "t", before: before,
                    after: after, outcome: "done"), after: .empty
            ).hash
        }
        #expect(hash("ab", "c") != hash("a", "bc"))
        #expect(hash("", "abc") != hash("abc", ""))
    }

    @Test func headsSurviveTheirText() {
        #expect(AuditHead(anchorText: Self.anchor.anchorText) == Self.anchor)
        for text in ["", "audit-head 3", "audit-head -1 \(Self.anchor.hash)", "audit-head 3 zz"] {
            #expect(AuditHead(anchorText: text) == nil)
        }
    }

    @Test func faultsNameTheRow() {
        #expect(
            AuditFault.content(row: 4).headline == "row 4 was changed after it was written")
        #expect(
            AuditFault.sequence(after: 3, found: 5).headline
                == "row 4 is missing or out of order: row 5 follows row 3")
        #expect(
            AuditFault.truncated(last: 3, anchor: 9).headline
                == "the audit ends at row 3, but row 9 was anchored")
        #expect(AuditFault.previous(row: 4).remedy.contains("row 4"))
    }
}
