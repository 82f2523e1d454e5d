/// The fleet: all bots as cards or as a list, trouble first.
import Core
import Store

struct FleetScreen: SortedScreen {
    let name = "fleet"
    let keyContext = KeyContext.fleet
    static let subject = "the fleet"
    static let noun = "bot"
    var list = RowList<BotRow, ID<Bot>> { $0.id }
    var sorting: Sorting<FleetOrder>
    private(set) var isCards = true
    private(set) var lengths = FleetList.Lengths()
    private var sides = FleetSides()

    init(_ around: Surroundings) {
        let view = around.kept["fleet.view"] ?? ""
        sorting = Sorting(kept: view, else: .trouble)
        isCards = !view.split(separator: " ").contains("list")
    }

    func wants(_ around: Surroundings) -> [BoardRequest] {
        [.fleet] + sides.wants(in: layout(around.body), list.cursor)
    }

    func rows(of board: Board) -> [BotRow]? {
        if case .fleet(let fleet) = board { fleet.rows } else { nil }
    }

    mutating func note(_ board: Board) {
        if let rows = rows(of: board) { lengths = FleetList.Lengths(rows) }
        sides.note(board, of: list.cursor)
    }

    func bot(of row: BotRow) -> ID<Bot>? { row.id }

    func name(of row: BotRow) -> String? { row.label }

    // MARK: Keys

    mutating func moved(_ around: Surroundings) { sides.stand(on: list.cursor) }

    mutating func open(_ row: BotRow, _ around: Surroundings) -> [ScreenAction]? {
        [.go(.bot(row.id, .template))]
    }

    mutating func act(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        guard command == .switchView else {
            return ActList.botAct(command)?.ask(list.targets, around)
        }
        isCards.toggle()
        return [keep]
    }

    func refusal(of binding: Binding, _ around: Surroundings) -> String? {
        guard let act = ActList.botAct(binding.command) else {
            return rowRefusal(of: binding, around)
        }
        return act.refusal(in: list, around)
    }

    // MARK: What is shown

    var viewWords: [String] { [isCards ? "cards" : "list"] }

    func fields(_ around: Surroundings) -> FilterFields<BotRow> { FleetFilter.fields(around) }

    func crumb(_ around: Surroundings) -> Crumb {
        let shown = isCards && around.size.columns >= 80 ? "cards" : "list"
        return Crumb(path: ["Fleet  view:\(shown)"], counts: list.counts, order: sorting.words)
    }

    func nothing(_ keys: KeyNames) -> [String] {
        ["This workspace has no bots yet.", "A demo fleet: plutarc demo"]
    }

    func layout(_ body: Size) -> FleetLayout {
        let cells = FleetList.table(lengths, in: body.columns).needs
        return FleetLayout(body, isCards: isCards, listCells: cells)
    }

    func grid(_ body: Size) -> ListGrid { layout(body).grid }

    func drawRows(in canvas: Canvas, _ around: Surroundings) {
        let layout = layout(canvas.size)
        if layout.isCards {
            FleetCards(self, around).draw(in: canvas[layout.list], layout)
        } else {
            FleetList(self, around).draw(in: canvas, layout)
        }
        sides.draw(in: canvas, layout, currentBot(around), around)
    }
}
