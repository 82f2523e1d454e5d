/// Records as they were read, page by page, newest first: what is known, shown and read next.
import Core
import Store

/// A filter looks at every record, so that pages are read until there is none left.
struct RecordPages<Row: Sendable, Entity: Identified & Sendable>: Sendable {
    private(set) var rows: [Row] = []
    /// Those of ``rows`` that are asked for. Each row is judged once, however many are known.
    private(set) var shown: [Row] = []
    /// The oldest record is among the rows.
    private(set) var isWhole = false
    /// Records older than this one are being read.
    private(set) var older: ID<Entity>?
    private let id: @Sendable (Row) -> ID<Entity>
    private var accepts: (@Sendable (Row) -> Bool)?

    init(_ id: @escaping @Sendable (Row) -> ID<Entity>) { self.id = id }

    var isFiltered: Bool { accepts != nil }

    /// - Parameter accepts: nil shows all rows.
    mutating func show(_ accepts: (@Sendable (Row) -> Bool)?) {
        self.accepts = accepts
        shown = chosen(rows)
        searchOn()
    }

    /// Shows what an expression asks for.
    mutating func show(_ text: String, _ fields: FilterFields<Row>) {
        let expression = FilterExpression(text)
        guard !expression.isEmpty else { return show(nil) }
        show { row in fields.matches(row, expression) }
    }

    /// The newest page, read again: what it has is newer than what was known.
    mutating func take(newest page: [Row]) {
        guard let end = page.last else { return }
        let last = id(end)
        // Older rows that no longer reach the page are read again: nothing is left out between.
        if let first = rows.first, id(first) < last {
            (rows, shown, isWhole, older) = ([], [], false, nil)
        }
        rows = page + rows.filter { id($0) < last }
        shown = chosen(page) + shown.filter { id($0) < last }
        searchOn()
    }

    mutating func take(_ page: [Row], before: ID<Entity>) {
        guard before == older else { return }
        older = nil
        guard let last = rows.last, id(last) == before else { return }
        rows += page
        shown += chosen(page)
        isWhole = page.isEmpty
        searchOn()
    }

    /// Asks for the page after the last one, unless there is none.
    mutating func readOn() {
        guard !isWhole, older == nil, let last = rows.last else { return }
        // Ids begin at 1.
        if id(last).number > 1 { older = id(last) } else { isWhole = true }
    }

    private mutating func searchOn() {
        if isFiltered { readOn() }
    }

    private func chosen(_ rows: [Row]) -> [Row] {
        guard let accepts else { return rows }
        return rows.filter(accepts)
    }

    /// `3 of 1200`; while older ones are still being looked at, `3 of 1200 read so far`.
    var counts: String { "\(shown.count) of \(rows.count)" + (isWhole ? "" : " read so far") }
}
