/// Commands that show support tickets.

import Core
import Store

enum TicketActions {
    static let actions: [String: CommandAction] = [
        "tickets": tickets, "ticket show": show,
    ]

    @Sendable static func tickets(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let status = try context.call.word(.status, as: TicketStatus.self)
        let reader = try context.reader()
        let mine = context.call.has(.mine)
        let board = try answered { () throws(BoardError) in
            try reader.tickets(status: status, mine: mine)
        }
        try context.told(json: board.json) {
            context.output.table(table(board), none: "No tickets.")
        }
        return .done
    }

    private static func table(_ board: SupportBoard) -> TextTable {
        var table = TextTable([
            .text("id"), .text("priority"), .text("category"), .text("status"), .number("quiet"),
            .text("closes"), .text("by"), .text("assigned"), .text("bot"), .number("msgs"),
            .text("subject"),
        ])
        for row in board.rows {
            let ticket = row.ticket
            table.add([
                ticket.id.description, ticket.priority.rawValue, ticket.category.rawValue,
                ticket.status.rawValue, row.quiet(now: board.now).ageText,
                row.closesAt.map { $0.dateText }, ticket.openedBy, ticket.assignee, row.botLabel,
                String(ticket.messageCount), ticket.subject,
            ])
        }
        return table
    }

    @Sendable static func show(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let name = context.operand(0)
        let reader = try context.reader()
        let found = try answered { () throws(BoardError) in try reader.findTicket(name) }
        let ticket = try permitted { () throws(Refusal) in
            try found.required(.ticket, name) { "\($0.id) \($0.subject)" }
        }
        let thread = try answered { () throws(BoardError) in
            try reader.thread(of: ticket.id)
        }
        guard let thread else { throw CommandFailure(Refusal.noSuch(.ticket, name)) }
        try context.told(json: thread.json) { lines(thread, context.output) }
        return .done
    }

    private static func lines(_ thread: TicketThread, _ output: Output) -> [String] {
        let ticket = thread.row.ticket
        let closes = thread.row.closesAt.map { ", closes by itself \($0.dateText)" } ?? ""
        var lines = [
            output.heading("\(ticket.id)  \(DisplayText.clean(ticket.subject))"),
            DisplayText.clean(
                "\(ticket.priority.rawValue), \(ticket.category.rawValue), "
                    + "\(ticket.status.rawValue)\(closes), opened by \(ticket.openedBy)"
                    + (thread.row.botLabel.map { ", bot \($0)" } ?? "")
                    + (ticket.assignee.map { ", assigned to \($0)" } ?? "")),
        ]
        for entry in thread.entries {
            let frame = entry.isInternal ? "INTERNAL NOTE  " : entry.isStaff ? "support  " : ""
            let at = ValueText.time(entry.at) ?? ""
            lines += ["", DisplayText.clean("\(frame)\(entry.author)  \(at)")]
            lines += entry.body.split(separator: "\n", omittingEmptySubsequences: false).map {
                "  " + DisplayText.clean(String($0))
            }
        }
        return lines
    }
}
