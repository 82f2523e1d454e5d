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
    /// Items of one line that have another one above them, as where a new day begins. They are
    /// then fewer on a page than it has rows.
    var heads: Set<Int> = []

    /// One line each, under a header.
    static func table(_ area: Rect) -> ListGrid {
        ListGrid(
            area: area, first: Rect(0, 1, area.columns, 1), rows: max(0, area.rows - 1))
    }

    /// Items that are seen at once.
    var page: Int { columns * rows }

    /// Lines of an item whose place in the list this is.
    private func height(_ index: Int) -> Int { heads.contains(index) ? 2 : 1 }

    /// The items that are seen from this one on.
    func seen(from first: Int, of count: Int) -> Range<Int> {
        guard !heads.isEmpty else { return first..<min(count, first + page) }
        var end = first
        var taken = 0
        while end < count, taken + height(end) <= rows {
            taken += height(end)
            end += 1
        }
        return first..<end
    }

    /// Lines of the items from one to another that heads take above them, that of the last too.
    func headLines(from first: Int, to index: Int) -> Int {
        heads.isEmpty ? 0 : (first...max(first, index)).count { heads.contains($0) }
    }

    /// Where the item stands that is so many after the first seen, in the list's own part.
    func cell(_ offset: Int) -> Rect {
        let isFirst = offset == 0
        return Rect(
            first.column + offset % columns * first.columns,
            first.row + offset / columns * (first.rows + gap) + (isFirst ? 0 : lead),
            first.columns, first.rows + (isFirst ? lead : 0))
    }
}
