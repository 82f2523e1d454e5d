/// Close a ticket, as people meet it.

import Core
import Store

enum CloseTicketAct: Act {
    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            .closeTicket, [.character("E")], "close ticket..", in: context,
            needs: .ticketsWrite, changes: true)
    }

    static let words: CommandSpec? = .ticketChange(
        "ticket close", "close a ticket", nil, nil)

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try context.perform(.ticketClose(context.operand(0)))
    }

    /// `E`: closes what is open, opens what is closed; support may also call it resolved.
    static func ask(_ row: TicketRow, _ around: Surroundings) -> [ScreenAction] {
        let id = "\(row.ticket.id)"
        let reopen = question(
            "Open \(row.mark) again?", .ticketReopen(id), "Opening \(row.mark) again", around)
        let close = question(
            "Close \(row.mark)? An answer of its opener opens it again.", .ticketClose(id),
            "Closing \(row.mark)", around)
        switch row.ticket.status {
        case .closed: return [reopen]
        case .resolved:
            return [menu(row, [("c", "close now", close), ("o", "open again", reopen)])]
        default:
            guard around.person?.actsForSupport == true else { return [close] }
            let resolve = question(
                "Call \(row.mark) resolved? It closes after \(TicketAging.closeWords).",
                .ticketResolve(id), "Resolving \(row.mark)", around)
            return [menu(row, [("r", "resolved", resolve), ("c", "close now", close)])]
        }
    }

    private static func menu(
        _ row: TicketRow, _ choices: [(key: Character, label: String, action: ScreenAction)]
    ) -> ScreenAction {
        let leave = ListMenu.Entry(key: nil, label: "leave it as it is", actions: [])
        let entries = choices.map {
            ListMenu.Entry(key: .character($0.key), label: $0.label, actions: [$0.action])
        }
        return .open(
            ListMenu(
                "close-ticket", title: "\(row.mark) \(row.ticket.status.words)",
                [leave] + entries))
    }

    private static func question(
        _ text: String, _ command: Command, _ words: String, _ around: Surroundings
    ) -> ScreenAction {
        .open(LineQuestion(text, around, yes: [.submit(command, words: words)]))
    }
}
