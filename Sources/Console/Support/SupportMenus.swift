/// The small menus and questions about one ticket: priority, assignment, closing.
import Core
import Store

enum SupportMenus {
    static func priority(_ row: TicketRow) -> ListMenu {
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

    static func assign(_ row: TicketRow, _ names: [String]) -> ListMenu {
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

    /// `E`: closes what is open, opens what is closed; support may also call it resolved.
    static func close(_ row: TicketRow, _ around: Surroundings) -> [ScreenAction] {
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
                "Call \(row.mark) resolved? It closes after 7 quiet days.", .ticketResolve(id),
                "Resolving \(row.mark)", around)
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
