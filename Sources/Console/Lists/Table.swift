/// A list with columns: which of them fit, in which widths, and how they are drawn.
import Core

/// A column of a ``Table``.
struct TableColumn: Equatable, Sendable {
    var id: String
    var title: String
    /// Cells that it has at least.
    var width: Int
    var alignment: TextWidth.Alignment = .left
    /// Columns leave from the highest rank down when the window narrows; those up to 0 are there
    /// at their least width before any other comes.
    var rank = 0
    /// Takes a share of the room that is left over.
    var isFlexible = false
    /// The longest text of all rows, where it is known; else that of the rows that are seen.
    var longest = 0
    /// A text may have so many cells before another column comes.
    var most = Self.most
    static let most = 24
    /// As wide as its longest text from the first: half of it would be something else.
    var isWhole = false
}

/// Text of one cell and what it means.
struct TableCell: Equatable, Sendable {
    var text: String
    var role: Role
    /// Stands where the text has no room.
    var short: String?

    init(_ text: String, _ role: Role = .text, short: String? = nil) {
        self.text = text
        self.role = role
        self.short = short
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
    ///
    /// More cells never mean fewer columns, or less of a text: a column comes once those before it
    /// have their texts whole, and what is left over waits for it.
    /// - Parameters:
    ///   - longest: of each column the longest text that is seen.
    ///   - off: what a test of the tests leaves out.
    func layout(
        _ cells: Int, longest: [Int] = [], off: Switches<ScreenSafeguard> = []
    ) -> [(index: Int, width: Int)] {
        let texts = columns.indices.map { index in
            max(columns[index].longest, index < longest.count ? longest[index] : 0)
        }
        var plan = Plan(left: cells - Self.margin)
        let order = columns.indices.sorted { (columns[$0].rank, $0) < (columns[$1].rank, $1) }
        let needed = order.filter { columns[$0].rank <= 0 }
        for index in needed where plan.isOpen { plan.seat(index, least(index, texts[index])) }
        for index in needed where plan.isOpen { plan.grow(index, wanted(index, texts[index])) }
        let waits = !off.contains(.columnsWait)
        for index in order.dropFirst(needed.count) where plan.isOpen || !waits {
            plan.seat(index, wanted(index, texts[index]))
        }
        if plan.isOpen {
            for index in order where !columns[index].isWhole {
                plan.grow(index, max(texts[index], columns[index].width))
            }
        }
        plan.stretch(columns.indices.filter { index in
            columns[index].isFlexible && texts[index] <= plan.widths[index] ?? -1
        })
        return columns.indices.compactMap { index in plan.widths[index].map { (index, $0) } }
    }

    /// With room for the arrow behind the title of the column by which the rows are sorted.
    func withArrow(_ sort: TableSort?) -> Table {
        guard let place = columns.firstIndex(where: { $0.id == sort?.column }) else { return self }
        var table = self
        let needed = TextWidth.of(columns[place].title) + 1
        table.columns[place].width = max(columns[place].width, needed)
        return table
    }

    /// Cells in which every column stands with the longest texts that it is known to have.
    var needs: Int {
        let seats = columns.indices.map { index in
            wanted(index, columns[index].longest)
        }
        return Self.margin + seats.reduce(0, +) + max(0, columns.count - 1)
    }

    private func least(_ index: Int, _ text: Int) -> Int {
        let column = columns[index]
        let isWhole = column.isWhole || column.alignment == .right
        return isWhole ? max(column.width, text) : column.width
    }

    /// A free text that may leave comes at its least width, and grows when all others stand.
    private func wanted(_ index: Int, _ text: Int) -> Int {
        let column = columns[index]
        let isFree = column.isFlexible && column.rank > 0
        return isFree ? column.width : max(least(index, text), min(text, column.most))
    }

    /// Who has got which cells so far.
    private struct Plan {
        var left: Int
        var widths: [Int: Int] = [:]
        /// Everybody got what was asked for.
        var isOpen = true

        /// The first has its place whatever it costs.
        mutating func seat(_ index: Int, _ width: Int) {
            let cost = width + (widths.isEmpty ? 0 : 1)
            isOpen = cost <= left
            guard isOpen || widths.isEmpty else { return }
            widths[index] = isOpen ? width : max(0, left)
            left -= cost
        }

        mutating func grow(_ index: Int, _ wanted: Int) {
            let missing = max(0, wanted - (widths[index] ?? 0))
            let more = min(max(0, left), missing)
            widths[index, default: 0] += more
            left -= more
            isOpen = more == missing
        }

        mutating func stretch(_ flexible: [Int]) {
            guard left > 0, !flexible.isEmpty else { return }
            for (place, index) in flexible.enumerated() {
                let extra = place < left % flexible.count ? 1 : 0
                widths[index, default: 0] += left / flexible.count + extra
            }
            left = 0
        }
    }

    /// Draws header and rows; returns how many rows fit below the header.
    @discardableResult
    func draw<ID>(
        in canvas: Canvas, rows: [TableRow<ID>], state: TableState<ID>, isFocused: Bool = true
    ) -> Int {
        draw(in: canvas, ids: rows.map(\.id), state: state, isFocused: isFocused) {
            rows[$0].cells
        }
    }

    /// - Parameter cells: of the row at a place, one for each column; asked for those seen only.
    @discardableResult
    func draw<ID>(
        in canvas: Canvas, ids: [ID], state: TableState<ID>, isFocused: Bool = true,
        cells: (Int) -> [TableCell]
    ) -> Int {
        let reading = ListReading(ids, state, on: .table(canvas.bounds)) { _ in "" }
        let rows = reading.seen.map { TableRow(ids[$0], cells($0)) }
        let layout = layout(canvas.columns, longest: Self.longest(rows))
        drawHeader(in: canvas, layout, state.sort)
        for (offset, row) in rows.enumerated() {
            let line = reading.grid.cell(offset).row
            draw(row, in: canvas, line, layout, state, isFocused)
        }
        return reading.grid.page
    }

    /// Of each column the longest text.
    private static func longest<ID>(_ rows: [TableRow<ID>]) -> [Int] {
        rows.reduce(into: []) { result, row in
            for (index, cell) in row.cells.enumerated() {
                let cells = TextWidth.of(Untrusted.display(cell.text))
                index < result.count
                    ? result[index] = max(result[index], cells) : result.append(cells)
            }
        }
    }

    private func drawHeader(
        in canvas: Canvas, _ layout: [(index: Int, width: Int)], _ sort: TableSort?
    ) {
        var at = Self.margin
        for (index, width) in layout {
            let column = columns[index]
            var title = String(column.title.prefix(width))
            if let sort, sort.column == column.id {
                let arrow = sort.isDescending ? canvas.glyphs.sortDown : canvas.glyphs.sortUp
                title = String(title.prefix(max(0, width - 1))) + String(arrow)
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
                let text = Self.fitted(cell, width, columns[index].alignment)
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
        _ cell: TableCell, _ width: Int, _ alignment: TextWidth.Alignment
    ) -> String {
        let clean = Untrusted.display(cell.text)
        guard TextWidth.of(clean) > width else { return clean }
        if let short = cell.short { return TextWidth.truncated(short, to: width) }
        return alignment == .right
            ? String(repeating: "#", count: width) : TextWidth.truncated(clean, to: width)
    }
}
