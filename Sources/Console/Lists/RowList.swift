/// A list: the rows that are known, those that are shown in their order, and where one is in it.

struct RowList<Row: Sendable, ID: Hashable & Sendable>: Sendable {
    /// Shown or not.
    private(set) var all: [Row] = []
    /// As filter and order leave them.
    private(set) var rows: [Row] = []
    /// A board has arrived.
    private(set) var isRead = false
    private(set) var state = TableState<ID>()
    /// As it was typed.
    var filter: String
    private let id: @Sendable (Row) -> ID

    init(filter: String = "", _ id: @escaping @Sendable (Row) -> ID) {
        self.filter = filter
        self.id = id
    }

    var cursor: ID? { state.cursor }
    var marks: Set<ID> { state.marks }
    var ids: [ID] { rows.map(id) }

    /// The row under the cursor.
    var current: Row? { rows.first { id($0) == cursor } }
    var isAtStart: Bool { cursor == rows.first.map(id) }
    var isAtEnd: Bool { cursor == rows.last.map(id) }

    /// The marked rows as they stand on the screen, then those that a filter hides, which are
    /// meant too; without marks the one under the cursor.
    var targets: [Row] {
        guard !marks.isEmpty else { return current.map { [$0] } ?? [] }
        let seen = Set(ids)
        return (rows + all.filter { !seen.contains(id($0)) }).filter { marks.contains(id($0)) }
    }

    /// `   2 marked`, behind the counts.
    var markedWords: String { marks.isEmpty ? "" : "   \(marks.count) marked" }

    // MARK: Rows

    mutating func know(_ all: [Row]) {
        self.all = all
        isRead = true
    }

    /// Takes over what is shown; the cursor holds on to its item, or goes to another one.
    mutating func show(_ rows: [Row], on grid: ListGrid, at item: ID? = nil) {
        self.rows = rows
        if let item { select(item) }
        state.follow(
            ids, page: grid.page, hidden: Set(all.map(id)), isFiltered: !filter.isEmpty)
    }

    /// Shows every row there is.
    mutating func show(all rows: [Row], on grid: ListGrid) {
        know(rows)
        show(rows, on: grid)
    }

    func reading(on grid: ListGrid, words: @escaping (Row) -> String) -> ListReading<ID> {
        ListReading(ids, state, on: grid) { words(rows[$0]) }
    }

    // MARK: Keys

    /// Moving and marking; false for commands that are not a list's.
    mutating func handle(_ command: KeyCommand, on grid: ListGrid) -> Bool {
        if command == .closeTop, !marks.isEmpty {
            return state.handle(.unmark, ids, page: grid.page, columns: grid.columns)
        }
        return state.handle(command, ids, page: grid.page, columns: grid.columns)
    }

    mutating func select(_ id: ID) { state.select(id, among: ids) }

    /// Stands on an item whose name is typed, until that is taken or given up.
    mutating func seek(_ id: ID) { state.seek(id, among: ids) }

    /// The filter is taken as it is: what it has put under the cursor stays there without it.
    mutating func settle() { state.settle() }

    // MARK: Seeing

    func draw(
        _ table: Table, in canvas: Canvas, sort: TableSort? = nil, hasCursor: Bool = true,
        cells: (Row) -> [TableCell]
    ) {
        var state = hasCursor ? state : TableState()
        state.sort = sort
        table.draw(in: canvas, ids: ids, state: state) { cells(rows[$0]) }
    }

    /// Still being read, empty, or without a match: what stands in the place of the rows.
    /// - Parameter isWhole: whether all there are have been looked at.
    func emptyWords(_ words: EmptyWords, isWhole: Bool = true) -> [String] {
        guard isRead else { return words.reading }
        if all.isEmpty { return words.none }
        return isWhole ? words.noMatch : words.reading
    }
}

/// What an empty list says, and which key helps: <doc:ConsoleRules#Empty-lists>.
struct EmptyWords: Sendable {
    var reading: [String]
    var none: [String]
    var noMatch: [String]

    func draw(_ lines: [String], in canvas: Canvas) {
        for (row, line) in lines.enumerated() {
            canvas.text(2, 1 + row, line, row == 0 ? .textStrong : .textDim)
        }
        canvas.rest(2, 1)
    }
}
