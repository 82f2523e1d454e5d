/// A list of what was recorded, newest first, with one record in full beside or below it.
import Core
import Store

/// Read page by page; the same keys read, copy and page in each of them.
protocol RecordScreen: ListScreen where RowID == ID<Entity> {
    associatedtype Entity: Identified & Sendable
    static var table: Table { get }
    static var fields: FilterFields<Row> { get }
    static var emptyWords: EmptyWords { get }
    var pages: RecordPages<Row, Entity> { get set }
    var showsDetail: Bool { get set }
    /// What is said over the list, whatever it shows.
    var banner: [ToldWords] { get }
    func cells(_ row: Row, _ around: Surroundings) -> [TableCell]
    func detail(_ row: Row, _ around: Surroundings) -> RecordDetail
}

extension RecordScreen {
    var banner: [ToldWords] { [] }

    func fields(_ around: Surroundings) -> FilterFields<Row> { Self.fields }

    var filter: String? {
        get { list.filter }
        set {
            list.filter = newValue ?? ""
            pages.show(list.filter, Self.fields)
        }
    }

    /// A board is taken in, or another one arrived.
    mutating func follow(_ around: Surroundings) {
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

    func words(of row: Row, _ around: Surroundings) -> String { detail(row, around).text }

    /// Of one record: a line of its list is too short for it.
    func plain(_ around: Surroundings) -> TextPanel? {
        list.current.map { TextPanel.plain(detail($0, around).title, words(of: $0, around)) }
    }

    func refusal(of binding: Binding, _ around: Surroundings) -> String? {
        binding.command == .cancelCommand
            ? "on the commands screen, :commands" : SpareKeys.refusal(of: binding)
    }

    func hints(cells: Int, _ around: Surroundings) -> [KeyHint]? {
        SpareKeys.hints(of: self, cells: cells, around)
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
        guard !rows.isEmpty else {
            let words = list.emptyWords(Self.emptyWords, isWhole: pages.isWhole)
            body.text(1, 0, words.joined(separator: " "), .textDim)
            return
        }
        let parts = split(body.size)
        list.draw(Self.table, in: body[parts.table]) { cells($0, around) }
        guard let place = parts.detail, let row = list.current else { return }
        detail(row, around).draw(in: body[place])
    }
}
