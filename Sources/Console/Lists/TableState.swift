/// Where one is in a table: cursor, scrolling, marks and order; all by id, never by row number.

/// By which column a table is sorted.
struct TableSort: Equatable, Sendable {
    var column: String
    var isDescending = false
}

/// The cursor holds on to its item when rows move: <doc:ConsoleRules#The-cursor-holds-its-item>.
struct TableState<ID: Hashable & Sendable>: Equatable, Sendable {
    private(set) var cursor: ID?
    var marks: Set<ID> = []
    var sort: TableSort?
    private var home: Home?
    /// Where the cursor's item was last seen, for when it is gone.
    private var lastIndex = 0
    private var top = 0
    private var rangeStart: ID?

    init(sort: TableSort? = nil) { self.sort = sort }

    /// The item that a filter took the cursor from: it has it again, unless one has moved on.
    private struct Home: Equatable {
        var id: ID
        /// A name was typed and found: only without a filter does the cursor go back.
        var isLeft = false
    }

    /// Takes over the rows as they are now. A cursor whose item is gone moves to the item that
    /// stands in its place; marks of items that are gone go too, unless a filter only hides them.
    /// - Parameter hidden: what there is besides the rows, or with them.
    mutating func follow(
        _ ids: [ID], page: Int, hidden: Set<ID> = [], isFiltered: Bool = false
    ) {
        let present = Set(ids)
        goHome(present, hidden, isFiltered)
        if let cursor, let index = ids.firstIndex(of: cursor) {
            lastIndex = index
        } else {
            if home == nil, let cursor, hidden.contains(cursor) { home = Home(id: cursor) }
            lastIndex = ids.isEmpty ? lastIndex : min(lastIndex, ids.count - 1)
            cursor = ids.isEmpty ? nil : ids[lastIndex]
        }
        marks = marks.filter { present.contains($0) || hidden.contains($0) }
        top = firstRow(of: ids, page: page)
    }

    private mutating func goHome(_ present: Set<ID>, _ hidden: Set<ID>, _ isFiltered: Bool) {
        guard let home else { return }
        if present.contains(home.id) {
            guard !home.isLeft || !isFiltered else { return }
            cursor = home.id
        } else if hidden.contains(home.id) {
            return
        }
        self.home = nil
    }

    /// What is typed names this item: the cursor stands on it as long as that is looked at.
    mutating func seek(_ id: ID, among ids: [ID]) {
        guard let index = ids.firstIndex(of: id), let cursor else { return }
        home = Home(id: home?.id ?? cursor, isLeft: true)
        (self.cursor, lastIndex) = (id, index)
    }

    /// No name is typed any more: the cursor has its item again, as soon as that is shown.
    mutating func giveBack(among ids: [ID]) {
        guard let id = home?.id, home?.isLeft == true else { return }
        home?.isLeft = false
        goHome(Set(ids), [id], true)
        if let cursor, let index = ids.firstIndex(of: cursor) { lastIndex = index }
    }

    /// What is under the cursor now is meant, whatever stood there before a filter hid it.
    mutating func settle() {
        if cursor != nil { home = nil }
    }

    /// The first row to show so that the cursor is seen and no room is wasted.
    func firstRow(of ids: [ID], page: Int) -> Int {
        guard page > 0 else { return 0 }
        let index = cursor.flatMap { ids.firstIndex(of: $0) } ?? 0
        var first = min(max(0, top), max(0, ids.count - page))
        if index < first { first = index }
        if index >= first + page { first = index - page + 1 }
        return first
    }

    /// Scrolls as far as the grid asks for.
    mutating func scroll(_ ids: [ID], on grid: ListGrid) {
        if case .rows = grid.scroll { top = first(of: ids, on: grid) }
    }

    mutating func select(_ id: ID, among ids: [ID]) {
        guard let index = ids.firstIndex(of: id) else { return }
        (cursor, home) = (id, nil)
        lastIndex = index
    }

    /// Moving and marking; false for commands that are not a table's.
    /// - Parameter columns: of cards beside each other: up and down go by rows of them.
    mutating func handle(
        _ command: KeyCommand, _ ids: [ID], page: Int, columns: Int = 1
    ) -> Bool {
        if columns > 1, let cards = Self.cards(command, page: page, columns: columns) {
            step(cards, ids)
            return true
        }
        let half = max(1, page / 2)
        switch command {
        case .down: move(1, ids, page)
        case .up: move(-1, ids, page)
        case .halfPageDown: move(half, ids, page)
        case .halfPageUp: move(-half, ids, page)
        case .pageDown: move(max(1, page), ids, page)
        case .pageUp: move(-max(1, page), ids, page)
        case .first: move(-ids.count, ids, page)
        case .last: move(ids.count, ids, page)
        case .mark:
            guard let cursor else { return true }
            marks.formSymmetricDifference([cursor])
            if cursor == rangeStart { rangeStart = nil }
            move(1, ids, page)
        case .markRange: markRange(ids)
        case .invertMarks: marks.formSymmetricDifference(ids)
        case .unmark:
            marks = []
            rangeStart = nil
        default: return false
        }
        return true
    }

    /// How many cards a command goes on by; nil for those that mean the same as in rows.
    private static func cards(_ command: KeyCommand, page: Int, columns: Int) -> Int? {
        let half = columns * max(1, page / columns / 2)
        return switch command {
        case .left: -1
        case .right: 1
        case .up: -columns
        case .down: columns
        case .halfPageUp: -half
        case .halfPageDown: half
        case .pageUp: -page
        case .pageDown: page
        default: nil
        }
    }

    /// Stays where it is when the step leaves the cards at the top; the last one is the bottom.
    private mutating func step(_ count: Int, _ ids: [ID]) {
        guard let cursor, let now = ids.firstIndex(of: cursor) else { return }
        let next = now + count
        if next < 0, count != -1, abs(count) < ids.count { return }
        select(ids[min(max(0, next), ids.count - 1)], among: ids)
    }

    private mutating func move(_ rows: Int, _ ids: [ID], _ page: Int) {
        guard !ids.isEmpty else { return }
        let now = cursor.flatMap { ids.firstIndex(of: $0) } ?? lastIndex
        lastIndex = min(max(0, now + rows), ids.count - 1)
        (cursor, home) = (ids[lastIndex], nil)
        top = firstRow(of: ids, page: page)
    }

    /// The first call remembers the place, the second marks everything from there to here.
    private mutating func markRange(_ ids: [ID]) {
        guard let cursor else { return }
        guard let start = rangeStart, let from = ids.firstIndex(of: start),
            let to = ids.firstIndex(of: cursor)
        else {
            rangeStart = cursor
            marks.insert(cursor)
            return
        }
        marks.formUnion(ids[min(from, to)...max(from, to)])
        rangeStart = nil
    }
}
