/// The picture of the positions screen: the table and the sums under it.
import Core
import Store

struct PositionsTable {
    private let screen: PositionsScreen
    private let around: Surroundings

    init(_ screen: PositionsScreen, _ around: Surroundings) {
        self.screen = screen
        self.around = around
    }

    /// The table over the sums; without columns where there is no room for them.
    static func grid(_ body: Size, sums: Int) -> ListGrid {
        let taken = body.rows >= 8 && sums > 0 ? sums + 1 : 0
        guard isTiny(body) else { return .table(Rect(body).splitBottom(taken).rest) }
        return ListGrid(
            area: Rect(body), first: Rect(0, 0, body.columns, 1), rows: body.rows,
            scroll: .cursor(fills: true))
    }

    private static func isTiny(_ body: Size) -> Bool { body.rows < 4 || body.columns < 40 }

    func draw(in canvas: Canvas) {
        let sums = canvas.rows >= 8 ? PositionSums(screen).shown : []
        let parts = canvas.bounds.splitBottom(sums.isEmpty ? 0 : sums.count + 1)
        if Self.isTiny(canvas.size) {
            drawTiny(in: canvas)
        } else {
            screen.list.draw(
                screen.columns.all, in: canvas[parts.rest], sort: screen.sorting.column, around)
        }
        drawSums(sums, in: canvas[parts.bottom])
    }

    /// What stands in one row, column by column.
    func texts(of index: Int) -> [String] {
        screen.columns.all.cells(screen.rows[index], around).map(\.text)
    }

    private func drawSums(_ sums: [FleetFigures], in canvas: Canvas) {
        guard !sums.isEmpty else { return }
        canvas.horizontalLine(0, .separator)
        let counts = PositionSums(screen)
        for (row, figures) in sums.enumerated() {
            let profit = figures.unrealised
            let isOld = around.hasStaleMarks
            let mark = isOld ? "~" : ""
            var at =
                1
                + canvas.text(1, row + 1, figures.title, figures.environment.badgeRole)
            at += canvas.text(at, row + 1, " \(counts.countWords(figures))  ", .text)
            let net = "net \(mark)\(figures.netNotional.wholeSigned)"
            let words =
                "long \(mark)\(figures.longNotional.grouped(0))  "
                + "short \(mark)\(figures.shortNotional.grouped(0))  \(net)"
            let right = mark + profit.signed
            let room = canvas.columns - at - right.count - 8
            // Half a sum would be another sum.
            if let whole = [words, net].first(where: { TextWidth.of($0) <= room }) {
                canvas.text(at, row + 1, whole, isOld ? .stale : .text)
            }
            canvas.textRight(canvas.columns - 2, row + 1, right, isOld ? .stale : profit.role)
            if canvas.columns >= 72 {
                canvas.textRight(canvas.columns - 3 - right.count, row + 1, "uPnL", .textDim)
            }
        }
    }

    /// One line a position: symbol and profit.
    private func drawTiny(in canvas: Canvas) {
        let reading = screen.list.reading(on: Self.grid(canvas.size, sums: 0)) { _ in "" }
        for (line, row) in screen.rows[reading.seen].enumerated() {
            let profit = row.profit(around)
            let isCurrent = row.id == screen.list.cursor
            canvas.text(0, line, isCurrent ? ">" : " ", .textStrong)
            canvas.text(
                1, line, row.position.symbol, .text,
                cells: max(0, canvas.columns - profit.text.count - 2))
            canvas.textRight(canvas.columns, line, profit.text, profit.role)
            if isCurrent { canvas.rest(0, line) }
        }
    }
}
