/// Why a ticket cannot be opened, answered or changed.

import Store

/// **Source** <doc:ProductRules#Tickets>.
public enum TicketRefusal: Error, Sendable, Equatable, Codable {
    case closed(ID<Ticket>)
    case textMissing(field: String)
    case textTooLong(field: String, limit: Int, found: Int, unit: String)
    /// A subject is one line.
    case subjectLines

    public var code: String {
        switch self {
        case .closed: "ticket_closed"
        case .textMissing: "text_missing"
        case .textTooLong: "text_too_long"
        case .subjectLines: "bad_subject"
        }
    }

    public var headline: String {
        switch self {
        case .closed(let id): "\(id) is closed"
        case .textMissing(let field): "the \(field) is empty"
        case .textTooLong(let field, let limit, let found, let unit):
            "the \(field) has \(found) \(unit), \(limit) are allowed"
        case .subjectLines: "the subject has more than one line, or control characters"
        }
    }

    public var remedy: String {
        switch self {
        case .closed(let id): "Open it again first: plutarc ticket reopen \(id)."
        case .textMissing(let field): "Write the \(field); for a message use --message or --file."
        case .textTooLong: "Shorten it, or send the rest in another message."
        case .subjectLines: "Write one line; the rest belongs in the message."
        }
    }
}

extension TicketStatus {
    /// `waiting on user`.
    public var words: String {
        switch self {
        case .open: "open"
        case .inProgress: "in progress"
        case .waitingOnUser: "waiting on user"
        case .resolved: "resolved"
        case .closed: "closed"
        }
    }
}
