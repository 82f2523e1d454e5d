/// How far a person has read each thread; kept across runs.
import Store

/// Messages are counted, for they are only ever added.
struct SeenMessages: Equatable, Sendable {
    static let name = "seen-tickets"

    private var counts: [ID<Ticket>: Int] = [:]
    /// What was seen is not kept yet.
    private var isFresh = false

    init() {}

    /// Reads what ``text`` wrote; words that are none of its own are passed over.
    init(_ text: String) {
        for word in text.split(separator: " ") {
            let parts = word.split(separator: ":")
            if parts.count == 2, let id = Int64(parts[0]), let count = Int(parts[1]) {
                counts[ID(id)] = count
            }
        }
    }

    /// `12:4 13:2`.
    var text: String {
        counts.sorted { $0.key < $1.key }.map { "\($0.key.number):\($0.value)" }
            .joined(separator: " ")
    }

    /// Messages that the reader has not seen; one's own first message is known.
    func unread(_ ticket: Ticket, reader: String) -> Int {
        let seen = counts[ticket.id] ?? (ticket.openedBy == reader ? 1 : 0)
        return max(0, ticket.messageCount - seen)
    }

    /// The thread is before the reader's eyes.
    mutating func see(_ ticket: Ticket) {
        guard counts[ticket.id] != ticket.messageCount else { return }
        counts[ticket.id] = ticket.messageCount
        isFresh = true
    }

    /// What is to be kept; nil where nothing was seen since the last time.
    mutating func takeFresh() -> String? {
        defer { isFresh = false }
        return isFresh ? text : nil
    }
}
