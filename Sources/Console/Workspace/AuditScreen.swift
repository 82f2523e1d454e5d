/// The audit: who changed what, when and why, and whether the chain of its rows is whole.
import Core
import Store

/// Newest first; older pages are read when the cursor reaches the end.
/// **Source** <doc:ProductRules#Audit>.
struct AuditScreen: RecordScreen {
    let name = "audit"
    let keyContext = KeyContext.audit
    var list = RowList<AuditEntry, ID<AuditEntry>> { $0.id }
    var pages = RecordPages<AuditEntry, AuditEntry> { $0.id }
    var showsDetail = true
    private var report: AuditReport?

    /// What was done to what, and what became of it, stay at every width; then when and by whom.
    static let table = Table([
        TableColumn(id: "seq", title: "ROW", width: 6, alignment: .right, rank: 5),
        TableColumn(id: "time", title: "TIME (UTC)", width: 11, rank: -3, longest: 15),
        TableColumn(id: "who", title: "WHO", width: 6, rank: -2, longest: 16),
        TableColumn(id: "role", title: "ROLE", width: 12, rank: 6),
        TableColumn(id: "verb", title: "WHAT", width: 8, rank: -6, longest: 15),
        TableColumn(id: "target", title: "TARGET", width: 8, rank: -5, longest: 20),
        TableColumn(
            id: "change", title: "BEFORE -> AFTER", width: 18, rank: 3, isFlexible: true),
        TableColumn(id: "outcome", title: "OUTCOME", width: 7, rank: -4),
    ])

    func wants(_ around: Surroundings) -> [BoardRequest] {
        [.audit(before: nil), .auditReport] + (pages.older.map { [.audit(before: $0)] } ?? [])
    }

    mutating func receive(_ board: Board, _ around: Surroundings) {
        switch board {
        case .audit(let before, let board):
            if let before {
                pages.take(board.rows, before: before)
            } else {
                pages.take(newest: board.rows)
            }
            list.know(pages.rows)
        case .auditReport(let report): self.report = report
        default: break
        }
        follow(around)
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

    static let fields = AuditEntry.fields
    static let emptyWords = EmptyWords(
        reading: ["Reading the audit.."], none: ["No rows yet."], noMatch: ["No rows match."])

    func crumb(_ around: Surroundings) -> Crumb {
        var counts = "\(counted(list.all.count, "row")) read"
        if pages.isFiltered { counts = pages.counts }
        return Crumb(path: ["Audit"], counts: counts, order: chainWords)
    }

    /// What the walk along the chain found.
    private var chainWords: String {
        guard let report else { return "chain: checking.." }
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

    func cells(_ entry: AuditEntry, _ around: Surroundings) -> [TableCell] {
        let isStaff = entry.role == "staff"
        return [
            TableCell("\(entry.id.number)", .textDim),
            TableCell(entry.at.shortStamp, short: entry.at.minuteStamp),
            TableCell(entry.actor, isStaff ? .badgeStaff : .text),
            TableCell(isStaff ? "[staff]" : entry.role, isStaff ? .badgeStaff : .textDim),
            TableCell(entry.verb, .kindCommand),
            TableCell(entry.target),
            TableCell(entry.change),
            TableCell(entry.outcome, entry.outcomeRole, short: entry.shortOutcome),
        ]
    }

    func detail(_ entry: AuditEntry, _ around: Surroundings) -> RecordDetail {
        let badge = entry.role == "staff" ? " [Plutarc staff]" : " (\(entry.role))"
        return RecordDetail(
            title: "row \(entry.id.number)",
            fields: [
                RecordDetail.Field("who", entry.actor + badge + ", uid \(entry.uid)"),
                RecordDetail.Field("what", "\(entry.verb) \(entry.target)"),
                RecordDetail.Field("change", entry.change),
                RecordDetail.Field("reason", entry.reason),
                RecordDetail.Field("outcome", entry.outcome, entry.outcomeRole),
                RecordDetail.Field("engine", "\(entry.at)"),
                RecordDetail.Field("wall clock", "\(entry.wallAt)", .textDim),
                RecordDetail.Field("from", entry.session, .textDim),
                RecordDetail.Field("workspace", entry.workspace, .textDim),
                RecordDetail.Field("hash", entry.hash, .textDim),
            ])
    }
}

extension AuditEntry {
    /// `online -> paused`; one value alone where the other is empty.
    fileprivate var change: String {
        if before.isEmpty || before == after { return after }
        return "\(before) -> \(after.isEmpty ? "none" : after)"
    }

    /// In seven cells; nil where the word has no more.
    fileprivate var shortOutcome: String? { outcome == "unchanged" ? "no-op" : nil }

    fileprivate var outcomeRole: Role {
        switch outcome {
        case "done": .messageOk
        case "refused", "failed": .messageWarn
        default: .text
        }
    }

    /// Every column of the table and every line of the details.
    fileprivate static let fields = FilterFields<AuditEntry>([
        FilterField("who", "by") { $0.actor },
        FilterField("what", "verb") { $0.verb },
        FilterField("target", "bot") { $0.target },
        FilterField("change") { $0.change },
        FilterField("outcome", "status") { $0.outcome },
        FilterField("reason") { $0.reason },
        FilterField("role") { $0.role },
        FilterField("time", "at") { $0.at.shortStamp },
        FilterField("row", "id", number: { FilterNumber($0.id.number) }) { "\($0.id.number)" },
        FilterField("from", "tty") { $0.session },
    ])
}

extension Instant {
    /// `03-10 02:14:07Z`: for tables of records.
    var shortStamp: String { "\(dateText.dropFirst(5)) \(clockText)Z" }

    /// `03-10 02:14`: where seconds have no room.
    var minuteStamp: String { "\(dateText.dropFirst(5)) \(clockText.prefix(5))" }

    /// Eleven cells: `   02:14:07` of today, `03-09 23:14` of another day.
    func stamp(today now: Instant) -> String {
        dateText == now.dateText
            ? "   \(clockText)" : "\(dateText.dropFirst(5)) \(clockText.prefix(5))"
    }
}
