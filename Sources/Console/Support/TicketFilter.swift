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

/// In which order the queue is shown: `s` chooses, `S` reverses.
enum TicketOrder: String, CaseIterable, Equatable, Sendable {
    /// Open first, then by priority, then the longest quiet: the board's own order.
    case queue
    /// The longest quiet first.
    case quiet
    /// The next to close by itself first, those that do not age last.
    case closing
    case newest

    var words: String {
        switch self {
        case .queue: "queue (priority, then quiet)"
        case .quiet: "longest quiet"
        case .closing: "next to close by itself"
        case .newest: "newest"
        }
    }

    func sorted(_ rows: [TicketRow], isReversed: Bool) -> [TicketRow] {
        let never = Instant(milliseconds: .max)
        let result =
            switch self {
            case .queue: rows
            case .quiet:
                rows.sorted {
                    ($0.ticket.activeAt, $0.ticket.id) < ($1.ticket.activeAt, $1.ticket.id)
                }
            case .closing:
                rows.sorted {
                    ($0.closesAt ?? never, $0.ticket.id) < ($1.closesAt ?? never, $1.ticket.id)
                }
            case .newest: rows.sorted { $0.ticket.id > $1.ticket.id }
            }
        return isReversed ? result.reversed() : result
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
