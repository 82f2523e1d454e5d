/// Draws a thread: heads with the staff badge, texts, framed notes, what is above and below.
import Core
import Store

/// Pure: lines, a scroll and a canvas; nothing is decided here.
struct ThreadView {
    let layout: ThreadLayout
    let scroll: ThreadScroll
    /// The message that J and K have chosen.
    let current: Int?
    let isFocused: Bool
    let now: Instant

    func draw(in canvas: Canvas) {
        guard !canvas.bounds.isEmpty else { return }
        let top = layout.top(scroll, rows: canvas.rows)
        for (row, line) in layout.lines.dropFirst(top).prefix(canvas.rows).enumerated() {
            draw(line, in: canvas, row)
        }
        let below = layout.lines.count - top - canvas.rows
        if below > 0 {
            let words = " \(counted(below, "more line")) "
            canvas.textRight(canvas.columns, canvas.rows - 1, words, .inputHint)
        }
    }

    private func draw(_ line: ThreadLine, in canvas: Canvas, _ row: Int) {
        switch line.kind {
        case .head(let author, let isStaff, let at):
            drawHead(author, isStaff, at, line.entry, in: canvas, row)
        case .body(let isStaff):
            canvas.text(
                ThreadLayout.indent, row, line.text, isStaff ? .ticketStaff : .ticketCustomer)
        case .noteHead(let author, let at): drawNoteHead(author, at, line.entry, in: canvas, row)
        case .note:
            canvas.text(0, row, String(canvas.glyphs.vertical) + " ", .ticketNote)
            canvas.text(
                2, row, "* " + line.text, .ticketNote, cells: max(0, canvas.columns - 4))
            canvas.textRight(
                canvas.columns, row, " " + String(canvas.glyphs.vertical), .ticketNote)
        case .noteEnd: drawNoteEnd(in: canvas, row)
        case .gap: break
        }
    }

    private func drawHead(
        _ author: String, _ isStaff: Bool, _ at: Instant, _ entry: Int, in canvas: Canvas,
        _ row: Int
    ) {
        let isCurrent = entry == current
        let time = told(at)
        let badge = isStaff ? " [Plutarc staff]" : ""
        let room = max(0, canvas.columns - TextWidth.of(badge) - time.count - 3)
        let name = Untrusted.display(author, maxCells: room)
        let mark = isCurrent && isFocused ? ">" : ""
        var at = canvas.text(0, row, mark, .textStrong)
        at += canvas.text(at, row, name, isStaff ? .ticketStaff : .textStrong)
        canvas.text(at, row, badge, .badgeStaff)
        canvas.textRight(canvas.columns, row, time, .textDim)
        if isCurrent, isFocused { canvas.rest(0, row) }
    }

    private func drawNoteHead(
        _ author: String, _ at: Instant, _ entry: Int, in canvas: Canvas, _ row: Int
    ) {
        let pieces = canvas.glyphs.frame(isFocused: false)
        drawEdge(pieces.topLeft, pieces.topRight, in: canvas, row)
        let time = " \(told(at)) "
        let room = max(0, canvas.columns - time.count - 4)
        let words = " * internal note  \(Untrusted.display(author)) "
        let mark = entry == current && isFocused ? ">" : ""
        let taken = canvas.text(1, row, mark, .textStrong)
        canvas.text(1 + taken, row, TextWidth.truncated(words, to: room), .ticketNote)
        canvas.textRight(canvas.columns - 2, row, time, .ticketNote)
        if entry == current, isFocused { canvas.rest(1, row) }
    }

    private func drawNoteEnd(in canvas: Canvas, _ row: Int) {
        let pieces = canvas.glyphs.frame(isFocused: false)
        drawEdge(pieces.bottomLeft, pieces.bottomRight, in: canvas, row)
        let words = " * support only: the customer never sees this "
        canvas.text(
            1, row, TextWidth.truncated(words, to: max(0, canvas.columns - 2)), .ticketNote)
    }

    private func drawEdge(
        _ left: Unicode.Scalar, _ right: Unicode.Scalar, in canvas: Canvas, _ row: Int
    ) {
        canvas.horizontalLine(row, .ticketNote)
        canvas.put(left, 1, 0, row, .ticketNote)
        canvas.put(right, 1, canvas.columns - 1, row, .ticketNote)
    }

    /// The clock for today, the date before it for other days.
    private func told(_ at: Instant) -> String {
        let clock = at.clockText + "Z"
        return at.dateText == now.dateText ? clock : "\(at.dateText) \(clock)"
    }
}
