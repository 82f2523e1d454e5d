/// Every open position of the fleet, live, test and paper summed apart.
import Core
import Store

struct PositionsScreen: SortedScreen {
    let name = "positions"
    let keyContext = KeyContext.positions
    static let subject = "the positions"
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

    func rows(of board: Board) -> [PositionRow]? {
        if case .positions(let positions) = board { positions.rows } else { nil }
    }

    mutating func note(_ board: Board) {
        guard case .positions(let positions) = board else { return }
        self.board = positions
        columns = PositionColumns(positions.rows)
    }

    func admits(_ row: PositionRow) -> Bool {
        environment == nil || row.environment == environment
    }

    func bot(of row: PositionRow) -> ID<Bot>? { row.position.botID }

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
        ClosePositionAct.refusal(of: binding.command, in: list) ?? rowRefusal(of: binding, around)
    }

    // MARK: What is shown

    func fields(_ around: Surroundings) -> FilterFields<PositionRow> { columns.fields(around) }

    func crumb(_ around: Surroundings) -> Crumb { PositionSums(self).crumb(of: self) }

    func nothing(_ keys: KeyNames) -> [String] {
        ["No open positions: every bot is flat.", "\(keys[.fleet]) shows the fleet."]
    }

    func others(_ keys: KeyNames) -> String? { "\(keys[.cycleKind]) shows live, test and paper" }

    func grid(_ body: Size) -> ListGrid {
        PositionsTable.grid(body, sums: board?.figures.count ?? 0)
    }

    func drawRows(in canvas: Canvas, _ around: Surroundings) {
        PositionsTable(self, around).draw(in: canvas)
    }
}
