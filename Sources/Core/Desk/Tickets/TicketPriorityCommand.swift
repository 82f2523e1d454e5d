/// Ticket priority: how soon it has to be looked at.
import Store

public struct TicketPriorityCommand: TicketCommand {
    static let verb = "ticket-priority"

    public let ticket: String
    public let priority: TicketPriority

    var arguments: JSON { ["ticket": .string(ticket), "priority": .string(priority.rawValue)] }

    func change(
        _ ticket: Ticket, at desk: Desk, by person: Operator
    ) throws(Refusal) -> TicketChange {
        try TicketRules.setPriority(ticket, to: priority)
    }

    func words(_ ticket: Ticket) -> String { "priority is now \(ticket.priority.rawValue)" }
}

extension TicketPriorityCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(ticket: try fields.name("ticket"), priority: try fields.word("priority"))
    }
}

extension Command {
    public static func ticketPriority(_ ticket: String, _ priority: TicketPriority) -> Command {
        Command(TicketPriorityCommand(ticket: ticket, priority: priority))
    }
}
