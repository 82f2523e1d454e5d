/// The support queue and one ticket's thread, as far as the reader may see them.

import Store

/// One ticket in the queue.
public struct TicketRow: PageRow {
    public var ticket: Ticket
    public var botLabel: String?
    /// When it closes by itself; nil while it does not age.
    /// **Source** <doc:ProductRules#Aging-of-tickets>.
    public var closesAt: Instant?

    public var id: ID<Ticket> { ticket.id }
    /// Since the last message.
    public func quiet(now: Instant) -> Span { now - ticket.activeAt }
}

public struct SupportBoard: Sendable, Equatable, Codable {
    /// Open ones first, then by priority, then the longest quiet.
    public var page: Page<TicketRow>
    /// To whom a ticket can be given, sorted: ``Operators/supportNames``.
    public var supportNames: [String] = []

    public var now: Instant { page.now }
    public var rows: [TicketRow] {
        get { page.rows }
        set { page.rows = newValue }
    }

    /// - Parameters:
    ///   - status: only tickets with this status; nil for all.
    ///   - mine: only those that this name opened or that are assigned to it.
    static func load(
        _ db: Reading, status: TicketStatus? = nil, mine: String? = nil, _ span: PageSpan<Ticket>
    ) throws(StoreError) -> SupportBoard {
        let names = try BotNames.load(db)
        let queue = try db.tickets(status)
            .filter { ticket in
                mine.map { ticket.openedBy == $0 || ticket.assignee == $0 } ?? true
            }
            .sorted { rank($0) < rank($1) }
        let page = try span.page(now: names.now, id: \.id, at: \.activeAt) {
            last, count throws(StoreError) in
            let behind = try last.flatMap { id throws(StoreError) in try db.ticket(id) }.map(rank)
            return Array(queue.filter { ticket in behind.map { rank(ticket) > $0 } ?? true }
                .prefix(count))
        } _: { ticket in
            TicketRow(
                ticket: ticket, botLabel: names.label(of: ticket.botID),
                closesAt: TicketAging.closes(ticket))
        }
        return SupportBoard(page: page)
    }

    private static func rank(_ ticket: Ticket) -> (Int, Int, Instant, ID<Ticket>) {
        (ticket.status == .closed ? 1 : 0, -ticket.priority.rank, ticket.activeAt, ticket.id)
    }
}

/// One entry of a thread: a message, or a note that only support staff see.
public struct ThreadEntry: Sendable, Equatable, Codable {
    public var author: String
    public var at: Instant
    public var body: String
    public var isStaff: Bool
    /// Never shown to users; has its own frame. **Source** <doc:ProductRules#Internal-notes>.
    public var isInternal: Bool
}

/// A ticket with its thread.
public struct TicketThread: Sendable, Equatable, Codable {
    public var now: Instant
    public var row: TicketRow
    /// Oldest first. Internal notes are among them only when the reader may see them.
    public var entries: [ThreadEntry]
    /// Whether the reader may see internal notes.
    public var showsNotes: Bool

    /// - Parameter showsNotes: whether the reader acts for support.
    /// - Returns: nil when there is no such ticket.
    static func load(
        _ db: Reading, ticket id: ID<Ticket>, showsNotes: Bool
    ) throws(StoreError) -> TicketThread? {
        guard let ticket = try db.ticket(id) else { return nil }
        let names = try BotNames.load(db)
        var entries = try db.messages(of: id).map { message in
            ThreadEntry(
                author: message.author, at: message.at, body: message.body,
                isStaff: message.isStaff, isInternal: false)
        }
        if showsNotes {
            entries += try db.internalNotes(of: id).map { note in
                ThreadEntry(
                    author: note.author, at: note.at, body: note.body, isStaff: true,
                    isInternal: true)
            }
        }
        // Sorting is not stable: equal times keep the order in which they were read.
        let sorted = entries.enumerated().sorted {
            ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
        }
        return TicketThread(
            now: names.now,
            row: TicketRow(
                ticket: ticket, botLabel: names.label(of: ticket.botID),
                closesAt: TicketAging.closes(ticket)),
            entries: sorted.map(\.element), showsNotes: showsNotes)
    }
}
