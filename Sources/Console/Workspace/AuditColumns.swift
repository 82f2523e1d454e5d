/// A row of the audit: its columns, its details, its words.
import Core
import Store

extension AuditEntry {
    /// What was done to what, and what became of it, stay at every width; then when and by whom.
    static let columns: [ListColumn<AuditEntry>] = [
        ListColumn(
            TableColumn(id: "seq", title: "ROW", width: 6, alignment: .right, rank: 5),
            "row", "id", number: { FilterNumber($0.id.number) }
        ) { entry, _ in TableCell("\(entry.id.number)", .textDim) },
        ListColumn(
            TableColumn(id: "time", title: "TIME (UTC)", width: 11, rank: -3, longest: 15),
            "time", "at"
        ) { entry, _ in TableCell(entry.at.shortStamp, short: entry.at.minuteStamp) },
        ListColumn(
            TableColumn(id: "who", title: "WHO", width: 6, rank: -2, longest: 16), "who", "by"
        ) { entry, _ in TableCell(entry.actor, entry.isStaff ? .badgeStaff : .text) },
        ListColumn(TableColumn(id: "role", title: "ROLE", width: 12, rank: 6), "role") {
            entry, _ in
            TableCell(
                entry.isStaff ? "[staff]" : entry.role, entry.isStaff ? .badgeStaff : .textDim)
        },
        ListColumn(
            TableColumn(id: "verb", title: "WHAT", width: 8, rank: -6, longest: 15),
            "what", "verb"
        ) { entry, _ in TableCell(entry.verb, .kindCommand) },
        ListColumn(
            TableColumn(id: "target", title: "TARGET", width: 8, rank: -5, longest: 20),
            "target", "bot"
        ) { entry, _ in TableCell(entry.target) },
        ListColumn(
            TableColumn(
                id: "change", title: "BEFORE -> AFTER", width: 18, rank: 3, isFlexible: true),
            "change"
        ) { entry, _ in TableCell(entry.change) },
        ListColumn(
            TableColumn(id: "outcome", title: "OUTCOME", width: 7, rank: -4), "outcome", "status"
        ) { entry, _ in TableCell(entry.outcome, entry.outcomeRole, short: entry.shortOutcome) },
    ]

    static let details: [FilterField<AuditEntry>] = [
        FilterField("reason") { $0.reason },
        FilterField("from", "tty") { $0.session },
    ]

    var detail: RecordDetail {
        let badge = isStaff ? " [Plutarc staff]" : " (\(role))"
        return RecordDetail(
            title: "row \(id.number)",
            fields: [
                RecordDetail.Field("who", actor + badge + ", uid \(uid)"),
                RecordDetail.Field("what", "\(verb) \(target)"),
                RecordDetail.Field("change", change),
                RecordDetail.Field("reason", reason),
                RecordDetail.Field("outcome", outcome, outcomeRole),
                RecordDetail.Field("engine", "\(at)"),
                RecordDetail.Field("wall clock", "\(wallAt)", .textDim),
                RecordDetail.Field("from", session, .textDim),
                RecordDetail.Field("workspace", workspace, .textDim),
                RecordDetail.Field("hash", hash, .textDim),
            ])
    }

    private var isStaff: Bool { role == "staff" }

    /// `online -> paused`; one value alone where the other is empty.
    private var change: String {
        if before.isEmpty || before == after { return after }
        return "\(before) -> \(after.isEmpty ? "none" : after)"
    }

    /// In seven cells; nil where the word has no more.
    private var shortOutcome: String? { outcome == "unchanged" ? "no-op" : nil }

    private var outcomeRole: Role {
        switch outcome {
        case "done": .messageOk
        case "refused", "failed": .messageWarn
        default: .text
        }
    }
}
