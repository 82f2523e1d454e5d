/// Painting in parts held against painting whole: what a terminal shows that was given runs alone.

/// In debug builds, tests among them, a difference ends the program: on a screen it would stay
/// unseen until something else is painted over it.
enum PaintCheck {
    static func hold(_ runs: [Frame.Run], from old: Frame?, to new: Frame) {
        #if DEBUG
            guard let point = fault(runs, from: old, to: new) else { return }
            let place = "column \(point.column) of row \(point.row)"
            preconditionFailure("painted in parts, \(place) is not as it is painted whole")
        #endif
    }

    /// The first cell that differs from the new frame once its runs are painted over the old one.
    static func fault(_ runs: [Frame.Run], from old: Frame?, to new: Frame) -> Point? {
        var shown = Frame(new.size)
        if let old, old.size == new.size {
            shown = old
        } else {
            // Whatever stood there: no cell of a frame is the same.
            for index in shown.cells.indices { shown.cells[index] = Cell("\u{FFFD}", .text) }
        }
        for run in runs {
            for column in run.columns { put(new, column, run.row, on: &shown) }
        }
        guard let index = new.cells.indices.first(where: { shown.cells[$0] != new.cells[$0] })
        else { return nil }
        return Point(index % new.size.columns, index / new.size.columns)
    }

    /// As a terminal does it: a wide character comes with both its halves, and half of one that is
    /// painted over leaves a blank.
    private static func put(_ new: Frame, _ column: Int, _ row: Int, on shown: inout Frame) {
        let cell = new[column, row]
        guard !cell.isTail else { return }
        let isWide = column + 1 < new.size.columns && new[column + 1, row].isTail
        let end = column + (isWide ? 2 : 1)
        if shown[column, row].isTail, column > 0 { shown[column - 1, row] = .blank }
        if end < new.size.columns, shown[end, row].isTail { shown[end, row] = .blank }
        for at in column..<end { shown[at, row] = new[at, row] }
    }
}
