/// Category of a ticket, as people meet it.

import Core
import Store

enum TicketCategoryAct: Act {
    static let words: CommandSpec? = .ticketChange(
        "ticket category", "file it elsewhere", "CATEGORY", "strategy")

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let value = try context.ticketWord(as: TicketCategory.self, of: "CATEGORY")
        return try context.perform(.ticketCategory(context.operand(0), value))
    }
}
