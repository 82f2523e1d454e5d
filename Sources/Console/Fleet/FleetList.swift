/// The fleet as a list: one line a bot, columns as there is room.
import Core
import Store

struct FleetList {
    private let screen: FleetScreen
    private let around: Surroundings

    init(_ screen: FleetScreen, _ around: Surroundings) {
        self.screen = screen
        self.around = around
    }

    func draw(in canvas: Canvas) {
        var state = screen.table
        state.sort = TableSort(
            column: screen.order.rawValue, isDescending: screen.isDescending)
        Table(columns(canvas.columns)).draw(
            in: canvas, rows: screen.rows.map { TableRow($0.id, cells($0)) }, state: state)
    }

    private func columns(_ room: Int) -> [TableColumn] {
        let isNarrow = room < 60
        let isTight = room < 66
        return [
            TableColumn(
                id: "label", title: "BOT", width: isTight ? 10 : 13, isFlexible: true),
            TableColumn(id: "net", title: "NET", width: 5, rank: isNarrow ? 9 : 0),
            TableColumn(id: "state", title: "STATUS", width: isTight ? 10 : 11),
            TableColumn(
                id: "trouble", title: "CAUSE", width: isTight ? 14 : 15, rank: isNarrow ? 7 : 0),
            TableColumn(id: "heartbeat", title: "HB", width: 4, alignment: .right, rank: 2),
            TableColumn(
                id: "positions", title: "POS", width: 3, alignment: .right,
                rank: isNarrow ? 8 : 0),
            TableColumn(id: "profit", title: "uPnL", width: 10, alignment: .right),
            TableColumn(id: "template", title: "TEMPLATE", width: 14, rank: 5),
            TableColumn(id: "region", title: "REGION", width: 7, rank: 6),
            TableColumn(id: "version", title: "VER", width: 6, rank: 4),
        ]
    }

    private func cells(_ row: BotRow) -> [TableCell] {
        let cause = row.cause(around)?.kind
        return [
            TableCell(row.label, cause?.isTrouble == true ? .textStrong : .text),
            TableCell(row.environment.badge, row.environment.badgeRole),
            row.shownMark(around), row.causeCell(around),
            row.heartbeat(around, within: 4),
            TableCell(row.openPositions.map { $0 == 0 ? "-" : "\($0)" } ?? ""),
            row.profit(around),
            TableCell(row.bot.templateName ?? "-"),
            TableCell(row.bot.region, .textDim),
            TableCell(row.versionText, row.isUpdateAvailable ? .badgeUpdate : .textDim),
        ]
    }

    /// What stands in the row of one bot, column by column.
    func texts(of index: Int) -> [String] { cells(screen.rows[index]).map(\.text) }

    /// Two lines a bot without columns, for 20x5.
    func drawTiny(in canvas: Canvas) {
        guard let current = screen.currentBot(around) else { return }
        let rows = screen.rows
        let place = rows.firstIndex { $0.id == current.id } ?? 0
        let beat = current.heartbeat(around)
        let mark = current.shownMark(around)
        let end = "\(mark.text.prefix(1)) \(beat.text)"
        canvas.text(0, 0, ">", .textStrong)
        canvas.text(
            1, 0, current.label, .textStrong,
            cells: max(0, canvas.columns - TextWidth.of(end) - 2))
        canvas.textRight(canvas.columns, 0, end, mark.role)
        canvas.rest(0, 0)
        guard canvas.rows > 1 else { return }
        if let count = current.openPositions { canvas.text(1, 1, "pos \(count)", .text) }
        let profit = current.profit(around)
        canvas.textRight(canvas.columns, 1, profit.text, profit.role)
        for (offset, row) in rows.dropFirst(place + 1).prefix(max(0, canvas.rows - 2)).enumerated()
        {
            canvas.text(1, 2 + offset, row.label, .text, cells: max(0, canvas.columns - 3))
            let mark = row.shownMark(around)
            canvas.textRight(canvas.columns, 2 + offset, String(mark.text.prefix(1)), mark.role)
        }
    }
}
