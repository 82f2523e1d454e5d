/// What `/` finds among tickets: words and `field:value`, each of them turned round by `!`.
import Core
import Store

/// Which tickets by their state: `t` goes from one to the next.
enum TicketScope: String, CaseIterable, Equatable, Sendable {
    case open, closed, all

    var next: TicketScope {
        switch self {
        case .open: .closed
        case .closed: .all
        case .all: .open
        }
    }

    func contains(_ status: TicketStatus) -> Bool {
        switch self {
        case .open: status != .closed
        case .closed: status == .closed
        case .all: true
        }
    }
}

extension TicketRow {
    /// `status:waiting pri:high bot:grid !by:op1 close-all`.
    func matches(_ filter: FilterExpression, for reader: Operator, now: Instant) -> Bool {
        let words = [
            mark, ticket.id.description, ticket.subject, botLabel ?? "", ticket.openedBy,
        ]
        return filter.matches(words) { field in
            switch field {
            case "status": "\(ticket.status.rawValue) \(ticket.status.words)"
            case "pri", "priority": ticket.priority.rawValue
            case "cat", "category": "\(ticket.category.rawValue) \(ticket.category.title)"
            case "bot": botLabel ?? "none"
            case "by": ticket.openedBy
            case "to": ticket.assignee ?? "nobody"
            case "waits": waits(for: reader, now: now).words
            default: nil
            }
        }
    }
}
