/// Rows in aligned columns, for people who read the command line's output.

struct TextTable {
    struct Column: Sendable {
        let title: String
        let isNumber: Bool
        static func text(_ title: String) -> Column { Column(title: title, isNumber: false) }
        static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
    }

    let columns: [Column]
    private(set) var rows: [[String]] = []

    init(_ columns: [Column]) { self.columns = columns }

    /// One row; the text is made safe here. **Requires** as many cells as there are columns.
    mutating func add(_ cells: [String?]) {
        precondition(cells.count == columns.count, "a row has as many cells as the table columns")
        rows.append(cells.map { cell in cell.map(DisplayText.clean) ?? "-" })
    }

    /// The header, then the rows; columns two cells apart, numbers to the right.
    var lines: [String] {
        let header = columns.map { $0.title.uppercased() }
        let widths = columns.indices.map { index in
            ([header] + rows).map { DisplayText.width(of: $0[index]) }.max() ?? 0
        }
        return ([header] + rows).map { line($0, widths) }
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var text = ""
        for (index, cell) in cells.enumerated() {
            let gap = String(repeating: " ", count: widths[index] - DisplayText.width(of: cell))
            if index > 0 { text += "  " }
            text += columns[index].isNumber ? gap + cell : cell + gap
        }
        while text.last == " " { text.removeLast() }
        return text
    }
}
