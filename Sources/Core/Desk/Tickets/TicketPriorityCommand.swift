/// Ticket priority: how soon it has to be looked at.
import Store

public struct TicketPriorityCommand: TicketFieldCommand {
    static let verb = "ticket-priority"
    static let field = "priority"
    static var path: WritableKeyPath<Ticket, TicketPriority> { \.priority }

    public let ticket: String
    public let value: TicketPriority
}

extension Command {
    public static func ticketPriority(_ ticket: String, _ priority: TicketPriority) -> Command {
        Command(TicketPriorityCommand(ticket: ticket, value: priority))
    }
}
