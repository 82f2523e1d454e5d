/// Commands that steer bots: pause, resume, close one position, close everything.

import Core
import Store

enum SteeringActions {
    static let actions: [String: CommandAction] = [
        "pause": pause, "resume": resume, "close": close, "close-all": closeAll,
    ]

    @Sendable static func pause(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let scope = try scope(context)
        if hasNothing(scope, context) { return try tellNothing(context) }
        return try context.perform(
            .pause(scope, reason: context.call[.reason]), document: { list($0, scope) })
    }

    @Sendable static func resume(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let scope = try scope(context)
        if hasNothing(scope, context) { return try tellNothing(context) }
        let command = Command.resume(scope, reason: context.call[.reason])
        try askToResume(scope, command, context)
        return try context.perform(command, document: { list($0, scope) })
    }

    @Sendable static func close(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let position = context.operand(0)
        let preview = Command.previewClose(position: position)
        let confirmation = try context.confirmation(of: preview, orYes: "Close it at market?")
        if context.call.has(.preview) { return try context.perform(preview) }
        return try context.perform(.closePosition(position, confirmation: confirmation))
    }

    @Sendable static func closeAll(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let scope = try scope(context)
        let preview = Command.previewCloseAll(scope)
        let confirmation = try context.confirmation(of: preview, orYes: "Close all at market?")
        if context.call.has(.preview) { return try context.perform(preview) }
        return try context.perform(.closeAll(scope, confirmation: confirmation))
    }

    /// To resume undoes what somebody may have done on purpose: on a terminal that is asked, with
    /// the names; a script that means all of them says so.
    private static func askToResume(
        _ scope: BotScope, _ command: Command, _ context: CommandContext
    ) throws(CommandFailure) {
        guard !context.call.has(.yes), context.mayDo(command), let reader = try? context.reader(),
            let rows = try? reader.fleet().rows, let me = try? context.person().name
        else { return }
        let wanted = rows.filter { row in
            guard case .named(let names) = scope else { return row.bot.isPaused }
            return row.bot.isPaused && names.contains { $0 == row.label || $0 == "\(row.id)" }
        }
        let others = wanted.filter { $0.bot.pausedBy != nil && $0.bot.pausedBy != me }
        guard !others.isEmpty || wanted.count > 1 else { return }
        let list = others.prefix(6).map { "\($0.label) (\($0.bot.pausedBy ?? ""))" }
        let more = others.count > 6 ? " and \(others.count - 6) more" : ""
        let words =
            others.isEmpty
            ? "" : "; others have paused " + list.joined(separator: ", ") + more
        if scope == .all, !others.isEmpty, !context.canAsk {
            throw CommandFailure(
                .refused, "confirmation_missing",
                "\"resume --all\" would also resume what others have paused: "
                    + list.joined(separator: ", ") + more,
                remedy: "Add --yes, or name the bots that are meant.")
        }
        try context.ask("Resume \(counted(wanted.count, "bot"))\(words)?", before: command)
    }

    /// Named bots, or `--all`; never both, never neither.
    static func scope(_ context: CommandContext) throws(CommandFailure) -> BotScope {
        let names = context.call.operands
        let verb = context.call.command?.name ?? "pause"
        if context.call.has(.all) {
            guard names.isEmpty else {
                throw .usage("--all and names of bots exclude each other", remedy: "Keep one.")
            }
            return .all
        }
        guard !names.isEmpty else {
            throw .usage(
                "\"plutarc \(verb)\" needs BOT or --all",
                remedy: "Name bots by id, label or id prefix, or write --all.")
        }
        return .named(names)
    }

    /// All bots of a workspace that has none: no engine is started for that.
    static func hasNothing(_ scope: BotScope, _ context: CommandContext) -> Bool {
        guard scope == .all, let reader = try? context.reader() else { return false }
        return (try? reader.hasBots()) == false
    }

    static func tellNothing(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try context.output.result(json: []) { ["There are no bots: nothing was to be done."] }
        return .done
    }

    /// `[{bot,command_id,outcome,changed}]`. **Source** <doc:CommandLine#Pauses-and-resumes>.
    static func list(_ report: CommandReport, _ scope: BotScope) -> JSON {
        guard report.result.isNull else { return report.result }
        guard report.command.number > 0 else { return [] }
        let names: [String?] = if case .named(let names) = scope { names } else { [nil] }
        return .list(names) { name in
            [
                "bot": .optional(name), "command_id": .string(report.command.description),
                "outcome": .string(report.outcome.rawValue), "changed": .null,
            ]
        }
    }
}
