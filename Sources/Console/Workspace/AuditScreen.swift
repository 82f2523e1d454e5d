/// The audit: who changed what, when and why, and whether the chain of its rows is whole.
import Core
import Store

/// Newest first; older pages are read when the cursor reaches the end.
/// **Source** <doc:ProductRules#Audit>.
struct AuditScreen: RecordScreen {
    let name = "audit"
    let keyContext = KeyContext.audit
    var filter: String? = "" {
        didSet { pages.show(filter ?? "", AuditEntry.fields) }
    }
    private var pages = RecordPages<AuditEntry, AuditEntry> { $0.id }
    private var entries: [AuditEntry] { pages.rows }
    private var isRead = false
    private var report: AuditReport?
    private var list = TableState<ID<AuditEntry>>()
    var showsDetail = true

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
            isRead = true
            if let before {
                pages.take(board.rows, before: before)
            } else {
                pages.take(newest: board.rows)
            }
        case .auditReport(let report): self.report = report
        default: break
        }
        list.follow(rows.map(\.id), page: page(around), hidden: Set(entries.map(\.id)))
    }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        if let actions = handleDetail(command, around) { return actions }
        guard list.handle(command, rows.map(\.id), page: page(around)) else { return nil }
        list.marks = []
        if list.cursor == rows.last?.id { pages.readOn() }
        return []
    }

    func copyMenu(_ detail: RecordDetail) -> ListMenu {
        let entry = entries.first { $0.id == list.cursor }
        return ListMenu.copy([
            ("y", "row number", entry.map { "\($0.id.number)" } ?? ""),
            ("h", "hash", entry?.hash ?? ""), ("r", "whole row", detail.text),
        ])
    }

    func shownDetail(_ around: Surroundings) -> RecordDetail? {
        entries.first { $0.id == list.cursor }.map { Self.detail($0) }
    }

    // MARK: What is shown

    private var rows: [AuditEntry] { pages.shown }

    func filterFields(_ around: Surroundings) -> [String] { AuditEntry.fields.names }

    func filterProblem(_ around: Surroundings) -> FilterProblem? {
        AuditEntry.fields.problem(of: FilterExpression(filter ?? ""))
    }

    func crumb(_ around: Surroundings) -> Crumb {
        var counts = "\(counted(entries.count, "row")) read"
        if pages.isFiltered { counts = pages.counts }
        return Crumb(path: ["Audit"], counts: counts, order: chainWords)
    }

    /// What the walk along the chain found.
    private var chainWords: String {
        guard let report else { return "chain: checking.." }
        return report.fault.map { "!! chain broken at row \($0.row)" }
            ?? "chain whole: \(counted(report.rows, "row"))"
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        var place = canvas.bounds
        if let fault = report?.fault {
            let parts = place.splitTop(2)
            place = parts.rest
            canvas.text(1, 0, "!! \(fault.headline)", .messageCritical, cells: canvas.columns - 1)
            canvas.text(1, 1, fault.remedy, .messageError, cells: canvas.columns - 1)
        }
        let rows = rows
        guard !rows.isEmpty else {
            let words = isRead && pages.isWhole ? "No rows match." : "Reading the audit.."
            canvas[place].text(1, 0, entries.isEmpty && isRead ? "No rows yet." : words, .textDim)
            return
        }
        let parts = split(place.size)
        let body = canvas[place]
        Self.table.draw(in: body[parts.table], rows: rows.map(Self.row), state: list)
        guard let detail = parts.detail, let entry = rows.first(where: { $0.id == list.cursor })
        else { return }
        Self.detail(entry).draw(in: body[detail])
    }

    private static func row(_ entry: AuditEntry) -> TableRow<ID<AuditEntry>> {
        let isStaff = entry.role == "staff"
        return TableRow(
            entry.id,
            [
                TableCell("\(entry.id.number)", .textDim),
                TableCell(entry.at.shortStamp, short: entry.at.minuteStamp),
                TableCell(entry.actor, isStaff ? .badgeStaff : .text),
                TableCell(isStaff ? "[staff]" : entry.role, isStaff ? .badgeStaff : .textDim),
                TableCell(entry.verb, .kindCommand),
                TableCell(entry.target),
                TableCell(entry.change),
                TableCell(entry.outcome, entry.outcomeRole, short: entry.shortOutcome),
            ])
    }

    private static func detail(_ entry: AuditEntry) -> RecordDetail {
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
        FilterField("row", "id", number: { Double($0.id.number) }) { "\($0.id.number)" },
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
