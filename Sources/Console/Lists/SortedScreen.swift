/// A list of what is there now, sorted and filtered anew with each board; its view is kept.
import Core

protocol SortedScreen: ListScreen {
    associatedtype Order: RowOrder where Order.Row == Row
    var sorting: Sorting<Order> { get set }
    /// Words that are kept before the order: `cards`.
    var viewWords: [String] { get }
    /// The rows of a board; nil where that is another one.
    func rows(of board: Board) -> [Row]?
    /// What else a board tells.
    mutating func note(_ board: Board)
    /// Its own name: who types that in a filter means this row. Nil: rows have none.
    func name(of row: Row) -> String?
}

extension SortedScreen {
    var viewWords: [String] { [] }
    mutating func note(_ board: Board) {}
    func name(of row: Row) -> String? { nil }

    mutating func receive(_ board: Board, _ around: Surroundings) {
        note(board)
        if let rows = rows(of: board) {
            list.know(rows)
            arrange(around)
        } else if case .fleet = board, list.isRead {
            // What cells say of a bot may be another thing now.
            arrange(around)
        }
    }

    /// - Parameter item: where the cursor shall stand.
    mutating func arrange(_ around: Surroundings, at item: RowID? = nil) {
        let before = list.cursor
        let shown = sorting.sorted(matches(around), around)
        list.show(shown, on: grid(around.body), at: item)
        let screen = self
        list.seekName { screen.name(of: $0) }
        if list.cursor != before { moved(around) }
    }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        handleSorted(command, around)
    }

    mutating func handleSorted(
        _ command: KeyCommand, _ around: Surroundings
    ) -> [ScreenAction]? {
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
}
