/// Reading and saving tickets, their messages, and the notes that only staff may read.

extension Ticket: Stored {
    static let table = RecordTable(
        "tickets", key: ["id"],
        columns: [
            "id", "subject", "category", "priority", "status", "opened_by", "bot_id", "assignee",
            "opened_at", "active_at", "closed_at", "warned_at", "snapshot",
        ])

    func put(into row: Statement) {
        row.put(id.orNext)
        row.put(subject)
        row.put(category)
        row.put(priority)
        row.put(status)
        row.put(openedBy)
        row.put(botID)
        row.put(assignee)
        row.put(openedAt)
        row.put(activeAt)
        row.put(closedAt)
        row.put(warnedAt)
        row.put(snapshot)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            id: row.take(), subject: row.take(), category: row.take(), priority: row.take(),
            status: row.take(), openedBy: row.take(), botID: row.take(), assignee: row.take(),
            openedAt: row.take(), activeAt: row.take(), closedAt: row.take(),
            warnedAt: row.take(), snapshot: row.take(), messageCount: row.take())
    }
}

extension TicketMessage: Stored {
    static let table = RecordTable(
        "ticket_messages", key: ["id"],
        columns: [
            "id", "ticket_id", "author", "is_staff", "at", "body",
        ])

    func put(into row: Statement) {
        row.put(id.orNext)
        row.put(ticketID)
        row.put(author)
        row.put(isStaff)
        row.put(at)
        row.put(body)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            id: row.take(), ticketID: row.take(), author: row.take(), isStaff: row.take(),
            at: row.take(), body: row.take())
    }
}

extension InternalNote: Stored {
    static let table = RecordTable(
        "internal_notes", key: ["id"],
        columns: [
            "id", "ticket_id", "author", "at", "body",
        ])

    func put(into row: Statement) {
        row.put(id.orNext)
        row.put(ticketID)
        row.put(author)
        row.put(at)
        row.put(body)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            id: row.take(), ticketID: row.take(), author: row.take(), at: row.take(),
            body: row.take())
    }
}

private enum Queries {
    static let byID = select("WHERE id = ?1")
    static let all = select("ORDER BY active_at DESC, id DESC")
    static let byStatus = select("WHERE status = ?1 ORDER BY active_at DESC, id DESC")
    static let unclosed = select("WHERE status <> 'closed' ORDER BY active_at DESC, id DESC")
    static let ofBot = select("WHERE bot_id = ?1 ORDER BY active_at DESC, id DESC")
    static let count = Query("SELECT count(*) FROM tickets WHERE status = ?1")
    static let byIDText = select("WHERE 'ticket-' || id = ?1")
    static let byPrefix = select(
        "WHERE substr('ticket-' || id, 1, length(?1)) = ?1 ORDER BY id")
    static let messages = TicketMessage.table.select("WHERE ticket_id = ?1 ORDER BY id")
    static let notes = InternalNote.table.select("WHERE ticket_id = ?1 ORDER BY id")

    private static func select(_ tail: StaticString) -> Query {
        Ticket.table.select(
            extra: "(SELECT count(*) FROM ticket_messages WHERE ticket_id = tickets.id)", tail)
    }
}

extension Reading {
    public func ticket(_ id: ID<Ticket>) throws(StoreError) -> Ticket? {
        try first(Queries.byID) { $0.put(id) }
    }

    /// Tickets of a status, or all. **Order** last activity first.
    public func tickets(_ status: TicketStatus? = nil) throws(StoreError) -> [Ticket] {
        guard let status else { return try all(Queries.all) }
        return try all(Queries.byStatus) { $0.put(status) }
    }

    /// Tickets of every status but closed. **Order** last activity first.
    public func unclosedTickets() throws(StoreError) -> [Ticket] { try all(Queries.unclosed) }

    /// How many tickets have one of these statuses.
    public func ticketCount(_ statuses: [TicketStatus]) throws(StoreError) -> Int {
        var count = 0
        for status in statuses { count += try value(Queries.count) { $0.put(status) } ?? 0 }
        return count
    }

    /// Tickets about a bot. **Order** last activity first.
    public func tickets(about bot: ID<Bot>) throws(StoreError) -> [Ticket] {
        try all(Queries.ofBot) { $0.put(bot) }
    }

    /// By id (`ticket-4`) or unique start of an id.
    public func findTicket(_ name: String) throws(StoreError) -> Lookup<Ticket> {
        try look(for: name, Queries.byIDText, Queries.byPrefix)
    }

    /// The thread that both sides see. **Order** oldest first.
    public func messages(of ticket: ID<Ticket>) throws(StoreError) -> [TicketMessage] {
        try all(Queries.messages) { $0.put(ticket) }
    }

    /// Internal notes: only ever handed to support staff. **Order** oldest first.
    public func internalNotes(of ticket: ID<Ticket>) throws(StoreError) -> [InternalNote] {
        try all(Queries.notes) { $0.put(ticket) }
    }
}

extension Writing {
    /// `messageCount` is counted, not stored.
    @discardableResult
    public func insert(_ ticket: Ticket) throws(StoreError) -> ID<Ticket> { ID(try add(ticket)) }

    public func save(_ ticket: Ticket) throws(StoreError) { try put(ticket) }

    @discardableResult
    public func insert(_ message: TicketMessage) throws(StoreError) -> ID<TicketMessage> {
        ID(try add(message))
    }

    @discardableResult
    public func insert(_ note: InternalNote) throws(StoreError) -> ID<InternalNote> {
        ID(try add(note))
    }
}
