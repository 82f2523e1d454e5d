/// Ticket assign: one of support takes a ticket, or nobody has it any more.
import Store

public struct AssignTicketCommand: TicketCommand {
    static let verb = "ticket-assign"

    public let ticket: String
    /// Nil takes the assignment away.
    public let assignee: String?

    var arguments: JSON { ["ticket": .string(ticket), "assignee": .optional(assignee)] }
    var isForSupport: Bool { true }

    func change(
        _ ticket: Ticket, at desk: Desk, by person: Operator
    ) throws(Refusal) -> TicketChange {
        try TicketRules.assign(ticket, to: assignee, among: desk.operators.supportNames)
    }

    func words(_ ticket: Ticket) -> String { "given to \(assignee ?? "nobody")" }
}

extension AssignTicketCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(
            ticket: try fields.name("ticket"), assignee: try fields.optionalName("assignee"))
    }
}

extension Command {
    public static func ticketAssign(_ ticket: String, assignee: String?) -> Command {
        Command(AssignTicketCommand(ticket: ticket, assignee: assignee))
    }
}
