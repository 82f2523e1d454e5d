/// Ticket category: what it is about.
import Store

public struct TicketCategoryCommand: TicketCommand {
    static let verb = "ticket-category"

    public let ticket: String
    public let category: TicketCategory

    var arguments: JSON { ["ticket": .string(ticket), "category": .string(category.rawValue)] }

    func change(
        _ ticket: Ticket, at desk: Desk, by person: Operator
    ) throws(Refusal) -> TicketChange {
        try TicketRules.setCategory(ticket, to: category)
    }

    func words(_ ticket: Ticket) -> String { "category is now \(ticket.category.rawValue)" }
}

extension TicketCategoryCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(ticket: try fields.name("ticket"), category: try fields.word("category"))
    }
}

extension Command {
    public static func ticketCategory(_ ticket: String, _ category: TicketCategory) -> Command {
        Command(TicketCategoryCommand(ticket: ticket, category: category))
    }
}
