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
        let sums = canvas.rows >= 8 ? screen.sums : []
        let parts = canvas.bounds.splitBottom(sums.isEmpty ? 0 : sums.count + 1)
        if Self.isTiny(canvas.size) {
            drawTiny(in: canvas)
        } else {
            screen.list.draw(
                Table(columns), in: canvas[parts.rest], sort: screen.sorting.column, cells: cells)
        }
        drawSums(sums, in: canvas[parts.bottom])
    }

    /// What is held, how much of it and with what result stay at every width, then whose it is.
    private var columns: [TableColumn] {
        [
            TableColumn(
                id: "bot", title: "BOT", width: 6, rank: -3, isFlexible: true,
                longest: screen.lengths.bot),
            TableColumn(id: "net", title: "N", width: 1, rank: -1),
            TableColumn(
                id: "symbol", title: "SYMBOL", width: 6, rank: -6,
                longest: screen.lengths.symbol, isWhole: true),
            TableColumn(id: "side", title: "SIDE", width: 1, rank: -2, longest: 5),
            TableColumn(id: "size", title: "SIZE", width: 6, alignment: .right, rank: -5),
            TableColumn(id: "entry", title: "ENTRY", width: 9, alignment: .right, rank: 3),
            TableColumn(id: "mark", title: "MARK", width: 9, alignment: .right, rank: 1),
            TableColumn(id: "profit", title: "uPnL", width: 9, alignment: .right, rank: -4),
            TableColumn(id: "leverage", title: "LEV", width: 3, alignment: .right, rank: 4),
            TableColumn(id: "age", title: "AGE", width: 5, alignment: .right, rank: 2),
            TableColumn(id: "notional", title: "NOTIONAL", width: 10, alignment: .right, rank: 6),
            TableColumn(id: "liquidation", title: "LIQ", width: 9, alignment: .right, rank: 5),
            TableColumn(id: "exits", title: "EXITS", width: 20, rank: 8, isFlexible: true),
        ]
    }

    private func cells(_ row: PositionRow) -> [TableCell] {
        let position = row.position
        let isOld = around.hasStaleMark(row)
        func marked(_ text: String) -> TableCell {
            TableCell((isOld ? "~" : "") + text, isOld ? .stale : .text)
        }
        let closing = position.exitReason.map { "closing: \($0)" }
        return [
            TableCell(row.botLabel),
            TableCell(row.environment.letter, row.environment.badgeRole),
            TableCell(position.symbol),
            TableCell(
                position.side.rawValue, position.side.role,
                short: position.side.rawValue.prefix(1).uppercased()),
            TableCell(row.sizeText), TableCell(row.entryText),
            marked(row.markText),
            row.profit(around), TableCell("\(position.leverage)x"),
            TableCell(around.age(of: position.openedAt).ageText(within: 5), .textDim),
            row.notional.map { marked($0.money) } ?? TableCell("-"),
            TableCell(row.liquidationText),
            TableCell(
                closing ?? row.exitRules.joined(separator: ", "),
                closing == nil ? .textDim : .messageWarn),
        ]
    }

    /// What stands in one row, column by column.
    func texts(of index: Int) -> [String] { cells(screen.rows[index]).map(\.text) }

    private func drawSums(_ sums: [FleetFigures], in canvas: Canvas) {
        guard !sums.isEmpty else { return }
        canvas.horizontalLine(0, .separator)
        for (row, figures) in sums.enumerated() {
            let profit = figures.unrealised
            let isOld = around.hasStaleMarks
            let mark = isOld ? "~" : ""
            var at =
                1
                + canvas.text(1, row + 1, figures.environment.badge, figures.environment.badgeRole)
            at += canvas.text(at, row + 1, " \(screen.countWords(figures))  ", .text)
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
