/// Note on a ticket, as people meet it.

import Core
import Store

enum NoteOnTicketAct: Act {
    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            .internalNote, [.character("i")], "internal note", in: context, changes: true,
            rank: 14)
    }

    static let words: CommandSpec? = .ticketText(
        "ticket note", "internal note, for support staff only",
        "plutarc ticket note ticket-4 --message 'known: h2 rate limit'")

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let ticket = context.operand(0)
        let text = try context.text(for: .ticketNote(ticket, message: "")) {
            () throws(CommandFailure) in try TextSource(context: context).text()
        }
        return try context.perform(.ticketNote(ticket, message: text))
    }
}
