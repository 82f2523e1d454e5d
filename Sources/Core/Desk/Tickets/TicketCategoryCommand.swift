/// Ticket category: what it is about.
import Store

public struct TicketCategoryCommand: TicketFieldCommand {
    static let verb = "ticket-category"
    static let field = "category"
    static var path: WritableKeyPath<Ticket, TicketCategory> { \.category }

    public let ticket: String
    public let value: TicketCategory
}

extension Command {
    public static func ticketCategory(_ ticket: String, _ category: TicketCategory) -> Command {
        Command(TicketCategoryCommand(ticket: ticket, value: category))
    }
}
