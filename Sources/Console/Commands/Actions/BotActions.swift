/// Commands that show the fleet and one bot.

import Core
import Store

enum BotActions {
    static let actions: [String: CommandAction] = ["bots": bots, "bot": bot]

    @Sendable static func bots(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let wanted = try context.call.word(.state, as: BotState.self)
        let reader = try context.reader()
        let fleet = try answered { () throws(BoardError) in try reader.fleet() }
        let search = context.call[.search]?.lowercased()
        let rows = fleet.rows.filter { row in
            let matches = search.map { text in
                row.label.lowercased().contains(text) || row.id.description.contains(text)
            }
            return (wanted == nil || row.state == wanted) && matches ?? true
        }
        let past = try history(of: rows, context)
        try context.output.result(json: json(rows, past, fleet.now)) {
            context.output.table(table(rows, fleet.now), none: "No bots.")
                + historyLines(rows, past)
        }
        return .done
    }

    @Sendable static func bot(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let bot = try context.bot(named: context.operand(0))
        let reader = try context.reader()
        let dossier = try answered { () throws(BoardError) in try reader.dossier(of: bot.id) }
        guard let dossier else { throw CommandFailure(Refusal.noSuch(.bot, context.operand(0))) }
        try context.output.result(json: dossier.json) {
            DossierText(dossier: dossier, output: context.output).lines
        }
        return .done
    }

    private static func history(
        of rows: [BotRow], _ context: CommandContext
    ) throws(CommandFailure) -> [ID<Bot>: [Deployment]]? {
        guard context.call.has(.history) else { return nil }
        let reader = try context.reader()
        var past: [ID<Bot>: [Deployment]] = [:]
        for row in rows {
            past[row.id] = try answered { () throws(BoardError) in
                try reader.deployments(of: row.id)
            }
        }
        return past
    }

    private static func json(
        _ rows: [BotRow], _ past: [ID<Bot>: [Deployment]]?, _ now: Instant
    ) -> JSON {
        .list(rows) { row in
            let bot = row.json(now: now)
            guard let past, case .object(let members) = bot else { return bot }
            let own = JSON.list(past[row.id] ?? []) { $0.json }
            return .object(members + [JSON.Member("deployments", own)])
        }
    }

    private static func table(_ rows: [BotRow], _ now: Instant) -> TextTable {
        var table = TextTable([
            .text("bot"), .text("id"), .text("net"), .text("state"), .number("hb"),
            .number("pos"), .number("uPnL"), .number("today"), .number("equity"),
            .text("template"), .text("region"), .text("version"), .text("note"),
        ])
        for row in rows {
            let beat = row.state.isProvisioned ? ValueText.age(row.bot.heartbeatAt, now) : nil
            table.add([
                row.label, row.id.description, row.key?.environment.badge, row.state.title,
                beat, row.openPositions.map { String($0) },
                row.holds ? ValueText.profit(row.unrealised) : nil,
                ValueText.profit(row.realisedToday), ValueText.money(row.equity),
                row.bot.templateName, row.bot.region,
                row.bot.version + (row.isUpdateAvailable ? "!" : ""), note(row, now),
            ])
        }
        return table
    }

    /// What a person should know, the gravest first.
    static func note(_ row: BotRow, _ now: Instant) -> String {
        let notes: [String?] = [
            row.job(now: now)?.words, row.bot.errorText, row.unseen,
            row.bot.killLatchedAt != nil ? "KILL SWITCH" : nil,
            row.lateClock(now: now)?.title, row.bot.missing.map { "UNARMED: no \($0)" },
            row.bot.resumeAt.map { "resumes \($0.clockText)Z" },
            row.state == .sleeping ? row.instance?.wakeAt.map { "wakes \($0.dayClock)" } : nil,
            row.state == .stopped && row.holds ? "POSITIONS UNWATCHED" : nil,
        ]
        return notes.compactMap { $0 }.joined(separator: ", ")
    }

    private static func historyLines(
        _ rows: [BotRow], _ past: [ID<Bot>: [Deployment]]?
    ) -> [String] {
        guard let past else { return [] }
        var table = TextTable([
            .text("bot"), .text("provider"), .text("region"), .text("ipv4"), .text("from"),
            .text("to"),
        ])
        for row in rows {
            for deployment in past[row.id] ?? [] {
                table.add([
                    row.label, deployment.provider, deployment.region, deployment.ipv4,
                    ValueText.time(deployment.startedAt), ValueText.time(deployment.endedAt),
                ])
            }
        }
        return [""] + (table.rows.isEmpty ? ["No past instances."] : table.lines)
    }
}
