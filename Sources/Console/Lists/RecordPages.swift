/// Records as they were read, page by page, newest first: what is known, shown and read next.
import Core
import Store

/// A filter looks at every record, so that pages are read until there is none left. A page is a
/// copy of its moment: where records go on, older pages are read again behind each newest one.
struct RecordPages<Row: Sendable, Entity: Identified & Sendable>: Sendable {
    private(set) var rows: [Row] = []
    /// Those of ``rows`` that are asked for. Each row is judged once, however many are known.
    private(set) var shown: [Row] = []
    /// The oldest record is among the rows.
    private(set) var isWhole = false
    /// The page behind the last row is being read.
    private var isReadingOn = false
    /// Rows older than this one were read before the newest ones.
    private var behind: ID<Entity>?
    /// What they say may be wrong, whether they go on or not.
    private var isOutdated = false
    private let id: @Sendable (Row) -> ID<Entity>
    private let goesOn: @Sendable (Row) -> Bool
    private let outdates: @Sendable (Row) -> Bool
    private var accepts: (@Sendable (Row) -> Bool)?

    /// - Parameters:
    ///   - goesOn: whether the record may still change.
    ///   - outdates: whether it has changed how others read.
    init(
        _ id: @escaping @Sendable (Row) -> ID<Entity>,
        goesOn: @escaping @Sendable (Row) -> Bool = { _ in false },
        outdates: @escaping @Sendable (Row) -> Bool = { _ in false }
    ) {
        (self.id, self.goesOn, self.outdates) = (id, goesOn, outdates)
    }

    /// Records older than this one are to be read: again, or for the first time.
    var older: ID<Entity>? { again ?? (isReadingOn ? rows.last.map(id) : nil) }

    /// Behind the row before the first that may no longer be so.
    private var again: ID<Entity>? {
        guard let behind else { return nil }
        let place = rows.indices.dropFirst().first { place in
            id(rows[place]) < behind && (isOutdated || goesOn(rows[place]))
        }
        return place.map { id(rows[$0 - 1]) }
    }

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
            (rows, shown, isWhole, isReadingOn) = ([], [], false, false)
        }
        put(page, from: nil)
        behind = last
        forget()
        searchOn()
    }

    mutating func take(_ page: [Row], before: ID<Entity>) {
        guard before == older else { return }
        if again == nil { isReadingOn = false }
        let isLast = rows.last.map(id) == before
        put(page, from: before)
        behind = isLast ? nil : page.last.map(id)
        forget()
        isWhole = page.isEmpty || (isWhole && !isLast)
        searchOn()
    }

    /// Nothing that is left was read before the newest page.
    private mutating func forget() {
        if again == nil { (behind, isOutdated) = (nil, false) }
    }

    /// The rows of a page in the place of those that were known there. One that is no longer in it
    /// is no longer there: a page leaves none out.
    private mutating func put(_ page: [Row], from before: ID<Entity>?) {
        let old = before.map { before in rows.filter { id($0) < before } } ?? rows
        let known = Set(old.filter(outdates).map(id))
        if page.contains(where: { outdates($0) && !known.contains(id($0)) }) { isOutdated = true }
        rows = joined(rows, page, from: before, to: page.last.map(id))
        shown = joined(shown, chosen(page), from: before, to: page.last.map(id))
    }

    private func joined(
        _ rows: [Row], _ page: [Row], from before: ID<Entity>?, to last: ID<Entity>?
    ) -> [Row] {
        let newer = before.map { before in rows.filter { id($0) >= before } } ?? []
        let older = last.map { last in rows.filter { id($0) < last } } ?? []
        return newer + page + older
    }

    /// Asks for the page after the last one, unless there is none.
    mutating func readOn() {
        guard !isWhole, let last = rows.last else { return }
        // Ids begin at 1.
        if id(last).number > 1 { isReadingOn = true } else { isWhole = true }
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
