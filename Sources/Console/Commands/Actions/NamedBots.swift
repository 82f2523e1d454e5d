/// Which bots a line of the command line is about, and what became of each.

import Core
import Store

extension CommandContext {
    /// Named bots, or `--all`; never both, never neither.
    func scope() throws(CommandFailure) -> BotScope {
        let names = call.operands
        let verb = call.command?.name ?? "pause"
        if call.has(.all) {
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
    func hasNothing(_ scope: BotScope) -> Bool {
        guard scope == .all, let reader = try? reader() else { return false }
        return (try? reader.hasBots()) == false
    }

    func tellNothing() throws(CommandFailure) -> ExitStatus {
        try output.result(json: []) { ["There are no bots: nothing was to be done."] }
        return .done
    }
}

extension CommandReport {
    /// `[{bot,command_id,outcome,changed}]`. **Source** <doc:CommandLine#Pauses-and-resumes>.
    func list(_ scope: BotScope) -> JSON {
        guard result.isNull else { return result }
        guard command.number > 0 else { return [] }
        let names: [String?] = if case .named(let names) = scope { names } else { [nil] }
        return .list(names) { name in
            [
                "bot": .optional(name), "command_id": .string(command.description),
                "outcome": .string(outcome.rawValue), "changed": .null,
            ]
        }
    }
}
