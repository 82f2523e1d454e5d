/// Ticket reopen: there is more to say after all.
import Store

public struct ReopenTicketCommand: TicketCommand {
    static let verb = "ticket-reopen"

    public let ticket: String

    func change(
        _ ticket: Ticket, at desk: Desk, by person: Operator
    ) throws(Refusal) -> TicketChange {
        try TicketRules.reopen(ticket, at: desk.world.now)
    }
}

extension ReopenTicketCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(ticket: try fields.name("ticket"))
    }
}

extension Command {
    public static func ticketReopen(_ ticket: String) -> Command {
        Command(ReopenTicketCommand(ticket: ticket))
    }
}
