/// Every open position of the fleet, live, test and paper summed apart.
import Core
import Store

struct PositionsScreen: SortedScreen {
    let name = "positions"
    let keyContext = KeyContext.positions
    var list = RowList<PositionRow, ID<Position>> { $0.id }
    var sorting: Sorting<PositionOrder>
    /// nil: all of them.
    private(set) var environment: TradingEnvironment?
    private(set) var board: PositionsBoard?
    /// The longest names of all positions, seen or not.
    private(set) var lengths = (bot: 0, symbol: 0)

    init(_ around: Surroundings) {
        sorting = Sorting(kept: around.kept["positions.view"], else: .profit)
    }

    // MARK: Boards

    func wants(_ around: Surroundings) -> [BoardRequest] { [.positions] }

    mutating func receive(_ board: Board, _ around: Surroundings) {
        if case .positions(let positions) = board {
            self.board = positions
            list.know(positions.rows)
            lengths.bot = positions.rows.map { TextWidth.of($0.botLabel) }.max() ?? 0
            lengths.symbol = positions.rows.map { TextWidth.of($0.position.symbol) }.max() ?? 0
        }
        if list.isRead { arrange(around) }
    }

    func admits(_ row: PositionRow) -> Bool {
        environment == nil || row.environment == environment
    }

    func grid(_ body: Size) -> ListGrid {
        PositionsTable.grid(body, sums: board?.figures.count ?? 0)
    }

    // MARK: Keys

    mutating func open(_ row: PositionRow, _ around: Surroundings) -> [ScreenAction]? {
        [.open(PositionDetails(row, around).panel)]
    }

    mutating func act(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        let current = list.current
        switch command {
        case .closePosition: return current.map { [.previewClose(.position($0.id))] } ?? []
        case .closeAll: return CloseAllAct.ask(targets(around), around)
        case .goToBot: return current.map { [.go(.bot($0.position.botID, .template))] } ?? []
        case .cycleKind:
            cycleEnvironment()
            arrange(around)
            return []
        default: return nil
        }
    }

    /// The bots of the marked positions, else of the one under the cursor; each once.
    func targets(_ around: Surroundings) -> [BotRow] {
        around.bots(list.targets.map(\.position.botID))
    }

    func refusal(of binding: Binding, _ around: Surroundings) -> String? {
        switch binding.command {
        case .open, .closePosition, .closeAll, .goToBot, .copy, .showPlain:
            if rows.isEmpty { return "no position here" }
            if binding.command == .closePosition, !list.marks.isEmpty {
                return "closes one only; X closes the bots of the marked ones"
            }
            return binding.command == .closePosition && list.current?.position.exitReason != nil
                ? "already closing" : nil
        default: return nil
        }
    }

    private mutating func cycleEnvironment() {
        let present = (board?.figures ?? []).map(\.environment)
        guard present.count > 1 else { return }
        guard let now = environment, let place = present.firstIndex(of: now) else {
            environment = present[0]
            return
        }
        environment = place + 1 < present.count ? present[place + 1] : nil
    }

    // MARK: Filter and text

    func fields(_ around: Surroundings) -> FilterFields<PositionRow> {
        PositionFilter.fields(around)
    }

    static let plainTitle = "Positions as text"

    func words(of row: PositionRow, _ around: Surroundings) -> String { row.plainText(around) }

    func copies(
        _ row: PositionRow, whole: String, _ around: Surroundings
    ) -> [ListMenu.Copy] {
        [
            ListMenu.Copy("y", "id", row.id.description),
            ListMenu.Copy("l", "bot", row.botLabel, most: nil),
            ListMenu.Copy("s", "symbol", row.position.symbol),
            ListMenu.Copy("r", "row", whole, most: nil),
        ]
    }

    // MARK: Seeing

    func currentBot(_ around: Surroundings) -> BotRow? {
        list.current.flatMap { around.bot($0.position.botID) }
    }

    func crumb(_ around: Surroundings) -> Crumb {
        let all = (board?.figures ?? []).map {
            "\($0.openPositions) \($0.environment.badge.lowercased())"
        }.joined(separator: "  ")
        let counts = isNarrowed ? "\(rows.count) of \(list.all.count)" : all
        let net = environment.map { "  net:\($0.badge.lowercased())" } ?? ""
        return Crumb(
            path: ["Positions\(net)"], counts: counts + list.markedWords, order: sorting.words)
    }

    /// A filter or one environment alone: not all positions are shown.
    var isNarrowed: Bool { environment != nil || !FilterExpression(list.filter).isEmpty }

    /// One line for each environment that has positions, over those of them that are shown.
    var sums: [FleetFigures] {
        let all = board?.figures ?? []
        return isNarrowed ? all.map { shown(in: $0.environment) } : all
    }

    private func shown(in environment: TradingEnvironment) -> FleetFigures {
        var figures = FleetFigures(environment: environment)
        for row in rows where row.environment == environment { figures.add(row) }
        return figures
    }

    /// `12 open`; where not all are shown, `2 of 12 shown`.
    func countWords(_ sum: FleetFigures) -> String {
        guard isNarrowed else { return "\(sum.openPositions) open" }
        let all = board?.figures.first { $0.environment == sum.environment }?.openPositions ?? 0
        return "\(sum.openPositions) of \(all) shown"
    }

    var emptyWords: EmptyWords {
        EmptyWords(
            reading: ["Reading the positions ..."],
            none: ["No open positions: every bot is flat.", "1 shows the fleet."],
            noMatch: [
                "No position matches.", "Esc clears the filter, t shows live, test and paper.",
            ])
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        guard !rows.isEmpty else { return drawEmpty(in: canvas) }
        PositionsTable(self, around).draw(in: canvas)
    }
}
