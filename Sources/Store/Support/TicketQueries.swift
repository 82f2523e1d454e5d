/// Reading and saving tickets, their messages, and the notes that only staff may read.

extension Ticket: Stored {
    static let table = RecordTable("tickets", of: Ticket.self)

    init(_ row: inout some ColumnVisitor<Ticket>) throws(StoreError) {
        id = try row.numbered("id") { $0.id }
        subject = try row("subject") { $0.subject }
        category = try row("category") { $0.category }
        priority = try row("priority") { $0.priority }
        status = try row("status") { $0.status }
        openedBy = try row("opened_by") { $0.openedBy }
        botID = try row("bot_id") { $0.botID }
        assignee = try row("assignee") { $0.assignee }
        openedAt = try row("opened_at") { $0.openedAt }
        activeAt = try row("active_at") { $0.activeAt }
        closedAt = try row("closed_at") { $0.closedAt }
        warnedAt = try row("warned_at") { $0.warnedAt }
        snapshot = try row("snapshot") { $0.snapshot }
        messageCount = try row.derived(
            "(SELECT count(*) FROM ticket_messages WHERE ticket_id = tickets.id)"
        ) { $0.messageCount }
    }
}

extension TicketMessage: Stored {
    static let table = RecordTable("ticket_messages", of: TicketMessage.self)

    init(_ row: inout some ColumnVisitor<TicketMessage>) throws(StoreError) {
        id = try row.numbered("id") { $0.id }
        ticketID = try row("ticket_id") { $0.ticketID }
        author = try row("author") { $0.author }
        isStaff = try row("is_staff") { $0.isStaff }
        at = try row("at") { $0.at }
        body = try row("body") { $0.body }
    }
}

extension InternalNote: Stored {
    static let table = RecordTable("internal_notes", of: InternalNote.self)

    init(_ row: inout some ColumnVisitor<InternalNote>) throws(StoreError) {
        id = try row.numbered("id") { $0.id }
        ticketID = try row("ticket_id") { $0.ticketID }
        author = try row("author") { $0.author }
        at = try row("at") { $0.at }
        body = try row("body") { $0.body }
    }
}

private enum Queries {
    static let byID = Ticket.table.select("WHERE id = ?1")
    static let all = Ticket.table.select("ORDER BY active_at DESC, id DESC")
    static let byStatus = Ticket.table.select("WHERE status = ?1 ORDER BY active_at DESC, id DESC")
    static let unclosed = Ticket.table.select(
        "WHERE status <> 'closed' ORDER BY active_at DESC, id DESC")
    static let ofBot = Ticket.table.select("WHERE bot_id = ?1 ORDER BY active_at DESC, id DESC")
    static let count = Query("SELECT count(*) FROM tickets WHERE status = ?1")
    static let byIDText = Ticket.table.select("WHERE 'ticket-' || id = ?1")
    static let byPrefix = Ticket.table.select(
        "WHERE substr('ticket-' || id, 1, length(?1)) = ?1 ORDER BY id")
    static let messages = TicketMessage.table.select("WHERE ticket_id = ?1 ORDER BY id")
    static let notes = InternalNote.table.select("WHERE ticket_id = ?1 ORDER BY id")
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

    /// By id (`ticket-4`), its number (`4`, `#4`) or unique start of an id.
    public func findTicket(_ name: String) throws(StoreError) -> Lookup<Ticket> {
        let word = "ticket-" + (name.hasPrefix("#") ? String(name.dropFirst()) : name)
        if let id = ID<Ticket>(text: word), id.description == word, let found = try ticket(id) {
            return .one(found)
        }
        return try look(for: name, Queries.byIDText, Queries.byPrefix)
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
