/// How tickets are told on the screen: short words, their roles, who waits, countdowns.
import Core
import Store

extension TicketPriority {
    /// At most six letters, so that the word and not the colour says it.
    var mark: String {
        switch self {
        case .low: "LOW"
        case .normal: "NORMAL"
        case .high: "HIGH"
        case .urgent: "URGENT"
        }
    }

    var role: Role {
        switch self {
        case .low: .priorityLow
        case .normal: .priorityNormal
        case .high: .priorityHigh
        case .urgent: .priorityUrgent
        }
    }
}

extension TicketCategory {
    var title: String { self == .apiKey ? "API key" : rawValue }
}

/// Words with the role they are drawn in.
struct ToldWords: Equatable, Sendable {
    var words: String
    var role: Role

    init(_ words: String, _ role: Role = .text) {
        self.words = words
        self.role = role
    }
}

extension TicketRow {
    /// Within this long of the automatic close the countdown stands in place of who waits.
    static let countdownFrom = Span.days(2)

    /// `#12`: how people name a ticket.
    var mark: String { "#\(ticket.id.number)" }

    /// Who has to act next, or how soon it closes by itself.
    /// **Source** <doc:ProductRules#Aging-of-tickets>.
    func waits(for reader: Operator, now: Instant) -> ToldWords {
        if let closesAt = countdown(now: now), closesAt <= Self.countdownFrom {
            return ToldWords("closes in \(closesAt.ageText)", .ageLate)
        }
        switch ticket.status {
        case .closed: return ToldWords("closed", .textDim)
        case .resolved: return ToldWords("resolved", .textDim)
        case .waitingOnUser where ticket.openedBy == reader.name:
            return ToldWords("waiting you", .textStrong)
        case .waitingOnUser: return ToldWords("waiting customer")
        case .open, .inProgress:
            let isReaders =
                reader.actsForSupport
                && (ticket.assignee == reader.name || ticket.assignee == nil)
            return isReaders
                ? ToldWords("waiting you", .textStrong) : ToldWords("waiting staff")
        }
    }

    /// Time left until the automatic close; nil while the ticket does not age.
    func countdown(now: Instant) -> Span? {
        guard let closesAt else { return nil }
        return closesAt > now ? closesAt - now : .seconds(0)
    }

    /// The row as one line of text.
    func plainText(_ around: Surroundings) -> String {
        let now = around.now
        return [
            mark, ticket.priority.mark, ticket.subject,
            around.person.map { waits(for: $0, now: now).words } ?? "", age(now: now),
            counted(ticket.messageCount, "message"), ticket.category.title, ticket.openedBy,
            botLabel ?? "",
        ].filter { !$0.isEmpty }.joined(separator: "  ")
    }

    /// Since something happened that counts as activity: `6m`.
    func age(now: Instant) -> String { quiet(now: now).ageText }
}
