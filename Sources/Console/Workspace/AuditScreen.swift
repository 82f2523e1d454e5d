/// The audit: who changed what, when and why, and whether the chain of its rows is whole.
import Core
import Store

/// Newest first; older pages are read when the cursor reaches the end. **Source** PRODUCT 14.
struct AuditScreen: RecordScreen {
    let name = "audit"
    let keyContext = KeyContext.audit
    var filter: String? = ""
    private var entries: [AuditEntry] = []
    private var isRead = false
    private var report: AuditReport?
    private var list = TableState<ID<AuditEntry>>()
    var showsDetail = true
    /// The page that is being read because the cursor came to the end.
    private var older: ID<AuditEntry>?

    private static let table = Table([
        TableColumn(id: "seq", title: "ROW", width: 6, alignment: .right, rank: 5),
        TableColumn(id: "time", title: "TIME (UTC)", width: 15),
        TableColumn(id: "who", title: "WHO", width: 10),
        TableColumn(id: "role", title: "ROLE", width: 12, rank: 6),
        TableColumn(id: "verb", title: "WHAT", width: 15),
        TableColumn(id: "target", title: "TARGET", width: 14, rank: 1, isFlexible: true),
        TableColumn(
            id: "change", title: "BEFORE -> AFTER", width: 18, rank: 3, isFlexible: true),
        TableColumn(id: "outcome", title: "OUTCOME", width: 8),
    ])

    func wants(_ around: Surroundings) -> [BoardRequest] {
        [.audit(before: nil), .auditReport] + (older.map { [.audit(before: $0)] } ?? [])
    }

    mutating func receive(_ board: Board, _ around: Surroundings) {
        switch board {
        case .audit(let before, let board):
            isRead = true
            merge(board.rows)
            if before != nil, before == older { older = nil }
        case .auditReport(let report): self.report = report
        default: break
        }
        list.follow(rows.map(\.id), page: page(around), hidden: Set(entries.map(\.id)))
    }

    /// Rows are never changed, so a row that is known is not read again.
    private mutating func merge(_ fresh: [AuditEntry]) {
        let known = Set(entries.map(\.id))
        let added = fresh.filter { !known.contains($0.id) }
        guard !added.isEmpty else { return }
        entries = (entries + added).sorted { $0.id > $1.id }
    }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        if let actions = handleDetail(command, around) { return actions }
        guard list.handle(command, rows.map(\.id), page: page(around)) else { return nil }
        list.marks = []
        if let last = entries.last, list.cursor == rows.last?.id, last.id.number > 1 {
            older = last.id
        }
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

    private var rows: [AuditEntry] {
        let expression = FilterExpression(filter ?? "")
        return expression.isEmpty ? entries : entries.filter { $0.matches(expression) }
    }

    func crumb(_ around: Surroundings) -> Crumb {
        var counts = "\(entries.count) rows read"
        if let filter, !filter.isEmpty { counts = "\(rows.count) of \(entries.count)" }
        return Crumb(path: ["Audit"], counts: counts, order: chainWords)
    }

    /// What the walk along the chain found.
    private var chainWords: String {
        guard let report else { return "chain: checking.." }
        return report.fault.map { "!! chain broken at row \($0.row)" }
            ?? "chain whole: \(report.rows) rows"
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
            let words = isRead ? "No rows match." : "Reading the audit.."
            canvas[place].text(1, 0, entries.isEmpty && isRead ? "No rows yet." : words, .textDim)
            return
        }
        let parts = RecordDetail.split(place.size, isShown: showsDetail)
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
                TableCell(entry.at.shortStamp),
                TableCell(entry.actor, isStaff ? .badgeStaff : .text),
                TableCell(isStaff ? "[staff]" : entry.role, isStaff ? .badgeStaff : .textDim),
                TableCell(entry.verb, .kindCommand),
                TableCell(entry.target),
                TableCell(entry.change),
                TableCell(entry.outcome, entry.outcomeRole),
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

    fileprivate var outcomeRole: Role {
        switch outcome {
        case "done": .messageOk
        case "refused", "failed": .messageWarn
        default: .text
        }
    }

    /// `who:op1 what:pause outcome:refused !role:staff btc`.
    fileprivate func matches(_ filter: FilterExpression) -> Bool {
        filter.matches([actor, verb, target, reason, "\(id.number)"]) { field in
            switch field {
            case "who", "by": actor
            case "role": role
            case "what", "verb": verb
            case "target", "bot": target
            case "outcome": outcome
            case "reason": reason
            case "from", "tty": session
            default: nil
            }
        }
    }
}

extension Instant {
    /// `03-10 02:14:07Z`: for tables of records.
    var shortStamp: String { "\(dateText.dropFirst(5)) \(clockText)Z" }

    /// Eleven cells: `   02:14:07` of today, `03-09 23:14` of another day.
    func stamp(today now: Instant) -> String {
        dateText == now.dateText
            ? "   \(clockText)" : "\(dateText.dropFirst(5)) \(clockText.prefix(5))"
    }
}
