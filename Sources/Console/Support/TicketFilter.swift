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
    /// For ``RowFilter``: what a word is looked for in, and the fields by name.
    func filterable(for reader: Operator, now: Instant) -> FilterableRow {
        FilterableRow(
            words: [
                mark, ticket.id.description, ticket.subject, botLabel ?? "", ticket.openedBy,
            ],
            fields: [
                "status": [ticket.status.rawValue, ticket.status.words],
                "pri": [ticket.priority.rawValue],
                "cat": [ticket.category.rawValue, ticket.category.title],
                "bot": [botLabel ?? "none"],
                "by": [ticket.openedBy],
                "to": [ticket.assignee ?? "none"],
                "waits": [waits(for: reader, now: now).words],
            ])
    }
}
