/// Ticket close: nothing more is to be done.
import Store

public struct CloseTicketCommand: TicketCommand {
    static let verb = "ticket-close"

    public let ticket: String

    func change(
        _ ticket: Ticket, at desk: Desk, by person: Operator
    ) throws(Refusal) -> TicketChange {
        try TicketRules.close(ticket, at: desk.world.now)
    }
}

extension CloseTicketCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(ticket: try fields.name("ticket"))
    }
}

extension Command {
    public static func ticketClose(_ ticket: String) -> Command {
        Command(CloseTicketCommand(ticket: ticket))
    }
}
