/// The queue of tickets: one line each where it has the width, three lines each in a side pane.
import Core
import Store

/// What the list shows of one ticket besides its row.
struct TicketListItem: Equatable, Sendable {
    var row: TicketRow
    /// Messages that came since the reader last looked at the thread.
    var unread: Int
    /// A reply or a note to it was begun and not sent.
    var hasDraft: Bool
}

struct TicketList {
    let items: [TicketListItem]
    let reader: Operator
    let now: Instant

    /// Below this many cells a ticket takes three lines, or one short one when rows are few.
    static let oneLineFrom = 60
    /// Rows of one ticket in a side pane, the blank one between two included.
    static let cardRows = 4

    static let columns = Table([
        TableColumn(id: "id", title: "ID", width: 6, rank: -4, isWhole: true),
        TableColumn(id: "priority", title: "PRI", width: 6, rank: -1),
        TableColumn(id: "subject", title: "SUBJECT", width: 12, rank: -3, isFlexible: true),
        TableColumn(id: "waits", title: "WAITS", width: 17, rank: -2),
        TableColumn(id: "age", title: "AGE", width: 6, alignment: .right),
        TableColumn(id: "messages", title: "MSG", width: 4, alignment: .right, rank: 2),
        TableColumn(id: "category", title: "CATEGORY", width: 8, rank: 5),
        TableColumn(id: "by", title: "BY", width: 6, rank: 4),
        TableColumn(id: "bot", title: "BOT", width: 12, rank: 6),
    ])

    /// Where the tickets stand in a pane.
    static func grid(_ pane: Rect) -> ListGrid {
        guard pane.columns < oneLineFrom else { return .table(pane) }
        return ListGrid(
            area: pane, first: Rect(0, 0, pane.columns, cardRows - 1),
            rows: max(1, (pane.rows + 1) / cardRows), gap: 1)
    }

    func draw(in canvas: Canvas, state: TableState<ID<Ticket>>, isFocused: Bool) {
        if canvas.columns >= Self.oneLineFrom {
            Self.columns.draw(
                in: canvas, rows: items.map(tableRow), state: state, isFocused: isFocused)
        } else {
            drawCards(in: canvas, state, isFocused)
        }
    }

    /// `[3]`, or `+2` for what was not read yet.
    private func count(_ item: TicketListItem) -> String {
        item.unread > 0 ? "+\(item.unread)" : "\(item.row.ticket.messageCount)"
    }

    private func tableRow(_ item: TicketListItem) -> TableRow<ID<Ticket>> {
        let ticket = item.row.ticket
        let isUnread = item.unread > 0
        let waits = item.row.waits(for: reader, now: now)
        let subject = (item.hasDraft ? "(draft) " : "") + ticket.subject
        return TableRow(
            ticket.id,
            [
                TableCell(item.row.mark, isUnread ? .ticketUnread : .text),
                TableCell(ticket.priority.mark, ticket.priority.role),
                TableCell(subject, isUnread ? .ticketUnread : .text),
                TableCell(waits.words, waits.role),
                TableCell(item.row.quiet(now: now).ageText(within: 6), .textDim),
                TableCell(count(item), isUnread ? .ticketUnread : .textDim),
                TableCell(ticket.category.title),
                TableCell(ticket.openedBy),
                TableCell(item.row.botLabel ?? "-"),
            ])
    }

    // MARK: Cards

    private func drawCards(in canvas: Canvas, _ state: TableState<ID<Ticket>>, _ isFocused: Bool) {
        let ids = items.map(\.row.ticket.id)
        let reading = ListReading(ids, state, on: Self.grid(canvas.bounds)) { _ in "" }
        for (offset, item) in items[reading.seen].enumerated() {
            let top = reading.grid.cell(offset).row
            drawCard(item, in: canvas, top)
            guard item.row.ticket.id == state.cursor else { continue }
            canvas.text(0, top, ">", .textStrong)
            let bar = Rect(0, top, canvas.columns, min(2, canvas.rows - top))
            canvas.lay(isFocused ? .selection : .selectionUnfocused, under: bar)
            if isFocused { canvas.rest(0, top) }
        }
    }

    private func drawCard(_ item: TicketListItem, in canvas: Canvas, _ top: Int) {
        let ticket = item.row.ticket
        let isUnread = item.unread > 0
        let waits = item.row.waits(for: reader, now: now)
        let age = item.row.age(now: now)
        let strong: Role = isUnread ? .ticketUnread : .textStrong
        var at = 2 + canvas.text(2, top, item.row.mark, strong) + 1
        at += canvas.text(at, top, ticket.priority.mark, ticket.priority.role) + 1
        canvas.text(at, top, waits.words, waits.role, cells: canvas.columns - at - age.count - 2)
        canvas.textRight(canvas.columns - 1, top, age, .textDim)
        let subject = (item.hasDraft ? "(draft) " : "") + ticket.subject
        canvas.text(
            2, top + 1, subject, isUnread ? .ticketUnread : .text, cells: canvas.columns - 3)
        let news = isUnread ? "  \(item.unread) unread" : ""
        let facts = [
            ticket.category.title, ticket.openedBy, counted(ticket.messageCount, "msg"),
            item.row.botLabel ?? "",
        ].filter { !$0.isEmpty }.joined(separator: "  ")
        canvas.text(2, top + 2, facts + news, .textDim, cells: canvas.columns - 3)
    }
}
