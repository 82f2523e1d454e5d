/// The columns of the open positions: what stands in them and how they are filtered.
import Core
import Store

/// What is held, how much of it and with what result stay at every width, then whose it is.
struct PositionColumns: Equatable, Sendable {
    /// The longest names of all positions, seen or not.
    private var bot = 0
    private var symbol = 0

    init() {}

    init(_ rows: [PositionRow]) {
        bot = rows.map { TextWidth.of($0.botLabel) }.max() ?? 0
        symbol = rows.map { TextWidth.of($0.position.symbol) }.max() ?? 0
    }

    func fields(_ around: Surroundings) -> FilterFields<PositionRow> {
        all.fields(
            around, and: FilterField("tpl", "template") { $0.position.templateName },
            FilterField("exchange", "ex") { $0.exchange },
            FilterField("id") { $0.id.description })
    }

    var all: [ListColumn<PositionRow>] { whose + money + Self.more }

    private var whose: [ListColumn<PositionRow>] {
        [
            ListColumn(
                TableColumn(
                    id: "bot", title: "BOT", width: 6, rank: -3, isFlexible: true, longest: bot),
                "bot", "label"
            ) { row, _ in TableCell(row.botLabel) },
            ListColumn(
                TableColumn(id: "net", title: "N", width: 1, rank: -1), "net", "env",
                text: { $0.environment.badge }
            ) { row, _ in TableCell(row.environment.letter, row.environment.badgeRole) },
            ListColumn(
                TableColumn(
                    id: "symbol", title: "SYMBOL", width: 6, rank: -6, longest: symbol,
                    isWhole: true), "symbol", "sym"
            ) { row, _ in TableCell(row.position.symbol) },
            ListColumn(
                TableColumn(id: "side", title: "SIDE", width: 1, rank: -2, longest: 5), "side"
            ) { row, _ in
                let side = row.position.side
                return TableCell(
                    side.rawValue, side.role, short: side.rawValue.prefix(1).uppercased())
            },
        ]
    }

    private var money: [ListColumn<PositionRow>] {
        [
            Self.figure("size", "SIZE", 6, rank: -5, "size") {
                FilterNumber($0.position.quantity)
            } cell: { row, _ in TableCell(row.sizeText) },
            Self.figure("entry", "ENTRY", 9, rank: 3, "entry") {
                FilterNumber($0.position.entryPrice)
            } cell: { row, _ in TableCell(row.entryText) },
            Self.figure("mark", "MARK", 9, rank: 1, "mark") {
                $0.mark.map { FilterNumber($0.price) }
            } cell: { row, around in row.marked(row.markText, around) },
            Self.figure("profit", "uPnL", 9, rank: -4, "upnl", "profit") {
                $0.unrealised.map { FilterNumber($0) }
            } cell: { row, around in row.profit(around) },
            Self.figure("leverage", "LEV", 3, rank: 4, "lev", "leverage") {
                FilterNumber($0.position.leverage)
            } cell: { row, _ in TableCell("\(row.position.leverage)x") },
        ]
    }

    private static let more: [ListColumn<PositionRow>] = [
        ListColumn(
            TableColumn(id: "age", title: "AGE", width: 5, alignment: .right, rank: 2), "age"
        ) { row, around in
            TableCell(around.age(of: row.position.openedAt).ageText(within: 5), .textDim)
        },
        figure("notional", "NOTIONAL", 10, rank: 6, "notional") {
            $0.notional.map { FilterNumber($0) }
        } cell: { row, around in
            row.notional.map { row.marked($0.money, around) } ?? TableCell("-")
        },
        figure("liquidation", "LIQ", 9, rank: 5, "liq", "liquidation") {
            $0.position.liquidation.map { FilterNumber($0) }
        } cell: { row, _ in TableCell(row.liquidationText) },
        ListColumn(
            TableColumn(id: "exits", title: "EXITS", width: 20, rank: 8, isFlexible: true),
            "exits",
            text: { [$0.exitWords, $0.closingWords].compactMap { $0 }.joined(separator: ", ") }
        ) { row, _ in
            row.closingWords.map { TableCell($0, .messageWarn) }
                ?? TableCell(row.exitWords, row.isWatched ? .textDim : .messageError)
        },
    ]

    /// Numbers stand at the right.
    private static func figure(
        _ id: String, _ title: String, _ width: Int, rank: Int, _ names: String...,
        number: @escaping @Sendable (PositionRow) -> FilterNumber?,
        cell: @escaping @Sendable (PositionRow, Surroundings) -> TableCell
    ) -> ListColumn<PositionRow> {
        ListColumn(
            TableColumn(id: id, title: title, width: width, alignment: .right, rank: rank),
            names, number: number, cell: cell)
    }
}

extension PositionRow {
    /// `closing: stop`; nil while nothing closes it.
    fileprivate var closingWords: String? { position.exitReason.map { "closing: \($0)" } }

    /// A figure of the mark: with its sign where that is old.
    fileprivate func marked(_ text: String, _ around: Surroundings) -> TableCell {
        let isOld = around.hasStaleMark(self)
        return TableCell((isOld ? "~" : "") + text, isOld ? .stale : .text)
    }
}
