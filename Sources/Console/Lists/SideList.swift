/// A second list beside the one of a screen: the keys of panes go from one to the other.

struct SideList<Row: Sendable, ID: Hashable & Sendable>: Sendable {
    private var list: RowList<Row, ID>
    /// Keys move its cursor, not that of the screen's own list.
    private(set) var hasFocus = false

    init(_ id: @escaping @Sendable (Row) -> ID) { list = RowList(id) }

    var cursor: ID? { list.cursor }

    mutating func show(_ rows: [Row], on grid: ListGrid) { list.show(all: rows, on: grid) }

    /// False for commands that are not its own.
    mutating func handle(_ command: KeyCommand, on grid: ListGrid) -> Bool {
        if command == .nextPane || command == .previousPane {
            hasFocus.toggle()
            return true
        }
        return hasFocus && list.handle(command, on: grid)
    }

    func draw(_ columns: [ListColumn<Row>], in canvas: Canvas, _ around: Surroundings) {
        list.draw(columns, in: canvas, hasCursor: hasFocus, around)
    }
}
