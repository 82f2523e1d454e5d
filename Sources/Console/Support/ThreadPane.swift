/// What is read of the ticket under the cursor, and where one is in it.
import Core
import Store

/// The thread, what was asked of its bot, and how far both are scrolled.
struct ThreadPane: Sendable {
    /// Of the ticket under the cursor, or of the one before it until the new one arrives.
    var thread: TicketThread?
    /// What was asked of the ticket's bot: to attach, and for the context.
    var commands: CommandsBoard?
    private(set) var scroll = ThreadScroll.end
    /// Index of the entry that J and K have chosen.
    private(set) var message: Int?
    /// First line of the context that is shown.
    private(set) var contextTop = 0
    /// Whose thread scroll and message belong to.
    private var held: ID<Ticket>?

    /// The thread of a ticket; nil while it is being read.
    func shown(of ticket: ID<Ticket>?) -> TicketThread? {
        thread.flatMap { $0.row.ticket.id == ticket ? $0 : nil }
    }

    /// The cursor stands on this ticket.
    mutating func stand(on ticket: ID<Ticket>?) {
        guard held != ticket else { return }
        held = ticket
        scroll = .end
        message = nil
        contextTop = 0
        if thread?.row.ticket.id != ticket { thread = nil }
    }

    mutating func scrollToEnd() { scroll = .end }

    /// - Parameter size: of the pane, for text.
    mutating func scroll(_ thread: TicketThread, by lines: Int, in size: Size) {
        let layout = ThreadLayout(thread.entries, columns: size.columns)
        let top = layout.top(scroll, rows: size.rows)
        scroll = layout.scroll(showing: max(0, top + lines), rows: size.rows)
        message = nil
    }

    /// The next or previous message comes to the top of the pane; at first the last one.
    mutating func step(_ step: Int, in thread: TicketThread, _ size: Size) {
        let last = thread.entries.count - 1
        let next = message.map { min(max(0, $0 + step), last) } ?? last
        message = next
        let layout = ThreadLayout(thread.entries, columns: size.columns)
        scroll = layout.scroll(showing: layout.starts[next], rows: size.rows)
    }

    /// - Parameter count: lines of the context.
    mutating func scrollContext(by lines: Int, of count: Int) {
        contextTop = min(max(0, contextTop + lines), max(0, count - 1))
    }

    /// The message that J and K have chosen, else the last one.
    func chosen(in thread: TicketThread) -> ThreadEntry? {
        let entries = thread.entries
        return message.flatMap { entries.indices.contains($0) ? entries[$0] : nil } ?? entries.last
    }
}
