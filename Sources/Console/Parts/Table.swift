/// A list with columns: which of them fit, in which widths, and how they are drawn.
import Core

/// A column of a ``Table``.
struct TableColumn: Equatable, Sendable {
    var id: String
    var title: String
    /// Cells; a flexible column has at least this many.
    var width: Int
    var alignment: TextWidth.Alignment = .left
    /// Columns leave from the highest rank down when the window narrows; 0 never leaves.
    var rank = 0
    /// Takes a share of the room that is left over.
    var isFlexible = false
}

/// Text of one cell and what it means.
struct TableCell: Equatable, Sendable {
    var text: String
    var role: Role

    init(_ text: String, _ role: Role = .text) {
        self.text = text
        self.role = role
    }
}

struct TableRow<ID: Hashable & Sendable>: Equatable, Sendable {
    var id: ID
    /// One for each column of the table, in their order.
    var cells: [TableCell]

    init(_ id: ID, _ cells: [TableCell]) {
        self.id = id
        self.cells = cells
    }
}

/// Columns and how the rows of one moment look in them; state is ``TableState``.
struct Table: Equatable, Sendable {
    var columns: [TableColumn]

    /// Cells before the first column: cursor `>`, mark, blank.
    static let margin = 3

    init(_ columns: [TableColumn]) { self.columns = columns }

    /// Which columns fit into `cells` and how wide they are, in their order.
    func layout(_ cells: Int) -> [(index: Int, width: Int)] {
        var kept = Array(columns.indices)
        func needed() -> Int {
            kept.reduce(0) { $0 + columns[$1].width } + max(0, kept.count - 1) + Self.margin
        }
        while needed() > cells, kept.count > 1,
            let leaving = kept.enumerated().filter({ columns[$0.element].rank > 0 })
                .max(by: { columns[$0.element].rank <= columns[$1.element].rank })
        {
            kept.remove(at: leaving.offset)
        }
        // What still has no room is not drawn: the last column first.
        while needed() > cells, kept.count > 1 { kept.removeLast() }
        let flexible = kept.filter { columns[$0].isFlexible }
        let spare = max(0, cells - needed())
        return kept.map { index in
            guard let place = flexible.firstIndex(of: index) else {
                return (index, columns[index].width)
            }
            let share = spare / flexible.count + (place < spare % flexible.count ? 1 : 0)
            return (index, columns[index].width + share)
        }
    }

    /// Draws header and rows; returns how many rows fit below the header.
    @discardableResult
    func draw<ID>(
        in canvas: Canvas, rows: [TableRow<ID>], state: TableState<ID>, isFocused: Bool = true
    ) -> Int {
        let layout = layout(canvas.columns)
        drawHeader(in: canvas, layout, state.sort)
        let page = max(0, canvas.rows - 1)
        let first = state.firstRow(of: rows.map(\.id), page: page)
        for (offset, row) in rows.dropFirst(first).prefix(page).enumerated() {
            draw(row, in: canvas, offset + 1, layout, state, isFocused)
        }
        return page
    }

    private func drawHeader(
        in canvas: Canvas, _ layout: [(index: Int, width: Int)], _ sort: TableSort?
    ) {
        var at = Self.margin
        for (index, width) in layout {
            let column = columns[index]
            var title = column.title
            if let sort, sort.column == column.id {
                let arrow = sort.isDescending ? canvas.glyphs.sortDown : canvas.glyphs.sortUp
                title = TextWidth.truncated(title, to: max(0, width - 1)) + String(arrow)
            }
            canvas.text(at, 0, title, .title, cells: width, column.alignment)
            at += width + 1
        }
    }

    private func draw<ID>(
        _ row: TableRow<ID>, in canvas: Canvas, _ line: Int,
        _ layout: [(index: Int, width: Int)], _ state: TableState<ID>, _ isFocused: Bool
    ) {
        let isCurrent = row.id == state.cursor
        let isMarked = state.marks.contains(row.id)
        canvas.text(0, line, isCurrent ? ">" : " ", .textStrong)
        canvas.text(1, line, isMarked ? "x" : " ", isMarked ? .mark : .text)
        var at = Self.margin
        for (index, width) in layout {
            if index < row.cells.count {
                let cell = row.cells[index]
                let isRight = columns[index].alignment == .right
                let text = Self.fitted(cell.text, width, columns[index].alignment)
                // Blanks mean nothing: they take the colour of the row.
                let blanks = isRight ? max(0, width - TextWidth.of(text)) : 0
                canvas.text(at + blanks, line, text, cell.role)
            }
            at += width + 1
        }
        guard isCurrent else { return }
        let bar = Rect(0, line, canvas.columns, 1)
        canvas.lay(isFocused ? .selection : .selectionUnfocused, under: bar)
        if isFocused { canvas.rest(0, line) }
    }

    /// A number that does not fit is shown as `#`: half a number would be another number.
    private static func fitted(
        _ text: String, _ width: Int, _ alignment: TextWidth.Alignment
    ) -> String {
        let clean = Untrusted.display(text)
        if alignment == .right, TextWidth.of(clean) > width {
            return String(repeating: "#", count: width)
        }
        return TextWidth.truncated(clean, to: width)
    }
}
