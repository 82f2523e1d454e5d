/// Reopen a ticket, as people meet it.

import Core
import Store

enum ReopenTicketAct: Act {
    static let words: CommandSpec? = .ticketChange(
        "ticket reopen", "open a closed ticket again", nil, nil)

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try context.perform(.ticketReopen(context.operand(0)))
    }
}
