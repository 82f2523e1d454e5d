/// Commands that steer bots: pause, resume, close one position, close everything.

import Core
import Store

enum SteeringActions {
    static let actions: [String: CommandAction] = [
        "pause": pause, "resume": resume, "close": close, "close-all": closeAll,
    ]

    @Sendable static func pause(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let scope = try scope(context)
        return try context.perform(
            .pause(scope, reason: context.call[.reason]), document: { list($0, scope) })
    }

    @Sendable static func resume(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let scope = try scope(context)
        return try context.perform(
            .resume(scope, reason: context.call[.reason]), document: { list($0, scope) })
    }

    @Sendable static func close(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let position = context.operand(0)
        let confirmation = try context.confirmation()
        if context.call.has(.preview) {
            return try context.perform(.previewClose(position: position))
        }
        return try context.perform(.closePosition(position, confirmation: confirmation))
    }

    @Sendable static func closeAll(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let scope = try scope(context)
        let confirmation = try context.confirmation()
        if context.call.has(.preview) { return try context.perform(.previewCloseAll(scope)) }
        return try context.perform(.closeAll(scope, confirmation: confirmation))
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

    /// `[{bot,command_id,outcome}]`. **Source** CLI, `pause`.
    static func list(_ report: CommandReport, _ scope: BotScope) -> JSON {
        guard report.result.isNull else { return report.result }
        let names: [String?] = if case .named(let names) = scope { names } else { [nil] }
        return .list(names) { name in
            [
                "bot": .optional(name), "command_id": .string(report.command.description),
                "outcome": .string(report.outcome.rawValue),
            ]
        }
    }
}

extension CommandContext {
    /// What `--confirm` or `--confirm-label` say; with `--preview` nothing is confirmed.
    func confirmation() throws(CommandFailure) -> Confirmation? {
        let given = [Option.preview, .confirm, .confirmLabel].filter(call.has)
        guard given.count < 2 else {
            let names = given.map { "--\($0.name)" }.joined(separator: " and ")
            throw .usage("\(names) exclude each other", remedy: "Keep one of them.")
        }
        if let token = call[.confirm] { return .token(token) }
        return call[.confirmLabel].map { .label($0) }
    }
}
