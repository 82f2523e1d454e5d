/// A list of what was recorded, newest first, with one record in full beside or below it.
import Core
import Store

/// Read page by page; the same keys read, copy and page in each of them.
protocol RecordScreen: ListScreen where RowID == ID<Entity> {
    associatedtype Entity: Identified & Sendable
    /// What is recorded does not change with the moment: no filter looks at the surroundings.
    static var columns: [ListColumn<Row>] { get }
    /// What the details have besides the columns.
    static var details: [FilterField<Row>] { get }
    var pages: RecordPages<Row, Entity> { get set }
    var showsDetail: Bool { get set }
    /// The newest page.
    var newest: BoardRequest { get }
    /// The page behind a record.
    func older(than id: ID<Entity>) -> BoardRequest
    /// The records of one of these pages.
    func records(of board: Board) -> [Row]?
    /// What else is to be read.
    var besides: [BoardRequest] { get }
    /// Another board than a page.
    mutating func note(_ board: Board)
    /// What is said over the list, whatever it shows.
    var banner: [ToldWords] { get }
    func detail(_ row: Row, _ around: Surroundings) -> RecordDetail
}

extension RecordScreen {
    static var spareKeys: SpareKeys { [.marking, .sorting] }
    var isWhole: Bool { pages.isWhole }
    var besides: [BoardRequest] { [] }
    mutating func note(_ board: Board) {}
    var banner: [ToldWords] { [] }

    static var table: Table { columns.table() }

    private static var fields: FilterFields<Row> {
        FilterFields(columns.fields(Surroundings(size: Size(0, 0))).fields + details)
    }

    func fields(_ around: Surroundings) -> FilterFields<Row> { Self.fields }

    var filter: String? {
        get { list.filter }
        set {
            list.filter = newValue ?? ""
            pages.show(list.filter, Self.fields)
        }
    }

    // MARK: Boards

    func wants(_ around: Surroundings) -> [BoardRequest] {
        [newest] + besides + (pages.older.map { [older(than: $0)] } ?? [])
    }

    mutating func receive(_ board: Board, _ around: Surroundings) {
        if board.request == newest, let rows = records(of: board) {
            pages.take(newest: rows)
            list.know(pages.rows)
        } else if let before = pages.older, board.request == older(than: before),
            let rows = records(of: board)
        {
            pages.take(rows, before: before)
            list.know(pages.rows)
        } else {
            note(board)
        }
        list.show(pages.shown, on: grid(around.body))
    }

    // MARK: Keys

    mutating func moved(_ around: Surroundings) {
        if list.isAtEnd { pages.readOn() }
    }

    /// Enter shows or hides the record in full.
    mutating func open(_ row: Row, _ around: Surroundings) -> [ScreenAction]? {
        showsDetail.toggle()
        return []
    }

    /// Records are taken one at a time.
    func targets(_ around: Surroundings) -> [BotRow] { currentBot(around).map { [$0] } ?? [] }

    func words(of row: Row, _ around: Surroundings) -> String { detail(row, around).text }

    /// Of one record: a line of its list is too short for it.
    func plain(_ around: Surroundings) -> TextPanel? {
        list.current.map { TextPanel.plain(detail($0, around).title, words(of: $0, around)) }
    }

    func refusal(of binding: Binding, _ around: Surroundings) -> String? {
        binding.command == .cancelCommand
            ? "on the commands screen, :commands" : rowRefusal(of: binding, around)
    }

    // MARK: Seeing

    func grid(_ body: Size) -> ListGrid {
        let room = Rect(body).splitTop(banner.count).rest
        let part = split(room.size).table
        return .table(
            Rect(room.column + part.column, room.row + part.row, part.columns, part.rows))
    }

    /// Where table and detail stand.
    private func split(_ size: Size) -> (table: Rect, detail: Rect?) {
        RecordDetail.split(size, isShown: showsDetail, tableCells: Self.table.needs)
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        for (row, line) in banner.enumerated() {
            canvas.text(1, row, line.words, line.role, cells: canvas.columns - 1)
        }
        let body = canvas[canvas.bounds.splitTop(banner.count).rest]
        rows.isEmpty ? drawEmpty(in: body, around) : drawRows(in: body, around)
    }

    func drawRows(in canvas: Canvas, _ around: Surroundings) {
        let parts = split(canvas.size)
        list.draw(Self.columns, in: canvas[parts.table], around)
        guard let place = parts.detail, let row = list.current else { return }
        detail(row, around).draw(in: canvas[place])
    }
}
