/// The audit: who changed what, when and why, and whether the chain of its rows is whole.
import Core
import Store

/// Newest first; older pages are read when the cursor reaches the end.
/// **Source** <doc:ProductRules#Audit>.
struct AuditScreen: RecordScreen {
    let name = "audit"
    let keyContext = KeyContext.audit
    static let subject = "the audit"
    static let noun = "row"
    var list = RowList<AuditEntry, ID<AuditEntry>> { $0.id }
    var pages = RecordPages<AuditEntry, AuditEntry> { $0.id }
    var showsDetail = true
    private var report: AuditReport?

    let newest = BoardRequest.audit(before: nil)
    let besides = [BoardRequest.auditReport]

    func older(than id: ID<AuditEntry>) -> BoardRequest { .audit(before: id) }

    func records(of board: Board) -> [AuditEntry]? {
        if case .audit(_, let page) = board { page.rows } else { nil }
    }

    mutating func note(_ board: Board) {
        if case .auditReport(let report) = board { self.report = report }
    }

    func copies(
        _ entry: AuditEntry, whole: String, _ around: Surroundings
    ) -> [ListMenu.Copy] {
        [
            ListMenu.Copy("y", "row number", "\(entry.id.number)"),
            ListMenu.Copy("h", "hash", entry.hash), ListMenu.Copy("r", "whole row", whole),
        ]
    }

    // MARK: What is shown

    static let columns = AuditEntry.columns
    static let details = AuditEntry.details

    func detail(_ entry: AuditEntry, _ around: Surroundings) -> RecordDetail { entry.detail }

    func nothing(_ keys: KeyNames) -> [String] {
        ["No rows yet.", "Whatever is changed stands here: \(keys[.fleet]) shows the fleet."]
    }

    func crumb(_ around: Surroundings) -> Crumb {
        let read = "\(counted(list.all.count, "row")) read"
        return Crumb(
            path: ["Audit"], counts: pages.isFiltered ? pages.counts : read, order: chainWords)
    }

    /// What the walk along the chain found.
    private var chainWords: String {
        guard let report else { return "chain: checking ..." }
        return report.fault.map { "!! chain broken at row \($0.row)" }
            ?? "chain whole: \(counted(report.rows, "row"))"
    }

    var banner: [ToldWords] {
        guard let fault = report?.fault else { return [] }
        return [
            ToldWords("!! \(fault.headline)", .messageCritical),
            ToldWords(fault.remedy, .messageError),
        ]
    }
}
