/// The fleet: all bots as cards or as a list, trouble first.
import Core
import Store

struct FleetScreen: Screen {
    let name = "fleet"
    let keyContext = KeyContext.fleet
    var table = TableState<ID<Bot>>()
    private(set) var isCards = true
    private(set) var order = FleetOrder.trouble
    private(set) var isDescending = false
    private var filterText = ""
    private var isSeekingName = false
    /// What is shown: filtered and sorted.
    private(set) var rows: [BotRow] = []
    private var all: [BotRow] = []
    private(set) var lengths = FleetList.Lengths()
    private(set) var dossier: BotDossier?
    private(set) var events: EventsBoard?

    init(_ around: Surroundings) {
        filterText = around.kept["fleet.filter"] ?? ""
        for word in (around.kept["fleet.view"] ?? "").split(separator: " ") {
            switch word {
            case "list": isCards = false
            case "descending": isDescending = true
            default: order = FleetOrder(rawValue: String(word)) ?? order
            }
        }
    }

    // MARK: Boards

    func wants(_ around: Surroundings) -> [BoardRequest] {
        let layout = layout(around.body)
        var result: [BoardRequest] = [.fleet]
        if layout.preview != nil, let bot = table.cursor { result.append(.dossier(bot)) }
        if layout.events != nil { result.append(.events(nil)) }
        return result
    }

    mutating func receive(_ board: Board, _ around: Surroundings) {
        switch board {
        case .fleet(let fleet):
            all = fleet.rows
            lengths = FleetList.Lengths(all)
            arrange(around)
        case .dossier(let bot, let dossier) where bot == table.cursor: self.dossier = dossier
        case .events(nil, let events): self.events = events
        default: break
        }
    }

    private mutating func arrange(_ around: Surroundings) {
        let expression = FilterExpression(filterText)
        let fields = FleetFilter.fields(around)
        let shown = expression.isEmpty ? all : all.filter { fields.matches($0, expression) }
        rows = order.sorted(shown, isDescending: isDescending, around)
        let hidden = Set(all.map(\.id)).subtracting(rows.map(\.id))
        table.follow(rows.map(\.id), page: page(around), hidden: hidden)
        if isSeekingName { seekName() }
    }

    /// Who types a name means the bot of that name, not one that trades a symbol of that name.
    private mutating func seekName() {
        isSeekingName = false
        let words = FilterExpression(filterText).bareWords
        let named = rows.filter { row in
            words.allSatisfy { row.label.lowercased().contains($0) }
        }.map(\.id)
        let isNamed = named.contains { $0 == table.cursor }
        guard let first = named.first, !isNamed else { return }
        table.select(first, among: rows.map(\.id))
    }

    private func layout(_ body: Size) -> FleetLayout {
        let cells = FleetList.table(lengths, in: body.columns).needs
        return FleetLayout(body, isCards: isCards, listCells: cells)
    }

    private func page(_ around: Surroundings) -> Int {
        layout(around.body).page
    }

    // MARK: Keys

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        if move(command, around) {
            if dossier?.row.id != table.cursor { dossier = nil }
            return []
        }
        let targets = targets(around)
        switch command {
        case .open: return table.cursor.map { [.go(.bot($0, .template))] } ?? []
        case .pause: return BotActs.pause(targets, around)
        case .resume: return BotActs.resume(targets, around)
        case .closeAll: return BotActs.closeAll(targets, around)
        case .switchView:
            isCards.toggle()
            return [keep]
        case .sort: return [.open(sortMenu)]
        case .reverseSort:
            isDescending.toggle()
            arrange(around)
            return [keep]
        case .copy: return currentBot(around).map { [.open($0.copyMenu(around))] } ?? []
        case .showPlain: return [.open(plainPanel(around))]
        case .closeTop where !table.marks.isEmpty:
            table.marks = []
            return []
        default: return LifeActs.act(command, targets, around)
        }
    }

    /// In cards up and down go by rows of cards.
    private mutating func move(_ command: KeyCommand, _ around: Surroundings) -> Bool {
        let ids = rows.map(\.id)
        let layout = layout(around.body)
        guard layout.isCards else { return table.handle(command, ids, page: layout.page) }
        let columns = layout.cardColumns
        switch command {
        case .left: step(-1, ids)
        case .right: step(1, ids)
        case .up: step(-columns, ids)
        case .down: step(columns, ids)
        case .halfPageUp: step(-columns * max(1, layout.cardRows / 2), ids)
        case .halfPageDown: step(columns * max(1, layout.cardRows / 2), ids)
        case .pageUp: step(-layout.page, ids)
        case .pageDown: step(layout.page, ids)
        default: return table.handle(command, ids, page: layout.page)
        }
        return true
    }

    /// Stays where it is when the step leaves the grid at the top; the last card is the bottom.
    private mutating func step(_ count: Int, _ ids: [ID<Bot>]) {
        guard let cursor = table.cursor, let now = ids.firstIndex(of: cursor) else { return }
        let next = now + count
        if next < 0, count != -1, abs(count) < ids.count { return }
        table.select(ids[min(max(0, next), ids.count - 1)], among: ids)
    }

    /// Marked bots, else the one under the cursor; marks that a filter hides are meant too.
    func targets(_ around: Surroundings) -> [BotRow] {
        let marked = all.filter { table.marks.contains($0.id) }
        if !marked.isEmpty { return marked }
        return rows.filter { $0.id == table.cursor }
    }

    func refusal(of binding: Binding, _ around: Surroundings) -> String? {
        switch binding.command {
        case .pause, .resume, .closeAll, .open, .copy, .showPlain:
            rows.isEmpty && table.marks.isEmpty ? "no bot here" : nil
        case .rollOut: LifeActs.refusal(of: .rollOut, nil, around)
        case .restart, .update, .start, .stop, .assignKey:
            table.marks.isEmpty
                ? LifeActs.refusal(of: binding.command, currentBot(around), around) : nil
        default: nil
        }
    }

    // MARK: Order and filter

    private var keep: ScreenAction {
        let words = [isCards ? "cards" : "list", order.rawValue, isDescending ? "descending" : ""]
        return .perform(
            .keep(name: "fleet.view", text: words.filter { !$0.isEmpty }.joined(separator: " ")))
    }

    private var sortMenu: ListMenu {
        let entries = FleetOrder.allCases.enumerated().map { index, order in
            ListMenu.Entry(
                key: .character(Character("\(index + 1)")), label: order.title,
                note: order == self.order ? "now" : "", actions: [.choose(order.rawValue)])
        }
        let place = FleetOrder.allCases.firstIndex(of: order) ?? 0
        return ListMenu("sort", title: "Sort by", entries, cursor: place)
    }

    mutating func choose(_ choice: String, _ around: Surroundings) -> [ScreenAction] {
        guard let order = FleetOrder(rawValue: choice) else { return [] }
        self.order = order
        isDescending = order == .profit || order == .positions
        arrange(around)
        return [keep]
    }

    var filter: String? {
        get { filterText }
        set {
            filterText = newValue ?? ""
            isSeekingName = !filterText.isEmpty
        }
    }

    func filterFields(_ around: Surroundings) -> [String] { FleetFilter.fields(around).names }

    func filterProblem(_ around: Surroundings) -> FilterProblem? {
        FleetFilter.fields(around).problem(of: FilterExpression(filterText))
    }

    private func plainPanel(_ around: Surroundings) -> TextPanel {
        TextPanel(
            "plain", title: "Fleet as text",
            rows.map { Dialog.Line($0.plainText(around)) })
    }

    // MARK: Seeing

    func currentBot(_ around: Surroundings) -> BotRow? { rows.first { $0.id == table.cursor } }

    func crumb(_ around: Surroundings) -> Crumb {
        let shown = isCards && around.size.columns >= 80 ? "cards" : "list"
        let marked = table.marks.isEmpty ? "" : "   \(table.marks.count) marked"
        let arrow = isDescending ? "v" : "^"
        return Crumb(
            path: ["Fleet  view:\(shown)"], counts: "\(rows.count) of \(all.count)\(marked)",
            order: "sort \(order.title) \(arrow)")
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        guard !rows.isEmpty else { return drawEmpty(in: canvas, around) }
        let layout = layout(canvas.size)
        if layout.isCards {
            FleetCards(self, around).draw(in: canvas[layout.list], layout)
        } else if canvas.rows < 8 || canvas.columns < 40 {
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
    private func drawEmpty(in canvas: Canvas, _ around: Surroundings) {
        let words: [String]
        if around.fleet == nil {
            words = ["Reading the fleet ..."]
        } else if all.isEmpty {
            words = ["This workspace has no bots yet.", "A demo fleet: plutarc demo"]
        } else {
            words = ["No bot matches /\(filterText)", "Esc clears the filter, / changes it."]
        }
        for (row, line) in words.enumerated() {
            canvas.text(2, 1 + row, line, row == 0 ? .textStrong : .textDim)
        }
        canvas.rest(2, 1)
    }
}
