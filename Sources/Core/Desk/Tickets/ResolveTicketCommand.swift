/// Ticket resolve: support has answered it for good.
import Store

public struct ResolveTicketCommand: TicketCommand {
    static let verb = "ticket-resolve"

    public let ticket: String

    var isForSupport: Bool { true }

    func change(
        _ ticket: Ticket, at desk: Desk, by person: Operator
    ) throws(Refusal) -> TicketChange {
        try TicketRules.resolve(ticket, at: desk.world.now)
    }
}

extension ResolveTicketCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(ticket: try fields.name("ticket"))
    }
}

extension Command {
    public static func ticketResolve(_ ticket: String) -> Command {
        Command(ResolveTicketCommand(ticket: ticket))
    }
}
