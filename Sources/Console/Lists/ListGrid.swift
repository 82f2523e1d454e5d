/// Where the items of a list stand: rows under a header, or cards beside each other.

struct ListGrid: Equatable, Sendable {
    /// Which item is the first that is seen.
    enum Scroll: Equatable, Sendable {
        /// As far as the cursor asks for.
        case rows
        /// Whole pages: a card never stands half on the screen while moving.
        case pages
        /// The one under the cursor; `fills`: unless room would be left below the last one.
        case cursor(fills: Bool)
    }

    /// The part of the body that the list has.
    let area: Rect
    /// Where the first item stands in it.
    let first: Rect
    var columns = 1
    /// Rows of items that are seen whole.
    let rows: Int
    var scroll = Scroll.rows
    /// Blank lines between two items.
    var gap = 0
    /// Lines that the first item has more than the others.
    var lead = 0

    /// One line each, under a header.
    static func table(_ area: Rect) -> ListGrid {
        ListGrid(
            area: area, first: Rect(0, 1, area.columns, 1), rows: max(0, area.rows - 1))
    }

    /// Items that are seen at once.
    var page: Int { columns * rows }

    /// Where the item stands that is so many after the first seen, in the list's own part.
    func cell(_ offset: Int) -> Rect {
        let isFirst = offset == 0
        return Rect(
            first.column + offset % columns * first.columns,
            first.row + offset / columns * (first.rows + gap) + (isFirst ? 0 : lead),
            first.columns, first.rows + (isFirst ? lead : 0))
    }
}
