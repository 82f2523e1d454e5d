/// Commands that show the fleet and one bot.

import Core
import Store

enum BotActions {
    static let actions: [String: CommandAction] = ["bots": bots, "bot": bot]

    @Sendable static func bots(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let wanted = try context.call.word(.state, as: BotState.self)
        let reader = try context.reader()
        let fleet = try answered { () throws(BoardError) in try reader.fleet() }
        let sight = try context.sight()
        let passes = try filter(context.call[.search], fleet, sight)
        let rows = fleet.rows.filter { (wanted == nil || $0.state == wanted) && passes($0) }
        let past = try history(of: rows, context)
        try context.output.result(json: json(rows, past, fleet.now, sight)) {
            context.output.table(
                table(rows, fleet.now, sight),
                none: fleet.rows.isEmpty ? "No bots." : "No bot matches.")
                + historyLines(rows, past) + stopLines(fleet) + sight.lines
        }
        return .done
    }

    /// A bot that is online may open nothing all the same.
    private static func stopLines(_ fleet: FleetBoard) -> [String] {
        fleet.entriesStopped.map { ["", "No position is opened: \($0)"] } ?? []
    }

    /// As the console filters its list. A mistake never reads as "no bots".
    private static func filter(
        _ text: String?, _ fleet: FleetBoard, _ sight: FleetSight
    ) throws(CommandFailure) -> (BotRow) -> Bool {
        guard let text else { return { _ in true } }
        let expression = FilterExpression(text)
        let fields = FleetFilter.fields(of: fleet, isSeen: sight.isSeen)
        if let problem = fields.problem(of: expression) {
            throw .usage("--search: \(problem.headline)", remedy: problem.remedy)
        }
        return { fields.matches($0, expression) }
    }

    @Sendable static func bot(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let bot = try context.bot(named: context.operand(0))
        let reader = try context.reader()
        let dossier = try answered { () throws(BoardError) in try reader.dossier(of: bot.id) }
        guard let dossier else { throw CommandFailure(Refusal.noSuch(.bot, context.operand(0))) }
        let sight = try context.sight()
        let json = dossier.json.adding("state_known", .bool(sight.knows(dossier.row)))
        try context.output.result(json: json) {
            DossierText(dossier: dossier, output: context.output, sight: sight).lines + sight.lines
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
        _ rows: [BotRow], _ past: [ID<Bot>: [Deployment]]?, _ now: Instant, _ sight: FleetSight
    ) -> JSON {
        .list(rows) { row in
            let bot = row.json(now: now).adding("state_known", .bool(sight.knows(row)))
            guard let past else { return bot }
            return bot.adding("deployments", .list(past[row.id] ?? []) { $0.json })
        }
    }

    private static func table(
        _ rows: [BotRow], _ now: Instant, _ sight: FleetSight
    ) -> TextTable {
        var table = TextTable([
            .text("bot"), .text("id"), .text("net"), .text("state"), .number("hb"),
            .number("pos"), .number("uPnL"), .number("today"), .number("equity"),
            .text("template"), .text("region"), .text("version"), .text("note"),
        ])
        for row in rows {
            let beat = row.state.isProvisioned ? sight.age(of: row.bot.heartbeatAt, now) : nil
            table.add([
                row.label, row.id.description, row.environment.badge,
                sight.knows(row) ? row.state.title : "unknown",
                beat, row.openPositions.map { String($0) },
                row.holds ? ValueText.profit(row.unrealised).map { $0 + sight.mark } : nil,
                ValueText.profit(row.pnlToday).map { $0 + sight.mark },
                ValueText.money(row.equity).map { $0 + sight.mark },
                row.bot.templateName, row.bot.region,
                row.bot.version + (row.isUpdateAvailable ? "!" : ""),
                note(row, now, isKnown: sight.knows(row)),
            ])
        }
        return table
    }

    /// The cause in the word that screens use, and what more there is to say of it.
    static func note(_ row: BotRow, _ now: Instant, isKnown: Bool) -> String {
        guard isKnown else { return "was \(row.state.title)" }
        var notes = row.causes(now: now).map(\.text)
        if let unseen = row.unseen { notes[0] = unseen }
        return notes.joined(separator: ", ")
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
