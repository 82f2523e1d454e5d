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
    var filter: String { didSet { isTyped = !filter.isEmpty } }
    /// No rows were shown for it yet.
    private var isTyped = false
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
    /// `12 of 40   2 marked`.
    var counts: String { "\(rows.count) of \(all.count)\(markedWords)" }

    // MARK: Rows

    mutating func know(_ all: [Row]) {
        self.all = all
        isRead = true
    }

    /// Takes over what is shown; the cursor holds on to its item, or goes to another one.
    mutating func show(_ rows: [Row], on grid: ListGrid, at item: ID? = nil) {
        self.rows = rows
        let ids = ids
        if let item { state.select(item, among: ids) }
        state.follow(
            ids, page: grid.page, hidden: Set(all.map(id)), isFiltered: !filter.isEmpty)
        state.scroll(ids, on: grid)
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
        let ids = ids
        let isUnmarking = command == .closeTop && !marks.isEmpty
        let isTaken = state.handle(
            isUnmarking ? .unmark : command, ids, page: grid.page, columns: grid.columns)
        if isTaken { state.scroll(ids, on: grid) }
        return isTaken
    }

    mutating func select(_ id: ID) { state.select(id, among: ids) }

    /// Stands on an item whose name is typed, until that is taken or given up.
    mutating func seek(_ id: ID) { state.seek(id, among: ids) }

    /// Who types a name means the row of that name, not one that holds it somewhere.
    mutating func seekName(_ name: (Row) -> String?) {
        guard isTyped else { return }
        isTyped = false
        let words = FilterExpression(filter).bareWords
        guard !words.isEmpty else { return state.giveBack(among: ids) }
        let named = rows.filter { row in
            guard let text = name(row)?.lowercased() else { return false }
            return words.allSatisfy { text.contains($0) }
        }
        guard let first = named.first, !named.contains(where: { id($0) == cursor }) else { return }
        seek(id(first))
    }

    /// The filter is taken as it is: what it has put under the cursor stays there without it.
    mutating func settle() { state.settle() }

    // MARK: Seeing

    func draw(
        _ columns: [ListColumn<Row>], in canvas: Canvas, sort: TableSort? = nil,
        hasCursor: Bool = true, _ around: Surroundings
    ) {
        draw(columns.table(), in: canvas, sort: sort, hasCursor: hasCursor) {
            columns.cells($0, around)
        }
    }

    func draw(
        _ table: Table, in canvas: Canvas, sort: TableSort? = nil, hasCursor: Bool = true,
        cells: (Row) -> [TableCell]
    ) {
        var state = hasCursor ? state : TableState()
        state.sort = sort
        table.withArrow(sort).draw(in: canvas, ids: ids, state: state) { cells(rows[$0]) }
    }

    /// Still being read, empty, or without a match: what stands in the place of the rows.
    /// - Parameter isWhole: whether all there are have been looked at.
    func lines(of words: EmptyWords, isWhole: Bool = true) -> [String] {
        guard isRead else { return words.reading }
        if all.isEmpty { return words.none }
        return isWhole ? words.noMatch : words.reading
    }
}
