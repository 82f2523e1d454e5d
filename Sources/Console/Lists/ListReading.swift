/// A list as it is read: its items in reading order, each with its words and its place.

/// Cursor, pictures, copies and plain text take items from here, so that none knows another list.
struct ListReading<ID: Hashable & Sendable> {
    /// Of every item, seen or not.
    let ids: [ID]
    let grid: ListGrid
    /// The first item that is seen.
    let first: Int
    /// An item as text; asked for those only that are copied or printed.
    let words: (Int) -> String

    init(
        _ ids: [ID], _ state: TableState<ID>, on grid: ListGrid,
        words: @escaping (Int) -> String
    ) {
        self.ids = ids
        self.grid = grid
        self.words = words
        first = state.first(of: ids, on: grid)
    }

    /// The items that are seen.
    var seen: Range<Int> { grid.seen(from: min(first, ids.count), of: ids.count) }

    /// Where an item stands in the list's own part; its head is the line above it.
    func cell(_ index: Int) -> Rect {
        let cell = grid.cell(index - first)
        let moved = grid.headLines(from: first, to: index)
        return Rect(cell.column, cell.row + moved, cell.columns, cell.rows)
    }

    /// Where an item stands in the body; nil while it is scrolled away.
    func place(of index: Int) -> Rect? {
        guard seen.contains(index) else { return nil }
        let cell = cell(index)
        return Rect(
            grid.area.column + cell.column, grid.area.row + cell.row, cell.columns, cell.rows)
    }

    /// One item as text; nil for what is not in the list.
    func words(of id: ID?) -> String? { ids.firstIndex { $0 == id }.map(words) }

    /// Every item as text.
    var lines: [String] { ids.indices.map(words) }
}

extension TableState {
    /// The first item to show.
    func first(of ids: [ID], on grid: ListGrid) -> Int {
        let index = cursor.flatMap { ids.firstIndex(of: $0) } ?? 0
        switch grid.scroll {
        case .rows:
            var first = firstRow(of: ids, page: grid.page)
            while first < index, !grid.seen(from: first, of: ids.count).contains(index) {
                first += 1
            }
            return first
        case .pages: return grid.page > 0 ? index / grid.page * grid.page : 0
        case .cursor(let fills):
            return fills ? max(0, min(index, ids.count - grid.page)) : index
        }
    }
}
