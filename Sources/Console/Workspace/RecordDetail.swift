/// The details of one record below or beside a table: names left, values wrapped at the right.
import Core

struct RecordDetail: Equatable, Sendable {
    struct Field: Equatable, Sendable {
        var name: String
        var value: String
        var role: Role

        init(_ name: String, _ value: String, _ role: Role = .text) {
            self.name = name
            self.value = value
            self.role = role
        }
    }

    let title: String
    let fields: [Field]

    /// Cells of the names.
    private static let margin = 11

    static let width = 48
    /// Tables shorter than this with their detail have none.
    static let rowsFrom = 14

    /// Where table and detail stand; no detail where there is no room or none is wanted.
    /// - Parameter tableCells: what all columns need: the detail stands beside the table only where
    ///   it takes none of them, else below.
    static func split(
        _ size: Size, isShown: Bool, tableCells: Int
    ) -> (table: Rect, detail: Rect?) {
        let all = Rect(size)
        guard isShown, size.rows >= rowsFrom else { return (all, nil) }
        if size.columns >= tableCells + width {
            let parts = all.splitRight(width)
            return (parts.rest, parts.right)
        }
        let parts = all.splitBottom(min(9, size.rows / 2))
        return (parts.rest, parts.bottom)
    }

    /// As plain text, for the clipboard.
    var text: String {
        ([title] + fields.filter { !$0.value.isEmpty }.map { "\($0.name): \($0.value)" })
            .joined(separator: "\n")
    }

    /// A frame with fewer cells inside has no column of names: values would be cut inside words.
    private static let columnsFrom = 36

    func draw(in canvas: Canvas) {
        let inner = canvas.box(title: title)
        guard inner.columns >= Self.columnsFrom else { return drawNarrow(in: inner) }
        var row = 0
        for field in fields where !field.value.isEmpty {
            let cells = max(1, inner.columns - Self.margin - 1)
            let lines = Untrusted.lines(field.value, maxCells: cells)
            inner.text(0, row, field.name, .textDim, cells: min(Self.margin - 1, inner.columns))
            for line in lines {
                guard row < inner.rows else { return }
                inner.text(Self.margin, row, line, field.role)
                row += 1
            }
        }
    }

    /// `what: ticket-open ticket-3`, over the whole width.
    private func drawNarrow(in inner: Canvas) {
        let lines = fields.filter { !$0.value.isEmpty }.flatMap { field in
            Untrusted.lines("\(field.name): \(field.value)", maxCells: max(1, inner.columns))
                .map { ($0, field.role) }
        }
        for (row, line) in lines.prefix(inner.rows).enumerated() {
            inner.text(0, row, line.0, line.1)
        }
    }
}
