/// Where things are on the screen: columns and rows, counted from 0 at the top left.

struct Point: Hashable, Sendable {
    var column: Int
    var row: Int

    init(_ column: Int, _ row: Int) {
        self.column = column
        self.row = row
    }
}

/// Cells across and lines down; never negative.
struct Size: Hashable, Sendable {
    let columns: Int
    let rows: Int

    init(_ columns: Int, _ rows: Int) {
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }
}

/// A part of the screen. An empty one has no columns or no rows and swallows all drawing.
struct Rect: Hashable, Sendable {
    var column: Int
    var row: Int
    var columns: Int
    var rows: Int

    init(_ column: Int, _ row: Int, _ columns: Int, _ rows: Int) {
        self.column = column
        self.row = row
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }

    init(_ size: Size) { self.init(0, 0, size.columns, size.rows) }

    var size: Size { Size(columns, rows) }
    var endColumn: Int { column + columns }
    var endRow: Int { row + rows }
    var isEmpty: Bool { columns == 0 || rows == 0 }

    func contains(_ point: Point) -> Bool {
        point.column >= column && point.column < endColumn && point.row >= row
            && point.row < endRow
    }

    func intersection(_ other: Rect) -> Rect {
        let left = max(column, other.column)
        let top = max(row, other.row)
        return Rect(
            left, top, min(endColumn, other.endColumn) - left, min(endRow, other.endRow) - top)
    }

    func inset(columns: Int = 1, rows: Int = 1) -> Rect {
        Rect(column + columns, row + rows, self.columns - 2 * columns, self.rows - 2 * rows)
    }

    /// The first `rows` rows (all, when there are fewer) and what is left below them.
    func splitTop(_ rows: Int) -> (top: Rect, rest: Rect) {
        let taken = min(max(0, rows), self.rows)
        return (
            Rect(column, row, columns, taken),
            Rect(column, row + taken, columns, self.rows - taken)
        )
    }

    /// What is left above, and the last `rows` rows.
    func splitBottom(_ rows: Int) -> (rest: Rect, bottom: Rect) {
        let parts = splitTop(self.rows - min(max(0, rows), self.rows))
        return (parts.top, parts.rest)
    }

    func splitLeft(_ columns: Int) -> (left: Rect, rest: Rect) {
        let taken = min(max(0, columns), self.columns)
        return (
            Rect(column, row, taken, rows),
            Rect(column + taken, row, self.columns - taken, rows)
        )
    }

    func splitRight(_ columns: Int) -> (rest: Rect, right: Rect) {
        let parts = splitLeft(self.columns - min(max(0, columns), self.columns))
        return (parts.left, parts.rest)
    }

    /// A part of the given size in the middle, cut to this one.
    func centred(_ size: Size) -> Rect {
        let width = min(size.columns, columns)
        let height = min(size.rows, rows)
        return Rect(column + (columns - width) / 2, row + (rows - height) / 2, width, height)
    }
}
