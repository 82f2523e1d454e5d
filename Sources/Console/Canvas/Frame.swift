/// A finished picture of the whole screen: cells and where the cursor rests.

/// A pure value: two frames can be compared, stored and printed; nothing in it knows a terminal.
struct Frame: Equatable, Sendable {
    let size: Size
    var cells: ContiguousArray<Cell>
    /// Where the hardware cursor rests: on the focus, for braille lines and screen readers,
    /// <doc:ConsoleRules#The-hardware-cursor>. nil hides it.
    var cursor: Point?

    init(_ size: Size) {
        self.size = size
        cells = ContiguousArray(repeating: .blank, count: size.columns * size.rows)
    }

    subscript(column: Int, row: Int) -> Cell {
        get { cells[row * size.columns + column] }
        set { cells[row * size.columns + column] = newValue }
    }

    /// The text of one row, blanks at its end included.
    func line(_ row: Int) -> String {
        var result = String.UnicodeScalarView()
        for column in 0..<size.columns where !self[column, row].isTail {
            result.append(contentsOf: self[column, row].scalars)
        }
        return String(result)
    }

    /// What one sees, without blanks at the end of lines.
    var text: String {
        (0..<size.rows).map { Self.trimmed(line($0)) }.joined(separator: "\n")
    }

    /// The roles of the cells, one letter each; a ground other than the background takes the place
    /// of `text` and `background`.
    var roleText: String {
        (0..<size.rows).map { row in
            var result = ""
            for column in 0..<size.columns {
                let cell = self[column, row]
                let isPlain = cell.role == .text || cell.role == .background
                result.append((isPlain ? cell.ground : cell.role).letter)
            }
            return Self.trimmed(result)
        }.joined(separator: "\n")
    }

    /// Text, roles, a legend of the letters and the cursor: what a snapshot file holds.
    var snapshot: String {
        var used: Set<Role> = []
        for cell in cells {
            used.insert(cell.role)
            used.insert(cell.ground)
        }
        let pairs = visiblePairs
        let legend = Role.allCases.filter { used.contains($0) && $0 != .background }.map { role in
            let grounds = Role.allCases.filter { pairs.contains(RolePair(role, $0)) }
            let words = grounds.isEmpty ? "" : " on " + grounds.map(\.name).joined(separator: ", ")
            return "\(role.letter) \(role.name)\(words)"
        }
        let place = cursor.map { "\($0.column),\($0.row)" } ?? "none"
        return """
            \(text)
            --- roles
            \(roleText)
            --- legend
            \(legend.joined(separator: "\n"))
            --- \(size.columns)x\(size.rows) cursor \(place)

            """
    }

    /// Which roles stand on what, where there is something to be read.
    var visiblePairs: Set<RolePair> {
        var pairs: Set<RolePair> = []
        for cell in cells where !cell.isTail && cell.first != " " {
            pairs.insert(RolePair(cell.role, cell.ground))
        }
        return pairs
    }

    /// The cells that differ from `old`, as runs in reading order. Frames of two sizes differ all
    /// over. Both halves of a wide character are in the run when either has changed.
    func changes(from old: Frame?) -> [Run] {
        let runs = runs(from: old)
        PaintCheck.hold(runs, from: old, to: self)
        return runs
    }

    private func runs(from old: Frame?) -> [Run] {
        guard let old, old.size == size else {
            return (0..<size.rows).filter { _ in size.columns > 0 }
                .map { Run(row: $0, columns: 0..<size.columns) }
        }
        if cells == old.cells { return [] }
        var runs: [Run] = []
        for row in 0..<size.rows {
            appendChanges(in: row, from: old, to: &runs)
        }
        return runs
    }

    /// Neighbouring cells of one row that have to be drawn again.
    struct Run: Equatable, Sendable {
        var row: Int
        var columns: Range<Int>
    }

    private func appendChanges(in row: Int, from old: Frame, to runs: inout [Run]) {
        let start = row * size.columns
        var column = 0
        while column < size.columns {
            guard cells[start + column] != old.cells[start + column] else {
                column += 1
                continue
            }
            var first = column
            while first > 0, cells[start + first].isTail || old.cells[start + first].isTail {
                first -= 1
            }
            column += 1
            while column < size.columns,
                cells[start + column] != old.cells[start + column]
                    || cells[start + column].isTail || old.cells[start + column].isTail
            {
                column += 1
            }
            runs.append(Run(row: row, columns: first..<column))
        }
    }

    /// Blanks the word that stands on both sides of the edge before a column, where it is a figure
    /// or its part behind the edge would look like one.
    mutating func clearFigure(over edge: Int, _ row: Int) {
        guard edge > 0, edge < size.columns, isText(edge - 1, row), isText(edge, row) else {
            return
        }
        var (first, end) = (edge - 1, edge + 1)
        while first > 0, isText(first - 1, row) { first -= 1 }
        while end < size.columns, isText(end, row) { end += 1 }
        guard isFigure(first..<end, row) || isFigure(edge..<end, row) else { return }
        for column in first..<end {
            self[column, row] = Cell(" ", self[column, row].role, on: self[column, row].ground)
        }
    }

    private func isFigure(_ columns: Range<Int>, _ row: Int) -> Bool {
        let start = columns.first { !"+-~$(<>=.,:".unicodeScalars.contains(self[$0, row].first) }
        return start.map { self[$0, row].first.properties.numericType != nil } ?? false
    }

    /// Whether a cell belongs to a word: no blank and no piece of a frame or a graph.
    private func isText(_ column: Int, _ row: Int) -> Bool {
        let scalar = self[column, row].first.value
        return scalar > 0x20 && scalar != 0x7C && !(0x2500...0x28FF ~= scalar)
    }

    private static func trimmed(_ line: String) -> String {
        var end = line.endIndex
        while end > line.startIndex {
            let before = line.index(before: end)
            guard line[before] == " " else { break }
            end = before
        }
        return String(line[..<end])
    }
}
