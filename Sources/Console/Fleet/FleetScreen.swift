/// The fleet: all bots as cards or as a list, trouble first.
import Core
import Store

struct FleetScreen: SortedScreen {
    let name = "fleet"
    let keyContext = KeyContext.fleet
    var list = RowList<BotRow, ID<Bot>> { $0.id }
    var sorting: Sorting<FleetOrder>
    private(set) var isCards = true
    private var isSeekingName = false
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
        var result: [BoardRequest] = [.fleet]
        if layout.preview != nil, let bot = list.cursor { result.append(.dossier(bot)) }
        if layout.events != nil { result.append(.events(nil)) }
        return result
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

    mutating func arranged() {
        if isSeekingName { seekName() }
    }

    /// Who types a name means the bot of that name, not one that trades a symbol of that name.
    private mutating func seekName() {
        isSeekingName = false
        let words = FilterExpression(list.filter).bareWords
        let named = rows.filter { row in
            words.allSatisfy { row.label.lowercased().contains($0) }
        }.map(\.id)
        let isNamed = named.contains { $0 == list.cursor }
        guard let first = named.first, !isNamed else { return }
        list.seek(first)
    }

    func layout(_ body: Size) -> FleetLayout {
        let cells = FleetList.table(lengths, in: body.columns).needs
        return FleetLayout(body, isCards: isCards, listCells: cells)
    }

    func grid(_ body: Size) -> ListGrid { layout(body).grid }

    // MARK: Keys

    mutating func moved(_ around: Surroundings) {
        if dossier?.row.id != list.cursor { dossier = nil }
    }

    mutating func open(_ row: BotRow, _ around: Surroundings) -> [ScreenAction]? {
        [.go(.bot(row.id, .template))]
    }

    mutating func act(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        let targets = list.targets
        switch command {
        case .switchView:
            isCards.toggle()
            return [keep]
        default: return ActList.botAct(command)?.ask(targets, around)
        }
    }

    func targets(_ around: Surroundings) -> [BotRow] { list.targets }

    func refusal(of binding: Binding, _ around: Surroundings) -> String? {
        let act = ActList.botAct(binding.command)
        if act?.isAlwaysLit ?? [.open, .copy, .showPlain].contains(binding.command) {
            return rows.isEmpty && list.marks.isEmpty ? "no bot here" : nil
        }
        guard let act, !act.needsBot || list.marks.isEmpty else { return nil }
        return act.refusal(list.current, around)
    }

    // MARK: Order, filter, text

    var viewWords: [String] { [isCards ? "cards" : "list"] }

    var filter: String? {
        get { list.filter }
        set {
            list.filter = newValue ?? ""
            isSeekingName = !list.filter.isEmpty
        }
    }

    func fields(_ around: Surroundings) -> FilterFields<BotRow> { FleetFilter.fields(around) }

    static let plainTitle = "Fleet as text"

    func words(of row: BotRow, _ around: Surroundings) -> String { row.plainText(around) }

    func copies(_ row: BotRow, whole: String, _ around: Surroundings) -> [ListMenu.Copy] {
        row.copies(whole: whole, around)
    }

    // MARK: Seeing

    func currentBot(_ around: Surroundings) -> BotRow? { list.current }

    func crumb(_ around: Surroundings) -> Crumb {
        let shown = isCards && around.size.columns >= 80 ? "cards" : "list"
        return Crumb(
            path: ["Fleet  view:\(shown)"],
            counts: "\(rows.count) of \(list.all.count)\(list.markedWords)",
            order: sorting.words)
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

    /// Loading, no match and no bots say different things: <doc:ConsoleRules#Empty-lists>.
    var emptyWords: EmptyWords {
        EmptyWords(
            reading: ["Reading the fleet ..."],
            none: ["This workspace has no bots yet.", "A demo fleet: plutarc demo"],
            noMatch: ["No bot matches /\(list.filter)", "Esc clears the filter, / changes it."])
    }
}
