/// Open a ticket, as people meet it.

import Core
import Store

enum OpenTicketAct: Act {
    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            .newTicket, [.character("N")], "new ticket", in: context, needs: .ticketsWrite,
            changes: true, rank: 11)
    }

    static let palette: PaletteCommand? = PaletteCommand(
        "new", "new-ticket", "ask support from here", .none, .newTicket, key: .newTicket)

    static let words: CommandSpec? = CommandSpec(
        "ticket open", .support, "open a ticket", [.optional("SUBJECT")],
        options: [.subject, .category, .priority, .aboutBot] + Option.text, changes: true,
        details: """
            The text comes from --message, --file, a pipe, or $EDITOR. Categories: \
            bot api_key strategy billing account bug feature other. \
            Priorities: low normal high urgent.
            """,
        examples: [
            CommandExample(
                "plutarc ticket open 'no entries' --bot btc-trend-01 --message 'ADX is 31'",
                "about a bot")
        ])

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let call = context.call
        guard let subject = call[.subject] ?? context.optionalOperand(0) else {
            throw .usage("the ticket has no subject", remedy: "Add --subject TEXT.")
        }
        let category = try call.word(.category, as: TicketCategory.self)
        let priority = try call.word(.priority, as: TicketPriority.self)
        let standard: TicketCategory = call[.aboutBot] == nil ? .other : .bot
        func open(_ text: String) -> Command {
            .ticketOpen(
                subject: subject, message: text, category ?? standard, priority ?? .normal,
                bot: call[.aboutBot])
        }
        let text = try context.text(for: open("")) { () throws(CommandFailure) in
            try TextSource(context: context).text()
        }
        return try context.perform(open(text))
    }
}
