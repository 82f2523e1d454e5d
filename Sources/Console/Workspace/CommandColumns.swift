/// A command of the history: its columns, its details, its words.
import Core
import Store

extension CommandRow {
    /// What was asked of what, and what became of it, stay at every width; then when and by whom.
    static let columns: [ListColumn<CommandRow>] = [
        ListColumn(
            TableColumn(id: "time", title: "TIME (UTC)", width: 11, rank: -3, longest: 15),
            "time", "at"
        ) { row, _ in
            guard let at = row.knownAt else { return TableCell("-") }
            return TableCell(at.shortStamp, short: at.minuteStamp)
        },
        ListColumn(
            TableColumn(id: "verb", title: "COMMAND", width: 8, rank: -6, longest: 15),
            "what", "verb"
        ) { row, _ in TableCell(row.record.verb, .kindCommand) },
        ListColumn(
            TableColumn(id: "target", title: "TARGET", width: 8, rank: -5, longest: 20),
            "bot", "target"
        ) { row, _ in TableCell(row.target) },
        ListColumn(
            TableColumn(id: "who", title: "WHO", width: 6, rank: -2, longest: 16), "who", "by"
        ) { row, _ in
            let record = row.record
            return record.isStaff
                ? TableCell("[staff] \(record.actor)", .badgeStaff) : TableCell(record.actor)
        },
        ListColumn(
            TableColumn(id: "outcome", title: "OUTCOME", width: 7, rank: -4), "outcome", "status"
        ) { row, _ in TableCell(row.record.outcome.rawValue, row.record.outcome.role) },
        ListColumn(
            TableColumn(id: "took", title: "TOOK", width: 6, alignment: .right, rank: 3), "took",
            text: { $0.took.map(Figures.fineAge) ?? "" }
        ) { row, around in
            TableCell(
                row.timeTaken(around.now), row.record.outcome.isFinal ? .text : .messageInfo)
        },
        ListColumn(
            TableColumn(id: "message", title: "RESULT", width: 24, rank: 4, isFlexible: true),
            "result", text: { "\($0.record.message) \($0.record.remedy ?? "")" }
        ) { row, _ in TableCell(row.record.message) },
    ]

    static let details: [FilterField<CommandRow>] = [
        FilterField("staff") { $0.record.isStaff ? "yes [staff]" : "no" },
        FilterField("reason") { $0.record.reason ?? "" },
        FilterField("id") { $0.record.id.description },
        FilterField("key") { $0.record.idempotencyKey },
    ]

    var target: String { botLabel ?? record.target }

    /// How long it took, or has been going on.
    fileprivate func timeTaken(_ now: Instant) -> String {
        // One that is queued goes on where the world stands.
        let goesOn = isTimed || record.outcome == .queued
        return (took ?? (goesOn ? knownAt.map { now - $0 } : nil)).map(Figures.fineAge) ?? "-"
    }

    func detail(_ around: Surroundings) -> RecordDetail {
        let now = around.now
        let badge = record.isStaff ? " [Plutarc staff]" : " (\(record.role))"
        let expiry = record.expiresAt.flatMap { at -> String? in
            guard record.outcome == .queued, at > now else { return nil }
            return "expires in \((at - now).ageText)"
        }
        return RecordDetail(
            title: "\(record.id)  \(record.verb)",
            fields: [
                RecordDetail.Field("who", record.actor + badge),
                RecordDetail.Field("target", target),
                RecordDetail.Field("reason", record.reason ?? ""),
                RecordDetail.Field("outcome", record.outcome.rawValue, record.outcome.role),
                RecordDetail.Field("result", record.message),
                RecordDetail.Field("remedy", KeyRemedy.words(record.remedy ?? ""), .messageInfo),
                RecordDetail.Field("took", timeTaken(now)),
                RecordDetail.Field("waits", expiry ?? "", .ageLate),
                RecordDetail.Field(
                    "asked", knownAt.map(\.description) ?? "nobody knows when: during a start",
                    .textDim),
                RecordDetail.Field("key", record.idempotencyKey, .textDim),
            ])
    }
}

extension CommandOutcome {
    /// The word stands beside it, so that colour is not needed.
    var role: Role {
        switch self {
        case .queued, .running: .messageInfo
        case .done: .messageOk
        case .refused, .expired, .unknown: .messageWarn
        case .failed: .messageError
        }
    }
}
