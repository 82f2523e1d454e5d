/// A screen that is a list: it names its columns, its cells and what Enter does.
import Core
import Store

/// Cursor, marks, filter, copies and plain text are the same in each of them.
protocol ListScreen: Screen {
    associatedtype Row: Sendable
    associatedtype RowID: Hashable & Sendable
    var list: RowList<Row, RowID> { get set }
    /// What is read: `the fleet`.
    static var subject: String { get }
    /// What one row is: `bot`.
    static var noun: String { get }
    /// Keys that mean nothing in it.
    static var spareKeys: SpareKeys { get }
    /// That there is nothing, and what to do about it.
    func nothing(_ keys: KeyNames) -> [String]
    /// What brings rows back besides clearing the filter: `t shows all kinds`.
    func others(_ keys: KeyNames) -> String?
    /// What it says where no filter but a choice of its own leaves no row; nil: as with a filter.
    func nothingChosen(_ keys: KeyNames) -> [String]?
    /// What it says without rows.
    func emptyWords(_ around: Surroundings) -> EmptyWords
    /// All there are have been looked at: what is not shown is not there.
    var isWhole: Bool { get }
    /// Where the rows stand in a body of this size.
    func grid(_ body: Size) -> ListGrid
    func fields(_ around: Surroundings) -> FilterFields<Row>
    /// A row as text.
    func words(of row: Row, _ around: Surroundings) -> String
    /// The bot that a row is about.
    func bot(of row: Row) -> ID<Bot>?
    /// Whether a row is shown at all, whatever is filtered by.
    func admits(_ row: Row) -> Bool
    /// What `y` offers first, also without a row.
    var copiesOfAll: [ListMenu.Copy] { get }
    /// What `y` offers of a row, of which the whole text is given.
    func copies(_ row: Row, whole: String, _ around: Surroundings) -> [ListMenu.Copy]
    /// What `Y` shows; nil where there is nothing.
    func plain(_ around: Surroundings) -> TextPanel?
    mutating func open(_ row: Row, _ around: Surroundings) -> [ScreenAction]?
    /// The cursor may stand elsewhere.
    mutating func moved(_ around: Surroundings)
    /// What is no list's: nil for what means nothing here.
    mutating func act(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]?
    /// Its rows, of which there is at least one, and what stands beside them.
    func drawRows(in canvas: Canvas, _ around: Surroundings)
}

/// A row that is told and copied in the same words wherever it is listed.
protocol ListRow: Sendable {
    /// One line of text.
    func plainText(_ around: Surroundings) -> String
    /// What `y` offers of it.
    func copies(whole: String, _ around: Surroundings) -> [ListMenu.Copy]
}

extension ListScreen where Row: ListRow {
    func words(of row: Row, _ around: Surroundings) -> String { row.plainText(around) }

    func copies(_ row: Row, whole: String, _ around: Surroundings) -> [ListMenu.Copy] {
        row.copies(whole: whole, around)
    }
}

extension ListScreen {
    var rows: [Row] { list.rows }

    static var spareKeys: SpareKeys { [] }
    func bot(of row: Row) -> ID<Bot>? { nil }
    func admits(_ row: Row) -> Bool { true }
    var copiesOfAll: [ListMenu.Copy] { [] }
    mutating func moved(_ around: Surroundings) {}
    mutating func act(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? { nil }

    /// The list as it is read now.
    func reading(_ around: Surroundings) -> ListReading<RowID> {
        list.reading(on: grid(around.body)) { words(of: $0, around) }
    }

    /// Every row as text, under the screen's name.
    func plain(_ around: Surroundings) -> TextPanel? {
        let title = name.prefix(1).uppercased() + name.dropFirst()
        return TextPanel.plain("\(title) as text", reading(around).lines)
    }

    // MARK: Keys

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        handleList(command, around)
    }

    mutating func handleList(
        _ command: KeyCommand, _ around: Surroundings
    ) -> [ScreenAction]? {
        // Whatever is pressed means the row that is under the cursor now.
        list.settle()
        if list.handle(command, on: grid(around.body)) {
            moved(around)
            return []
        }
        switch command {
        case .open:
            guard let row = list.current else { return nil }
            return open(row, around)
        case .copy: return copyMenu(around).map { [.open($0)] }
        case .showPlain: return plain(around).map { [.open($0)] }
        case .goToBot: return botHere.map { [.go(.bot($0, .template))] } ?? []
        default: return act(command, around)
        }
    }

    private func copyMenu(_ around: Surroundings) -> ListMenu? {
        guard let row = list.current, let words = reading(around).words(of: list.cursor) else {
            return copiesOfAll.isEmpty ? nil : ListMenu.copy(copiesOfAll)
        }
        return ListMenu.copy(copiesOfAll + copies(row, whole: words, around))
    }

    func refusal(of binding: Binding, _ around: Surroundings) -> String? {
        rowRefusal(of: binding, around)
    }

    /// Why a key that means nothing here, or is about a row where there is none, does nothing.
    func rowRefusal(of binding: Binding, _ around: Surroundings) -> String? {
        if let refusal = Self.spareKeys.refusal(of: binding.command) { return refusal }
        return lacksRow(binding) ? "no \(Self.noun) here" : nil
    }

    private func lacksRow(_ binding: Binding) -> Bool {
        let isAboutRows = [.open, .copy, .showPlain, .goToBot].contains(binding.command)
        return isAboutRows && list.targets.isEmpty
    }

    func hints(cells: Int, _ around: Surroundings) -> [KeyHint]? { listHints(cells, around) }

    /// The footer without keys that mean nothing here. An empty list says itself that there is no
    /// row: keys about one are dim without that reason, which leaves room for what helps.
    func listHints(_ cells: Int, _ around: Surroundings) -> [KeyHint] {
        Self.spareKeys.useful(around.keymap).hints(in: keyContext, cells: cells) { binding in
            if let refusal = around.refusal(of: binding) { return refusal }
            guard let refusal = refusal(of: binding, around) else { return nil }
            return lacksRow(binding) ? "" : refusal
        }
    }

    // MARK: Bots

    private var botHere: ID<Bot>? { list.current.flatMap { bot(of: $0) } }

    func currentBot(_ around: Surroundings) -> BotRow? { botHere.flatMap { around.bot($0) } }

    /// The bots of the marked rows, else of the one under the cursor; each once, in their order.
    func targets(_ around: Surroundings) -> [BotRow] {
        around.bots(list.targets.compactMap { bot(of: $0) })
    }

    // MARK: Rows

    /// What the filter leaves of the rows that are known, in their own order.
    func matches(_ around: Surroundings) -> [Row] {
        let expression = FilterExpression(list.filter)
        let fields = fields(around)
        return list.all.filter { row in
            admits(row) && (expression.isEmpty || fields.matches(row, expression))
        }
    }

    func others(_ keys: KeyNames) -> String? { nil }
    func nothingChosen(_ keys: KeyNames) -> [String]? { nil }
    var isWhole: Bool { true }

    func emptyWords(_ around: Surroundings) -> EmptyWords {
        let keys = around.keymap.names(in: keyContext)
        var words = EmptyWords(
            Self.subject, Self.noun, none: nothing(keys), filter: list.filter, keys,
            others: others(keys))
        if list.filter.isEmpty, let chosen = nothingChosen(keys) { words.noMatch = chosen }
        return words
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        rows.isEmpty ? drawEmpty(in: canvas, around) : drawRows(in: canvas, around)
    }

    /// What stands in the place of the rows.
    func drawEmpty(in canvas: Canvas, _ around: Surroundings) {
        EmptyWords.draw(list.lines(of: emptyWords(around), isWhole: isWhole), in: canvas)
    }

    // MARK: Filter

    var filter: String? {
        get { list.filter }
        set { list.filter = newValue ?? "" }
    }

    mutating func acceptFilter() { list.settle() }

    func filterFields(_ around: Surroundings) -> [String] { fields(around).names }

    func filterProblem(_ around: Surroundings) -> FilterProblem? {
        fields(around).problem(of: FilterExpression(list.filter))
    }
}

extension ListMenu {
    /// What `y` offers: a letter, what it is, the text itself.
    struct Copy: Sendable {
        var key: Character
        var label: String
        var text: String
        /// Cells of it in the menu; nil: as many as there are.
        var most: Int?

        init(_ key: Character, _ label: String, _ text: String, most: Int? = 40) {
            self.key = key
            self.label = label
            self.text = text
            self.most = most
        }
    }

    static func copy(_ items: [Copy]) -> ListMenu {
        let entries = items.map { item in
            let line = String(item.text.prefix { !$0.isNewline })
            return Entry(
                key: .character(item.key), label: item.label,
                note: item.most.map { TextWidth.truncated(line, to: $0) } ?? line,
                refusal: item.text.isEmpty ? "there is none" : nil,
                actions: [.perform(.copy(item.text))])
        }
        return ListMenu("copy", title: "Copy", entries, hasFigures: true)
    }
}

extension TextPanel {
    /// `Y`: text without frames, to be marked with the mouse.
    static func plain(_ title: String, _ lines: [String]) -> TextPanel {
        TextPanel("plain", title: title, lines.map { Dialog.Line($0) })
    }

    static func plain(_ title: String, _ text: String) -> TextPanel {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return plain(title, lines.map(String.init))
    }
}
