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
enum TicketOrder: String, RowOrder {
    /// Open first, then by priority, then the longest quiet: the board's own order.
    case queue
    /// The longest quiet first.
    case quiet
    /// The next to close by itself first, those that do not age last.
    case closing
    case newest

    static let menuTitle = "Order of the tickets"

    var title: String {
        switch self {
        case .queue: "queue (priority, then quiet)"
        case .quiet: "longest quiet"
        case .closing: "next to close by itself"
        case .newest: "newest"
        }
    }

    func sorted(
        _ rows: [TicketRow], isDescending isReversed: Bool, _ around: Surroundings
    ) -> [TicketRow] {
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

enum TicketFilter {
    static func fields(_ around: Surroundings) -> FilterFields<TicketRow> {
        let now = around.now
        let reader = around.person
        return FilterFields([
            FilterField("subject") { $0.ticket.subject },
            FilterField("id") { "\($0.mark) \($0.ticket.id)" },
            FilterField("status") { "\($0.ticket.status.rawValue) \($0.ticket.status.words)" },
            FilterField("pri", "priority") { $0.ticket.priority.rawValue },
            FilterField("cat", "category") {
                "\($0.ticket.category.rawValue) \($0.ticket.category.title)"
            },
            FilterField("bot", "label") { $0.botLabel ?? "none" },
            FilterField("by") { $0.ticket.openedBy },
            FilterField("to") { $0.ticket.assignee ?? "nobody" },
            FilterField("waits") { row in
                reader.map { row.waits(for: $0, now: now).words } ?? ""
            },
            FilterField("age") { $0.quiet(now: now).ageText(within: 6) },
            FilterField("msg", "messages", number: { FilterNumber($0.ticket.messageCount) }) {
                "\($0.ticket.messageCount)"
            },
        ])
    }
}
