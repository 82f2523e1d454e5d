/// Tables of support: tickets, what both sides read, and what only staff reads.

enum Migration1Support {
    static let sql = [tickets, messages, notes]

    private static let tickets = """
        CREATE TABLE tickets (
            id INTEGER PRIMARY KEY,
            subject TEXT NOT NULL CHECK (subject <> ''),
            category TEXT NOT NULL
                \(oneOf("category", "bot api_key strategy billing account bug feature other")),
            priority TEXT NOT NULL
                \(oneOf("priority", "low normal high urgent")),
            status TEXT NOT NULL
                \(oneOf("status", "open in_progress waiting_on_user resolved closed")),
            opened_by TEXT NOT NULL,
            bot_id INTEGER REFERENCES bots (id),
            assignee TEXT,
            opened_at INTEGER NOT NULL,
            active_at INTEGER NOT NULL,
            closed_at INTEGER,
            warned_at INTEGER,
            snapshot TEXT NOT NULL,
            CONSTRAINT active_after_opening CHECK (active_at >= opened_at)
        ) STRICT;
        CREATE INDEX tickets_by_status ON tickets (status, id)
        """

    private static let messages = """
        CREATE TABLE ticket_messages (
            id INTEGER PRIMARY KEY,
            ticket_id INTEGER NOT NULL REFERENCES tickets (id),
            author TEXT NOT NULL,
            is_staff INTEGER NOT NULL CHECK (is_staff IN (0, 1)),
            at INTEGER NOT NULL,
            body TEXT NOT NULL CHECK (body <> '')
        ) STRICT;
        CREATE INDEX messages_of_ticket ON ticket_messages (ticket_id, id)
        """

    /// Its own table, so that no query for messages can return a note.
    private static let notes = """
        CREATE TABLE internal_notes (
            id INTEGER PRIMARY KEY,
            ticket_id INTEGER NOT NULL REFERENCES tickets (id),
            author TEXT NOT NULL,
            at INTEGER NOT NULL,
            body TEXT NOT NULL CHECK (body <> '')
        ) STRICT;
        CREATE INDEX notes_of_ticket ON internal_notes (ticket_id, id)
        """
}
