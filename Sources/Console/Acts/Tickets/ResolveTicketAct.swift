/// Resolve a ticket, as people meet it.

import Core
import Store

enum ResolveTicketAct: Act {
    static let words: CommandSpec? = .ticketChange(
        "ticket resolve", "solved; closes after \(TicketAging.closeWords)", nil, nil)

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try context.perform(.ticketResolve(context.operand(0)))
    }
}
