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
    /// Of a request whose sender does not wait: all that was taken, and what was refused at once.
    init(accepted id: ID<CommandRecord>, _ known: JSON) {
        let rows = Self.rows(of: known)
        let taken = rows.isEmpty ? [id] : rows.filter { $0.fault == nil }.map(\.command)
        let names = taken.map(\.description).joined(separator: ", ")
        let worst = rows.compactMap(\.refusal).max { one, other in
            CommandFailure(one).status.rawValue < CommandFailure(other).status.rawValue
        }
        self.init(
            command: id, outcome: taken.isEmpty ? .refused : .queued,
            message: taken.isEmpty
                ? worst?.message ?? ""
                : "\(names) \(taken.count == 1 ? "was" : "were") accepted", error: worst)
        accepted = known
    }

    /// `[{bot,command_id,outcome,changed}]`. **Source** <doc:CommandLine#Pauses-and-resumes>.
    func list(_ scope: BotScope) -> JSON {
        guard result.isNull else { return result }
        let rows = acceptedRows
        guard rows.isEmpty else { return .list(rows) { $0.acceptance } }
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

extension OutcomeRow {
    /// Why it was refused, as the engine says a refusal.
    fileprivate var refusal: WireError? {
        fault.map { WireError(code: $0.code, message: $0.message, remedy: $0.remedy ?? "") }
    }

    /// What is known of it when its sender goes: taken, or refused at once.
    var acceptance: JSON {
        let isTaken = fault == nil
        return [
            "bot": .optional(bot?.description), "target": .string(target),
            "command_id": .string(command.description),
            "outcome": .string(isTaken ? CommandOutcome.queued.rawValue : outcome.rawValue),
            "changed": isTaken ? .null : false, "error": json["error"] ?? .null,
        ]
    }
}
