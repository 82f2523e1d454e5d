/// A row of tabs, one of them open: `[ Template ]  Risk limits  Activity`.
import Core

struct Tabs: Equatable, Sendable {
    let titles: [String]
    private(set) var current: Int

    init(_ titles: [String], current: Int = 0) {
        self.titles = titles
        self.current = min(max(0, current), max(0, titles.count - 1))
    }

    /// `[` and `]`, round the ends; false for other commands.
    mutating func handle(_ command: KeyCommand) -> Bool {
        guard !titles.isEmpty else { return false }
        switch command {
        case .nextTab: current = (current + 1) % titles.count
        case .previousTab: current = (current + titles.count - 1) % titles.count
        default: return false
        }
        return true
    }

    mutating func open(_ index: Int) {
        if titles.indices.contains(index) { current = index }
    }

    /// Cells that ``draw(in:_:_:)`` takes, its left margin included.
    var width: Int { titles.reduce(1) { $0 + TextWidth.of($1) + 5 } }

    /// The open tab is in brackets, so that it is seen without colour.
    func draw(in canvas: Canvas, _ column: Int = 1, _ row: Int = 0) {
        var at = column
        for (index, title) in titles.enumerated() {
            let isOpen = index == current
            at += canvas.text(
                at, row, isOpen ? "[ \(title) ]" : "  \(title)  ", isOpen ? .titleCode : .textDim)
            at += 1
        }
    }
}
