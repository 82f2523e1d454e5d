/// Commands that show what happened: events, commands, alerts.

import Core
import Store

enum RecordActions {
    static let actions: [String: CommandAction] = [
        "events": events, "commands": commands, "alerts": alerts,
    ]

    @Sendable static func events(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let follows = context.call.has(.follow)
        let limit = try context.call.rowLimit(standard: follows ? 10 : 100)
        let since = try context.call.instant(.since, now: try context.clock())
        let bot = try context.botOption()
        if follows { return try follow(context, bot, since, limit) }
        let reader = try context.reader()
        let board = try answered { () throws(BoardError) in
            try reader.events(of: bot?.id, since: since, limit: limit)
        }
        try context.told(json: board.json) {
            board.rows.isEmpty ? ["No events."] : board.rows.reversed().map(EventText.line)
        }
        return .done
    }

    /// Prints what is there, then what comes, until nobody reads or a signal ends it.
    private static func follow(
        _ context: CommandContext, _ bot: Bot?, _ since: Instant?, _ limit: Int
    ) throws(CommandFailure) -> ExitStatus {
        let reader = try context.reader()
        // Read before the rows: a commit between the two is seen at the next look.
        var version = try reported { () throws(StoreError) in try reader.version() }
        var last = try answered { () throws(BoardError) in try reader.lastEventID() }
        let first = try answered { () throws(BoardError) in
            try reader.events(of: bot?.id, since: since, limit: limit)
        }
        if let words = try context.sight().words { context.output.note(words) }
        try show(first.rows, context)
        last = max(last, first.rows.first?.activity.id ?? last)
        while true {
            Poller.pause(.milliseconds(100))
            let now = try reported { () throws(StoreError) in try reader.version() }
            guard now != version else { continue }
            version = now
            let news = try answered { () throws(BoardError) in
                try reader.events(after: last, of: bot?.id)
            }
            try show(news.rows, context)
            last = news.rows.first?.activity.id ?? last
        }
    }

    private static func show(
        _ rows: [EventRow], _ context: CommandContext
    ) throws(CommandFailure) {
        for row in rows.reversed() {
            try context.output.result(json: row.json) { [EventText.line(row)] }
        }
    }

    @Sendable static func commands(
        _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let limit = try context.call.rowLimit()
        let bot = try context.botOption()
        let reader = try context.reader()
        let board = try answered { () throws(BoardError) in
            try reader.commands(of: bot?.id, limit: limit)
        }
        try context.told(json: board.json) {
            context.output.table(table(board.rows), none: "No commands.")
        }
        return .done
    }

    private static func table(_ rows: [CommandRow]) -> TextTable {
        var table = TextTable([
            .text("at"), .text("id"), .text("verb"), .text("target"), .text("actor"),
            .text("role"), .text("outcome"), .number("took"), .text("reason"), .text("message"),
        ])
        for row in rows {
            let record = row.record
            table.add([
                ValueText.time(row.knownAt), record.id.description, record.verb, record.target,
                record.actor, record.isStaff ? "[Plutarc staff]" : record.role,
                record.outcome.rawValue, row.took.map { "\($0.milliseconds)ms" }, record.reason,
                record.message,
            ])
        }
        return table
    }

    @Sendable static func alerts(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let reader = try context.reader()
        let board = try answered { () throws(BoardError) in try reader.alerts() }
        try context.told(json: board.json) {
            board.rows.isEmpty ? ["No alerts."] : board.rows.map(EventText.line)
        }
        return .done
    }
}

/// Events and alerts, one line each.
enum EventText {
    static func line(_ row: EventRow) -> String {
        let entry = row.activity
        let severity = entry.severity == .info ? "" : " \(entry.severity.rawValue.uppercased())"
        let author = [entry.actor].filter { $0 != "bot" }.map { "  [\($0)]" }.joined()
        return DisplayText.clean(
            "\(ValueText.time(entry.at) ?? "-")  \(row.botLabel ?? "fleet")  "
                + "\(entry.kind.rawValue) \(entry.what)\(severity)  \(entry.detail)\(author)")
    }

    static func line(_ row: AlertRow) -> String {
        let notice = row.notice
        return DisplayText.clean(
            "\(ValueText.time(notice.at) ?? "-")  \(notice.id)  "
                + "\(notice.severity.rawValue.uppercased())  \(row.botLabel ?? "fleet")  "
                + "\(notice.kind)  \(notice.message)")
    }
}
