/// A small list over a screen: the lines around its cursor, and the bar over the current one.

extension Canvas {
    /// - Parameters:
    ///   - rests: whether the hardware cursor rests on the current line.
    ///   - draw: one line: its place in the list, its row here.
    func list(
        _ count: Int, cursor: Int, rests: Bool = true, _ draw: (_ index: Int, _ row: Int) -> Void
    ) {
        let first = max(0, min(cursor - rows / 2, count - rows))
        for (row, index) in (first..<max(first, min(count, first + rows))).enumerated() {
            let isCurrent = index == cursor
            text(0, row, isCurrent ? ">" : " ", .textStrong)
            draw(index, row)
            guard isCurrent else { continue }
            lay(.selection, under: Rect(0, row, columns, 1))
            if rests { rest(0, row) }
        }
    }
}
