/// Ticket reply: an answer, by its user or by support.
import Store

public struct ReplyToTicketCommand: TicketCommand {
    static let verb = "ticket-reply"

    public let ticket: String
    public let message: String
    /// An owner who acts for support answers as support; staff always do.
    public let asSupport: Bool

    var arguments: JSON {
        [
            "ticket": .string(ticket), "message": .string(message),
            "as_support": .bool(asSupport),
        ]
    }
    var isForSupport: Bool { asSupport }

    func change(
        _ ticket: Ticket, at desk: Desk, by person: Operator
    ) throws(Refusal) -> TicketChange {
        try TicketRules.reply(
            ticket, message: message, asSupport: asSupport, by: person, at: desk.world.now)
    }

    func words(_ ticket: Ticket) -> String { "answered, now \(ticket.status.words)" }
}

extension ReplyToTicketCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(
            ticket: try fields.name("ticket"), message: try fields.body("message"),
            asSupport: try fields.flag("as_support"))
    }
}

extension Command {
    public static func ticketReply(_ ticket: String, message: String, asSupport: Bool) -> Command {
        Command(ReplyToTicketCommand(ticket: ticket, message: message, asSupport: asSupport))
    }
}
