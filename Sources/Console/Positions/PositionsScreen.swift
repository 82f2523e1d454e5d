/// Every open position of the fleet, live, test and paper summed apart.
import Core
import Store

struct PositionsScreen: SortedScreen {
    let name = "positions"
    let keyContext = KeyContext.positions
    static let noun = "position"
    var list = RowList<PositionRow, ID<Position>> { $0.id }
    var sorting: Sorting<PositionOrder>
    /// nil: all of them.
    private(set) var environment: TradingEnvironment?
    private(set) var board: PositionsBoard?
    private(set) var columns = PositionColumns()

    init(_ around: Surroundings) {
        sorting = Sorting(kept: around.kept["positions.view"], else: .profit)
    }

    func wants(_ around: Surroundings) -> [BoardRequest] { [.positions] }

    mutating func receive(_ board: Board, _ around: Surroundings) {
        if case .positions(let positions) = board {
            self.board = positions
            list.know(positions.rows)
            columns = PositionColumns(positions.rows)
        }
        if list.isRead { arrange(around) }
    }

    func admits(_ row: PositionRow) -> Bool {
        environment == nil || row.environment == environment
    }

    func bot(of row: PositionRow) -> ID<Bot>? { row.position.botID }

    func grid(_ body: Size) -> ListGrid {
        PositionsTable.grid(body, sums: board?.figures.count ?? 0)
    }

    // MARK: Keys

    mutating func open(_ row: PositionRow, _ around: Surroundings) -> [ScreenAction]? {
        [.open(PositionDetails(row, around).panel)]
    }

    mutating func act(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        switch command {
        case .closePosition: return list.current.map { [.previewClose(.position($0.id))] } ?? []
        case .closeAll: return CloseAllAct.ask(targets(around), around)
        case .cycleKind:
            environment = PositionSums(self).environment(after: environment)
            arrange(around)
            list.settle()
            return []
        default: return nil
        }
    }

    func refusal(of binding: Binding, _ around: Surroundings) -> String? {
        let isClose = binding.command == .closePosition
        if isClose || binding.command == .closeAll, rows.isEmpty { return "no position here" }
        if isClose, !list.marks.isEmpty {
            return "closes one only; X closes the bots of the marked ones"
        }
        return isClose && list.current?.position.exitReason != nil
            ? "already closing" : rowRefusal(of: binding, around)
    }

    func copies(
        _ row: PositionRow, whole: String, _ around: Surroundings
    ) -> [ListMenu.Copy] { row.copies(whole: whole) }

    // MARK: What is shown

    func fields(_ around: Surroundings) -> FilterFields<PositionRow> { columns.fields(around) }

    func words(of row: PositionRow, _ around: Surroundings) -> String { row.plainText(around) }

    func crumb(_ around: Surroundings) -> Crumb {
        let sums = PositionSums(self)
        let net = environment.map { "  net:\($0.badge.lowercased())" } ?? ""
        return Crumb(
            path: ["Positions\(net)"],
            counts: sums.isNarrowed ? list.counts : sums.words + list.markedWords,
            order: sorting.words)
    }

    var emptyWords: EmptyWords {
        EmptyWords(
            "the positions", Self.noun, none: "No open positions: every bot is flat.",
            "1 shows the fleet.", filter: list.filter,
            instead: "Esc clears the filter, t shows live, test and paper.")
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        guard !rows.isEmpty else { return drawEmpty(in: canvas) }
        PositionsTable(self, around).draw(in: canvas)
    }
}
