/// A list of what was recorded, newest first, with one record in full beside or below it.
import Core

/// The same keys read, copy and page in each of them.
protocol RecordScreen: Screen {
    static var table: Table { get }
    var showsDetail: Bool { get set }
    /// The record under the cursor; nil in an empty list.
    func shownDetail(_ around: Surroundings) -> RecordDetail?
    func copyMenu(_ detail: RecordDetail) -> ListMenu
}

extension RecordScreen {
    /// Nil for keys that move in the list.
    mutating func handleDetail(
        _ command: KeyCommand, _ around: Surroundings
    ) -> [ScreenAction]? {
        switch command {
        case .open:
            guard shownDetail(around) != nil else { return nil }
            showsDetail.toggle()
            return []
        case .copy: return shownDetail(around).map { [.open(copyMenu($0))] }
        case .showPlain:
            return shownDetail(around).map { [.open(TextPanel.plain($0.title, $0.text))] }
        default: return nil
        }
    }

    /// Rows of the table that are seen at once.
    func page(_ around: Surroundings) -> Int {
        max(0, split(around.body).table.rows - 1)
    }

    /// Where table and detail stand.
    func split(_ size: Size) -> (table: Rect, detail: Rect?) {
        RecordDetail.split(size, isShown: showsDetail, tableCells: Self.table.needs)
    }

    func refusal(of binding: Binding, _ around: Surroundings) -> String? {
        binding.command == .cancelCommand
            ? "on the commands screen, :commands" : SpareKeys.refusal(of: binding)
    }

    func hints(cells: Int, _ around: Surroundings) -> [KeyHint]? {
        SpareKeys.hints(of: self, cells: cells, around)
    }
}
