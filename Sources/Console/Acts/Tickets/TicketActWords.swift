/// What acts on tickets have in common on the command line.

import Core
import Store

extension CommandSpec {
    /// Of an act that writes a text.
    static func ticketText(
        _ name: String, _ summary: String, _ line: String, _ options: [Option] = []
    ) -> CommandSpec {
        CommandSpec(
            name, .support, summary, [.one("TICKET")], options: options + Option.text,
            changes: true,
            details: "The text comes from --message, --file, a pipe, or $EDITOR.",
            examples: [CommandExample(line, "the text as above")])
    }

    /// Of an act that changes where a ticket stands.
    static func ticketChange(
        _ name: String, _ summary: String, _ operand: String?, _ value: String?
    ) -> CommandSpec {
        let second = operand.map { [Operand.one($0)] } ?? []
        let line = ["plutarc", name, "ticket-4"] + (value.map { [$0] } ?? [])
        return CommandSpec(
            name, .support, summary, [.one("TICKET")] + second, changes: true,
            examples: [CommandExample(line.joined(separator: " "), summary)])
    }
}

extension CommandContext {
    /// Who may not write tickets hears that before anything is said of the word.
    func ticketWord<Word: RawRepresentable & CaseIterable>(
        as type: Word.Type, of place: String
    ) throws(CommandFailure) -> Word where Word.RawValue == String {
        do throws(CommandFailure) {
            return try Invocation.word(operand(1), as: type, of: place)
        } catch {
            let person = try person()
            let act = call.command?.name ?? ""
            try permitted { () throws(Refusal) in
                try Gate.check(.ticketsWrite, for: person, act: act)
            }
            throw error
        }
    }
}
