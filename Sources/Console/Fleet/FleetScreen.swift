/// The fleet: all bots as cards or as a list, trouble first.
import Core
import Store

struct FleetScreen: SortedScreen {
    let name = "fleet"
    let keyContext = KeyContext.fleet
    static let noun = "bot"
    var list = RowList<BotRow, ID<Bot>> { $0.id }
    var sorting: Sorting<FleetOrder>
    private(set) var isCards = true
    private(set) var lengths = FleetList.Lengths()
    private(set) var dossier: BotDossier?
    private(set) var events: EventsBoard?

    init(_ around: Surroundings) {
        let view = around.kept["fleet.view"] ?? ""
        sorting = Sorting(kept: view, else: .trouble)
        isCards = !view.split(separator: " ").contains("list")
    }

    // MARK: Boards

    func wants(_ around: Surroundings) -> [BoardRequest] {
        let layout = layout(around.body)
        let preview = layout.preview == nil ? nil : list.cursor
        return [.fleet] + (preview.map { [.dossier($0)] } ?? [])
            + (layout.events == nil ? [] : [.events(nil)])
    }

    mutating func receive(_ board: Board, _ around: Surroundings) {
        switch board {
        case .fleet(let fleet):
            list.know(fleet.rows)
            lengths = FleetList.Lengths(fleet.rows)
            arrange(around)
        case .dossier(let bot, let dossier) where bot == list.cursor: self.dossier = dossier
        case .events(nil, let events): self.events = events
        default: break
        }
    }

    func layout(_ body: Size) -> FleetLayout {
        let cells = FleetList.table(lengths, in: body.columns).needs
        return FleetLayout(body, isCards: isCards, listCells: cells)
    }

    func grid(_ body: Size) -> ListGrid { layout(body).grid }

    func bot(of row: BotRow) -> ID<Bot>? { row.id }

    func name(of row: BotRow) -> String? { row.label }

    // MARK: Keys

    mutating func moved(_ around: Surroundings) {
        if dossier?.row.id != list.cursor { dossier = nil }
    }

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
        if act.isAlwaysLit { return list.targets.isEmpty ? "no bot here" : nil }
        guard !act.needsBot || list.marks.isEmpty else { return nil }
        return act.refusal(list.current, around)
    }

    func copies(_ row: BotRow, whole: String, _ around: Surroundings) -> [ListMenu.Copy] {
        row.copies(whole: whole, around)
    }

    // MARK: What is shown

    var viewWords: [String] { [isCards ? "cards" : "list"] }

    func fields(_ around: Surroundings) -> FilterFields<BotRow> { FleetFilter.fields(around) }

    func words(of row: BotRow, _ around: Surroundings) -> String { row.plainText(around) }

    func crumb(_ around: Surroundings) -> Crumb {
        let shown = isCards && around.size.columns >= 80 ? "cards" : "list"
        return Crumb(path: ["Fleet  view:\(shown)"], counts: list.counts, order: sorting.words)
    }

    var emptyWords: EmptyWords {
        EmptyWords(
            "the fleet", Self.noun, none: "This workspace has no bots yet.",
            "A demo fleet: plutarc demo", filter: list.filter)
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        guard !rows.isEmpty else { return drawEmpty(in: canvas) }
        let layout = layout(canvas.size)
        if layout.isCards {
            FleetCards(self, around).draw(in: canvas[layout.list], layout)
        } else if layout.isTiny {
            FleetList(self, around).drawTiny(in: canvas)
        } else {
            FleetList(self, around).draw(in: canvas[layout.list])
        }
        if let place = layout.preview {
            FleetPreview(currentBot(around), dossier, around).draw(in: canvas[place])
        }
        if let place = layout.events {
            EventStrip(events, around).draw(in: canvas[place])
        }
    }
}
