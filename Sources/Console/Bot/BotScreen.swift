/// One bot: who and how it is, and its three tabs.
import Core
import Store

struct BotScreen: Screen {
    let name = "bot"
    let keyContext = KeyContext.bot
    let bot: ID<Bot>
    private(set) var tabs: Tabs
    private(set) var dossier: BotDossier?
    /// It was looked for and is not there.
    private(set) var isGone = false
    private(set) var template = TemplateTab()
    private(set) var risk = RiskTab()
    private(set) var activity = ActivityTab()

    init(_ bot: ID<Bot>, _ tab: BotTab = .template) {
        self.bot = bot
        tabs = Tabs(
            BotTab.allCases.map(\.title), current: BotTab.allCases.firstIndex(of: tab) ?? 0)
    }

    var tab: BotTab { BotTab.allCases[tabs.current] }

    // MARK: Boards

    func wants(_ around: Surroundings) -> [BoardRequest] {
        let older = tab == .activity ? activity.older : nil
        return [.dossier(bot)] + (older.map { [.olderEvents(bot, before: $0)] } ?? [])
    }

    mutating func receive(_ board: Board, _ around: Surroundings) {
        if case .olderEvents(bot, let before, let board) = board {
            activity.take(board, before: before)
            return follow(around)
        }
        if case .fleet = board { return follow(around) }
        guard case .dossier(bot, let dossier) = board else { return }
        isGone = dossier == nil
        self.dossier = dossier
        follow(around)
    }

    private mutating func follow(_ around: Surroundings) {
        guard let dossier else { return }
        let place = BotLayout(around.body).content
        template.follow(dossier, in: place)
        activity.follow(dossier, in: place, around)
        risk.follow(dossier)
    }

    mutating func hear(_ settled: SettledCommand, _ around: Surroundings) -> [ScreenAction] {
        let limits = settled.command.as(SetLimitsCommand.self)
        if limits?.bot == bot.description, settled.isDone { risk.dropEdits() }
        return []
    }

    // MARK: Keys

    var takesText: Bool { tab == .risk && risk.isEditing }

    mutating func type(_ key: Key, _ around: Surroundings) -> [ScreenAction] {
        risk.type(key, around)
    }

    mutating func paste(_ text: String, _ around: Surroundings) -> [ScreenAction] {
        risk.paste(text)
    }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        if tabs.handle(command) { return [] }
        switch command {
        case .nextPane: return tabs.handle(.nextTab) ? [] : nil
        case .previousPane: return tabs.handle(.previousTab) ? [] : nil
        case .nextBot: return neighbour(1, around)
        case .previousBot: return neighbour(-1, around)
        case .back where risk.editCount > 0, .closeTop where risk.editCount > 0:
            return leaveEdits(command, around)
        default: break
        }
        guard let dossier else { return command == .open || command == .pause ? [] : nil }
        if let actions = act(command, dossier, around) { return actions }
        let place = BotLayout(around.body).content
        switch tab {
        case .template: return template.handle(command, dossier, in: place, around)
        case .risk: return risk.handle(command, dossier, around)
        case .activity: return activity.handle(command, dossier, in: place, around)
        }
    }

    private func act(
        _ command: KeyCommand, _ dossier: BotDossier, _ around: Surroundings
    ) -> [ScreenAction]? {
        let row = dossier.row
        switch command {
        case .closePosition: return ClosePositionAct.ask(dossier.positions, around)
        case .cancelCommand: return CancelAct.actions(dossier.commands, around)
        case .changeTemplate: return AssignTemplateAct.ask(row)
        case .copy:
            let here = listHere(dossier, around).current
            let own = here.map { [ListMenu.Copy("e", "entry", $0)] } ?? []
            return [
                .open(ListMenu.copy(own + row.copies(whole: row.plainText(around), around)))
            ]
        case .showPlain:
            let lines = [row.plainText(around), "\(row.bot.ipv4)  \(row.bot.ipv6)"]
            return [.open(TextPanel.plain(row.label, lines + listHere(dossier, around).lines))]
        default: return ActList.botAct(command)?.ask([row], around)
        }
    }

    /// The list of the open tab as text: what is under the cursor, and all of it.
    private func listHere(
        _ dossier: BotDossier, _ around: Surroundings
    ) -> (current: String?, lines: [String]) {
        let place = BotLayout(around.body).content
        switch tab {
        case .template:
            let reading = template.reading(dossier, in: place, around)
            return (reading.words(of: template.list.cursor), reading.lines)
        case .risk: return (nil, [])
        case .activity:
            let reading = activity.reading(dossier, in: place, around)
            return (reading.words(of: activity.list.cursor), reading.lines)
        }
    }

    /// Esc drops edits; leaving with edits asks.
    private mutating func leaveEdits(
        _ command: KeyCommand, _ around: Surroundings
    ) -> [ScreenAction] {
        if command == .closeTop {
            risk.dropEdits()
            return [.say(.info, "edits dropped")]
        }
        let text = "Leave without saving \(risk.editWords)?"
        return [.open(LineQuestion(text, around, yes: [.back]))]
    }

    private func neighbour(_ step: Int, _ around: Surroundings) -> [ScreenAction] {
        let rows = around.fleet?.rows ?? []
        guard let place = rows.firstIndex(where: { $0.id == bot }), rows.count > 1 else {
            return []
        }
        let next = rows[(place + step + rows.count) % rows.count]
        return [.go(.bot(next.id, tab))]
    }

    mutating func choose(_ choice: String, _ around: Surroundings) -> [ScreenAction] {
        activity.choose(choice)
        follow(around)
        activity.acceptFilter()
        return []
    }

    func refusal(of binding: Binding, _ around: Surroundings) -> String? {
        guard let dossier else { return isGone && binding.changes ? "no bot here" : nil }
        switch binding.command {
        case .closePosition: return dossier.positions.isEmpty ? "flat" : nil
        case .cancelCommand: return CancelAct.refusal(dossier.commands)
        case .saveLimits where tab == .risk:
            return risk.editCount == 0 ? "nothing edited" : nil
        case .limitToDefault, .saveLimits:
            return elsewhere(.risk, around)
        case .follow, .cycleKind: return elsewhere(.activity, around)
        case .why: return elsewhere(.template, around)
        default:
            let act = ActList.botAct(binding.command)
            return act?.isAlwaysLit == false ? act?.refusal(dossier.row, around) : nil
        }
    }

    /// Where a key of another tab works, and the key that leads there.
    private func elsewhere(_ other: BotTab, _ around: Surroundings) -> String? {
        guard tab != other, let place = BotTab.allCases.firstIndex(of: other),
            let here = BotTab.allCases.firstIndex(of: tab)
        else { return nil }
        let way: KeyCommand = place < here ? .previousTab : .nextTab
        let key = around.keymap.names(of: [way], in: .bot)
        return "on the \(other.title) tab" + (key.isEmpty ? "" : ": key \(key)")
    }

    /// Hints of keys that mean something on this tab only.
    func hints(cells: Int, _ around: Surroundings) -> [KeyHint]? {
        if risk.isEditing, tab == .risk {
            return [
                KeyHint(keys: "Enter", label: "take the value", isDangerous: false),
                KeyHint(keys: "Esc", label: "leave it", isDangerous: false),
            ]
        }
        var elsewhere: Set<KeyCommand> = []
        if tab != .risk { elsewhere.formUnion([.limitToDefault, .saveLimits]) }
        if tab != .activity { elsewhere.formUnion([.follow, .cycleKind, .filter]) }
        if tab != .template { elsewhere.formUnion([.changeTemplate, .why]) }
        elsewhere.formUnion([.mark, .sort])
        let keymap = Keymap(around.keymap.bindings.filter { !elsewhere.contains($0.command) })
        return keymap.hints(in: .bot, cells: cells) { binding in
            around.refusal(of: binding) ?? refusal(of: binding, around)
        }
    }

    var filter: String? {
        get { tab == .activity ? activity.filter : nil }
        set { activity.filter = newValue ?? "" }
    }

    mutating func acceptFilter() { activity.acceptFilter() }

    func filterFields(_ around: Surroundings) -> [String] { Activity.fields.names }

    func filterProblem(_ around: Surroundings) -> FilterProblem? {
        tab == .activity ? activity.filterProblem : nil
    }

    // MARK: Seeing

    func currentBot(_ around: Surroundings) -> BotRow? { dossier?.row ?? around.bot(bot) }

    func crumb(_ around: Surroundings) -> Crumb {
        let rows = around.fleet?.rows ?? []
        let label = currentBot(around)?.label ?? bot.description
        let place = rows.firstIndex { $0.id == bot }.map { "\($0 + 1) of \(rows.count)" } ?? ""
        return Crumb(path: ["Fleet", label], counts: place, order: "< > prev/next bot")
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        guard let dossier else {
            let words = isGone ? "This bot is gone; q goes back." : "Reading the bot ..."
            canvas.text(2, 1, words, .textStrong)
            return canvas.rest(2, 1)
        }
        let layout = BotLayout(canvas.size)
        BotHeader(dossier, around).draw(in: canvas[layout.header])
        guard !layout.content.isEmpty else { return }
        tabs.draw(in: canvas[layout.tabs])
        BotClocksLine(dossier, around).draw(in: canvas[layout.tabs], after: tabs.width)
        canvas.horizontalLine(layout.content.row - 1, .separator)
        let content = canvas[layout.content]
        switch tab {
        case .template: template.draw(in: content, dossier, around)
        case .risk: risk.draw(in: content, dossier, around)
        case .activity: activity.draw(in: content, dossier, around)
        }
        if let pane = layout.pane { BotPane(dossier, around).draw(in: canvas[pane]) }
    }
}
