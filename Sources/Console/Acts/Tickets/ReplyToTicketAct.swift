/// Answer in a ticket, as people meet it.

import Core
import Store

enum ReplyToTicketAct: Act {
    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            .reply, [.character("r")], "reply", in: context, needs: .ticketsWrite,
            changes: true, rank: 10)
    }

    static let words: CommandSpec? = .ticketText(
        "ticket reply", "answer; a user's answer reopens", "plutarc ticket reply ticket-4",
        [.asSupport])

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        func reply(_ text: String) -> Command {
            .ticketReply(
                context.operand(0), message: text, asSupport: context.call.has(.asSupport))
        }
        let text = try context.text(for: reply("")) { () throws(CommandFailure) in
            try TextSource(context: context).text()
        }
        return try context.perform(reply(text))
    }
}
