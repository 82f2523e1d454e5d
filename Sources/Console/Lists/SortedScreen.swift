/// A list of what is there now, sorted and filtered anew with each board; its view is kept.
import Core

protocol SortedScreen: ListScreen {
    associatedtype Order: RowOrder where Order.Row == Row
    var sorting: Sorting<Order> { get set }
    static var plainTitle: String { get }
    var emptyWords: EmptyWords { get }
    /// Words that are kept before the order: `cards`.
    var viewWords: [String] { get }
    /// Whether a row is shown at all, whatever is filtered by.
    func admits(_ row: Row) -> Bool
    /// Rows and order are new.
    mutating func arranged()
}

extension SortedScreen {
    var viewWords: [String] { [] }
    func admits(_ row: Row) -> Bool { true }
    mutating func arranged() {}

    mutating func arrange(_ around: Surroundings) {
        let expression = FilterExpression(list.filter)
        let fields = fields(around)
        let shown = list.all.filter { row in
            admits(row) && (expression.isEmpty || fields.matches(row, expression))
        }
        list.show(sorting.sorted(shown, around), on: grid(around.body))
        arranged()
    }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        switch command {
        case .sort: return [.open(sorting.menu)]
        case .reverseSort:
            sorting.reverse()
            arrange(around)
            return [keep]
        default: return handleList(command, around)
        }
    }

    mutating func choose(_ choice: String, _ around: Surroundings) -> [ScreenAction] {
        guard sorting.choose(choice) else { return [] }
        arrange(around)
        return [keep]
    }

    /// Remembers the view across runs.
    var keep: ScreenAction {
        let words = viewWords + sorting.kept
        return .perform(.keep(name: "\(name).view", text: words.joined(separator: " ")))
    }

    func plain(_ around: Surroundings) -> TextPanel? {
        TextPanel.plain(Self.plainTitle, reading(around).lines)
    }

    func drawEmpty(in canvas: Canvas) {
        emptyWords.draw(list.emptyWords(emptyWords), in: canvas)
    }
}
