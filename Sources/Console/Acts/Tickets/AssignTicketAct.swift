/// Assign a ticket, as people meet it.

import Core
import Store

enum AssignTicketAct: Act {
    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            .assign, [.character("A")], "assign..", in: context, needs: .ticketsWrite,
            changes: true, rank: 13)
    }

    static let words: CommandSpec? = .ticketChange(
        "ticket assign", "give a ticket to somebody", "MEMBER", "ana")

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        // `-` takes the assignment away.
        let name = context.operand(1)
        return try context.perform(
            .ticketAssign(context.operand(0), assignee: name == "-" ? nil : name))
    }

    static func menu(_ row: TicketRow, _ names: [String]) -> ListMenu {
        let ticket = row.ticket
        let people = names.map { name in
            entry(row, name, to: name, isNow: ticket.assignee == name)
        }
        let nobody = entry(row, "nobody", to: nil, isNow: ticket.assignee == nil)
        return ListMenu("assign", title: "Assign \(row.mark) to", people + [nobody])
    }

    private static func entry(
        _ row: TicketRow, _ label: String, to assignee: String?, isNow: Bool
    ) -> ListMenu.Entry {
        ListMenu.Entry(
            key: nil, label: label, refusal: isNow ? "as it is" : nil,
            actions: [
                .submit(
                    .ticketAssign("\(row.ticket.id)", assignee: assignee),
                    words: "Assigning \(row.mark)")
            ])
    }
}
