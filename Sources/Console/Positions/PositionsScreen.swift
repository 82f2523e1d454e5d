/// Every open position of the fleet, live, test and paper summed apart.
import Core
import Store

struct PositionsScreen: Screen {
    let name = "positions"
    let keyContext = KeyContext.positions
    private(set) var table = TableState<ID<Position>>()
    private(set) var order = PositionOrder.profit
    private(set) var isDescending = false
    /// nil: all of them.
    private(set) var environment: TradingEnvironment?
    private var filterText = ""
    private(set) var board: PositionsBoard?
    private(set) var rows: [PositionRow] = []
    /// The longest names of all positions, seen or not.
    private(set) var lengths = (bot: 0, symbol: 0)

    init(_ around: Surroundings) {
        filterText = around.kept["positions.filter"] ?? ""
        for word in (around.kept["positions.view"] ?? "").split(separator: " ") {
            if word == "descending" { isDescending = true }
            order = PositionOrder(rawValue: String(word)) ?? order
        }
    }

    // MARK: Boards

    func wants(_ around: Surroundings) -> [BoardRequest] { [.positions] }

    mutating func receive(_ board: Board, _ around: Surroundings) {
        if case .positions(let positions) = board {
            self.board = positions
            lengths.bot = positions.rows.map { TextWidth.of($0.botLabel) }.max() ?? 0
            lengths.symbol = positions.rows.map { TextWidth.of($0.position.symbol) }.max() ?? 0
        }
        arrange(around)
    }

    private mutating func arrange(_ around: Surroundings) {
        guard let board else { return }
        let expression = FilterExpression(filterText)
        let fields = PositionFilter.fields(around)
        let shown = board.rows.filter { row in
            (environment == nil || row.environment == environment)
                && (expression.isEmpty || fields.matches(row, expression))
        }
        rows = order.sorted(shown, isDescending: isDescending)
        let hidden = Set(board.rows.map(\.id)).subtracting(rows.map(\.id))
        table.follow(rows.map(\.id), page: page(around), hidden: hidden)
    }

    private func page(_ around: Surroundings) -> Int {
        max(1, around.body.rows - 1 - sums.count - 1)
    }

    // MARK: Keys

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        if table.handle(command, rows.map(\.id), page: page(around)) { return [] }
        let current = current
        switch command {
        case .open: return current.map { [.open(PositionDetails($0, around).panel)] } ?? []
        case .closePosition: return current.map { [.previewClose(.position($0.id))] } ?? []
        case .closeAll: return BotActs.closeAll(targets(around), around)
        case .goToBot: return current.map { [.go(.bot($0.position.botID, .template))] } ?? []
        case .sort: return [.open(sortMenu)]
        case .reverseSort:
            isDescending.toggle()
            arrange(around)
            return [keep]
        case .cycleKind:
            cycleEnvironment()
            arrange(around)
            return []
        case .copy: return current.map { [.open(copyMenu($0, around))] } ?? []
        case .showPlain: return [.open(plainPanel(around))]
        case .closeTop where !table.marks.isEmpty:
            table.marks = []
            return []
        case .left, .right: return []
        default: return nil
        }
    }

    private var current: PositionRow? { rows.first { $0.id == table.cursor } }

    /// The bots of the marked positions, else of the one under the cursor; each once. Marks that
    /// a filter hides are meant too.
    func targets(_ around: Surroundings) -> [BotRow] {
        let all = board?.rows ?? []
        let ids = table.targets(among: all.map(\.id))
        let bots = all.filter { ids.contains($0.id) }.map(\.position.botID)
        return (around.fleet?.rows ?? []).filter { bots.contains($0.id) }
    }

    func refusal(of binding: Binding, _ around: Surroundings) -> String? {
        switch binding.command {
        case .open, .closePosition, .closeAll, .goToBot, .copy, .showPlain:
            if rows.isEmpty { return "no position here" }
            if binding.command == .closePosition, !table.marks.isEmpty {
                return "closes one only; X closes the bots of the marked ones"
            }
            return binding.command == .closePosition && current?.position.exitReason != nil
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

    // MARK: Order, filter, copying

    private var keep: ScreenAction {
        .perform(
            .keep(
                name: "positions.view", text: order.rawValue + (isDescending ? " descending" : "")))
    }

    private var sortMenu: ListMenu {
        let entries = PositionOrder.allCases.enumerated().map { index, order in
            ListMenu.Entry(
                key: .character(Character("\(index + 1)")), label: order.title,
                note: order == self.order ? "now" : "", actions: [.choose(order.rawValue)])
        }
        return ListMenu(
            "sort", title: "Sort by", entries,
            cursor: PositionOrder.allCases.firstIndex(of: order) ?? 0)
    }

    mutating func choose(_ choice: String, _ around: Surroundings) -> [ScreenAction] {
        guard let order = PositionOrder(rawValue: choice) else { return [] }
        self.order = order
        isDescending = order == .notional || order == .age
        arrange(around)
        return [keep]
    }

    private func copyMenu(_ row: PositionRow, _ around: Surroundings) -> ListMenu {
        func entry(_ key: Character, _ label: String, _ text: String) -> ListMenu.Entry {
            ListMenu.Entry(
                key: .character(key), label: label, note: text,
                actions: [.perform(.copy(text))])
        }
        return ListMenu(
            "copy", title: "Copy",
            [
                entry("y", "id", row.id.description), entry("l", "bot", row.botLabel),
                entry("s", "symbol", row.position.symbol),
                entry("r", "row", row.plainText(around)),
            ], hasFigures: true)
    }

    private func plainPanel(_ around: Surroundings) -> TextPanel {
        TextPanel(
            "plain", title: "Positions as text",
            rows.map { Dialog.Line($0.plainText(around)) })
    }

    var filter: String? {
        get { filterText }
        set { filterText = newValue ?? "" }
    }

    func filterFields(_ around: Surroundings) -> [String] { PositionFilter.fields(around).names }

    func filterProblem(_ around: Surroundings) -> FilterProblem? {
        PositionFilter.fields(around).problem(of: FilterExpression(filterText))
    }

    // MARK: Seeing

    func currentBot(_ around: Surroundings) -> BotRow? {
        current.flatMap { around.bot($0.position.botID) }
    }

    func crumb(_ around: Surroundings) -> Crumb {
        let counts = (board?.figures ?? []).map {
            "\($0.openPositions) \($0.environment.badge.lowercased())"
        }.joined(separator: "  ")
        let marked = table.marks.isEmpty ? "" : "   \(table.marks.count) marked"
        let net = environment.map { "  net:\($0.badge.lowercased())" } ?? ""
        return Crumb(
            path: ["Positions\(net)"], counts: counts + marked,
            order: "sort \(order.title) \(isDescending ? "v" : "^")")
    }

    /// One line for each environment that has positions.
    var sums: [FleetFigures] { board?.figures ?? [] }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        PositionsTable(self, around).draw(in: canvas)
    }
}
