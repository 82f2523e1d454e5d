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

    func draw(in whole: Canvas, _ layout: FleetLayout) {
        guard !layout.isTiny else { return drawTiny(in: whole, layout) }
        let canvas = whole[layout.list]
        let table = Self.table(screen.lengths, in: canvas.columns)
        let isNarrow = !table.columns.contains { $0.id == "trouble" }
        screen.list.draw(table, in: canvas, sort: screen.sorting.column) {
            cells($0, isNarrow: isNarrow)
        }
    }

    /// The longest texts of the fleet, seen or not: columns stand still while rows move.
    struct Lengths: Equatable, Sendable {
        var label = 0
        var template = 0
        var region = 0

        init() {}

        init(_ rows: [BotRow]) {
            for row in rows {
                label = max(label, TextWidth.of(row.label))
                template = max(template, TextWidth.of(row.bot.templateName ?? "-"))
                region = max(region, TextWidth.of(row.bot.region))
            }
        }
    }

    /// Who, in which state and why, with what result: these stay at every width. Where the cause
    /// has no column of its own it stands in the place of the state.
    static func table(_ lengths: Lengths, in room: Int) -> Table {
        var columns = [
            TableColumn(
                id: "label", title: "BOT", width: 8, rank: -5, isFlexible: true,
                longest: lengths.label),
            TableColumn(id: "net", title: "NET", width: 5, rank: -1),
            TableColumn(id: "state", title: "STATUS", width: 11, rank: -4),
            TableColumn(id: "trouble", title: "CAUSE", width: 15, rank: -2, most: 15),
            TableColumn(id: "heartbeat", title: "HB", width: 4, alignment: .right, rank: 1),
            TableColumn(id: "positions", title: "POS", width: 3, alignment: .right, rank: 2),
            TableColumn(id: "profit", title: "uPnL", width: 10, alignment: .right, rank: -3),
            TableColumn(
                id: "template", title: "TEMPLATE", width: 8, rank: 3, longest: lengths.template),
            TableColumn(id: "region", title: "REGION", width: 6, rank: 5, longest: lengths.region),
            TableColumn(id: "version", title: "VER", width: 6, rank: 4),
        ]
        if room < 48 + min(lengths.label, TableColumn.most) {
            (columns[1].width, columns[2].width, columns[2].longest) = (1, 10, 20)
            columns.removeAll { $0.id == "trouble" || $0.rank > 0 }
        }
        return Table(columns)
    }

    private func cells(_ row: BotRow, isNarrow: Bool) -> [TableCell] {
        guard isNarrow else { return cells(row) }
        let all = cells(row)
        var state = all[2]
        if row.isKnown(around), let cause = row.cause(around) {
            let isTold = !around.off.contains(.causeInRow)
            let brief = isTold ? "\(row.state.glyph) \(cause.brief)" : state.text
            let joint = cause.word.hasPrefix("by ") ? " " : ": "
            let isPause = cause.kind == .paused
            state = TableCell(
                isPause ? state.text + joint + cause.word : "\(row.state.glyph) \(all[3].text)",
                isPause ? state.role : all[3].role, short: brief)
        }
        return [all[0], all[1], state, all[6]]
    }

    private func cells(_ row: BotRow) -> [TableCell] {
        let cause = row.cause(around)?.kind
        let mark = row.shownMark(around)
        return [
            TableCell(row.label, cause?.isTrouble == true ? .textStrong : .text),
            TableCell(
                row.environment.badge, row.environment.badgeRole, short: row.environment.letter),
            TableCell(mark.text, mark.role, short: String(mark.text.prefix(9))),
            row.causeCell(around),
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
    private func drawTiny(in canvas: Canvas, _ layout: FleetLayout) {
        guard let current = screen.list.current else { return }
        let reading = screen.list.reading(on: layout.grid) { _ in "" }
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
        for (offset, row) in screen.rows[reading.seen].enumerated().dropFirst() {
            let line = reading.grid.cell(offset).row
            canvas.text(1, line, row.label, .text, cells: max(0, canvas.columns - 3))
            let mark = row.shownMark(around)
            canvas.textRight(canvas.columns, line, String(mark.text.prefix(1)), mark.role)
        }
    }
}
