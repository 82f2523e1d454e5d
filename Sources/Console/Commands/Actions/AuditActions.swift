/// Commands about the audit chain and the health of the data.

import Core
import Store

enum AuditActions {
    static let actions: [String: CommandAction] = ["audit": audit, "check": check, "sql": sql]

    @Sendable static func audit(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let call = context.call
        guard !call.has(.verify) || !call.has(.export) else {
            throw .usage("--verify and --export exclude each other", remedy: "Keep one of them.")
        }
        if call.has(.verify) { return try verify(context) }
        if let path = call[.export] { return try export(to: path, context) }
        let limit = try call.rowLimit()
        let since = try call.instant(.since, now: try context.clock())
        let reader = try context.reader()
        let board = try answered { () throws(BoardError) in
            try reader.audit(since: since, limit: limit)
        }
        try context.told(json: board.json) {
            context.output.table(table(board.rows), none: "The audit is empty.")
        }
        return .done
    }

    /// With the wall clock of what was done while the world's clock stood elsewhere: at a start,
    /// after a standstill, in a world of another speed.
    private static func table(_ rows: [AuditEntry]) -> TextTable {
        let tellsWall = rows.contains { wall($0) != nil }
        var table = TextTable(
            [.number("seq"), .text("at")] + (tellsWall ? [.text("wall")] : [])
                + ["actor", "role", "verb", "target", "before", "after", "reason", "session"]
                .map { .text($0) } + [.text("outcome"), .text("hash")])
        for row in rows {
            table.add(
                [String(row.id.number), ValueText.time(row.at)]
                    + (tellsWall ? [ValueText.time(wall(row))] : []) + [
                        row.actor, row.role, row.verb, row.target, row.before, row.after,
                        row.reason, row.session, row.outcome, String(row.hash.prefix(12)),
                    ])
        }
        return table
    }

    /// Nil where it tells nothing more: both are within a second in the usual course.
    private static func wall(_ entry: AuditEntry) -> Instant? {
        abs((entry.wallAt - entry.at).milliseconds) < 2000 ? nil : entry.wallAt
    }

    private static func verify(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let reader = try context.reader()
        let report = try answered { () throws(BoardError) in try reader.verifyAudit() }
        try context.output.result(json: report.json) {
            let rows = counted(report.rows, "row")
            guard let fault = report.fault else { return ["\(rows), all intact."] }
            return ["After \(rows): \(fault.headline).", "  \(fault.remedy)"]
        }
        return report.isIntact ? .done : .dataUnusable
    }

    /// One JSON object a line, oldest first, in a new file.
    private static func export(
        to path: String, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let reader = try context.reader()
        // Nothing is said of the file to who may not fill it.
        try answered { () throws(BoardError) in try reader.checkAuditExport() }
        var rows = 0
        try context.create(path) { write throws(CommandFailure) in
            var problem: CommandFailure?
            try answered { () throws(BoardError) in
                try reader.eachAuditEntry { entry in
                    do throws(CommandFailure) {
                        try write(entry.json.description + "\n")
                        rows += 1
                        return true
                    } catch {
                        problem = error
                        return false
                    }
                }
            }
            if let problem { throw problem }
        }
        try context.output.result(json: ["file": .string(path), "rows": .int(rows)]) {
            ["\(counted(rows, "row")) written to \(DisplayText.clean(path))."]
        }
        return .done
    }

    /// Integrity, schema, ledgers and the audit chain.
    /// **Source** <doc:CommandLine#Audit-and-checks>.
    @Sendable static func check(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let reader = try context.reader()
        let damage = try answered { () throws(BoardError) in try reader.problems() }
        let bots =
            damage.isEmpty
            ? try answered { () throws(BoardError) in try reader.botProblems() } : []
        let clock =
            damage.isEmpty
            ? try answered { () throws(BoardError) in try reader.clockProblems() } : []
        let problems = damage + clock + bots
        try context.output.result(
            json: [
                "ok": .bool(problems.isEmpty), "problems": .list(problems) { .string($0) },
                "bots": .list(bots) { .string($0) },
            ]
        ) {
            problems.isEmpty
                ? ["No problems: file, schema, ledgers and audit chain are sound."]
                : problems.map(DisplayText.clean)
        }
        if problems.isEmpty { return .done }
        guard problems == bots else { return .dataUnusable }
        context.output.note(
            "The data is sound, and an engine starts: it puts "
                + "\(counted(bots.count, "bot")) into Error, the others trade on. "
                + context.output.named("What is to be put right: plutarc bot BOT."))
        return .failed
    }

    @Sendable static func sql(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let typed = context.optionalOperand(0) ?? "-"
        let query = typed == "-" ? try TextFile.readStandardInput() : typed
        let reader = try context.reader()
        let found = try answered { () throws(BoardError) in try reader.rows(sql: query) }
        try context.output.result(json: json(found)) {
            var table = TextTable(found.columns.map { .text($0) })
            for row in found.rows { table.add(row) }
            return context.output.table(table, none: "No rows.")
        }
        if found.isCut {
            context.output.note("There are more: cut after \(counted(found.rows.count, "row")).")
        }
        return .done
    }

    /// An array of objects; a value is a string or null.
    private static func json(_ found: QueryRows) -> JSON {
        .list(found.rows) { row in
            .object(zip(found.columns, row).map { JSON.Member($0, .optional($1)) })
        }
    }
}
