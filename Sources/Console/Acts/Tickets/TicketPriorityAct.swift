/// Priority of a ticket, as people meet it.

import Core
import Store

enum TicketPriorityAct: Act {
    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            .priority, [.character("P")], "priority", in: context, needs: .ticketsWrite,
            changes: true, rank: 12)
    }

    static let words: CommandSpec? = .ticketChange(
        "ticket priority", "low, normal, high or urgent", "PRIORITY", "urgent")

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let value = try context.ticketWord(as: TicketPriority.self, of: "PRIORITY")
        return try context.perform(.ticketPriority(context.operand(0), value))
    }

    static func menu(_ row: TicketRow) -> ListMenu {
        let ticket = row.ticket
        let entries = TicketPriority.allCases.reversed().map { priority in
            ListMenu.Entry(
                key: priority.rawValue.first.map { Key.character($0) }, label: priority.rawValue,
                refusal: priority == ticket.priority ? "as it is" : nil,
                actions: [
                    .submit(
                        .ticketPriority("\(ticket.id)", priority),
                        words: "Setting the priority of \(row.mark)")
                ])
        }
        let now = TicketPriority.allCases.count - 1 - ticket.priority.rank
        return ListMenu("priority", title: "Priority of \(row.mark)", entries, cursor: now)
    }
}
