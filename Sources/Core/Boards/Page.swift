/// A list as it is read: one page of it, and where the next one begins.

import Store

/// A row of a list that is read page by page.
public protocol PageRow: Sendable, Equatable, Codable {
    associatedtype Entity: Identified & Sendable & Equatable
    /// What the row tells of.
    var id: ID<Entity> { get }
}

/// Rows of one list in its order.
public struct Page<Row: PageRow>: Sendable, Equatable, Codable {
    /// World time at which it was read.
    public var now: Instant
    public var rows: [Row]
    /// The last row that was looked at: the next page begins behind it. Nil at the end of the list.
    public var next: ID<Row.Entity>?

    init(now: Instant, rows: [Row], next: ID<Row.Entity>? = nil) {
        self.now = now
        self.rows = rows
        self.next = next
    }
}

/// Which part of a list is asked for.
struct PageSpan<Entity: Identified> {
    /// Only what stands behind this one: ``Page/next`` of the page before.
    var before: ID<Entity>?
    /// Only what is not older.
    var since: Instant?
    /// At most so many rows.
    var limit: Int
}

extension PageSpan {
    /// How much of a table is read at once where rows are left out of it.
    private static var stride: Int { 500 }

    /// Fills one page. Where rows are left out, the reading goes on behind them: a short page is
    /// the last one.
    /// - Parameters:
    ///   - records: the table, newest first: so many behind a record.
    ///   - row: nil for a record that the reader does not see.
    func page<Record, Row: PageRow>(
        now: Instant, id: (Record) -> ID<Entity>, at: (Record) -> Instant,
        _ records: (ID<Entity>?, Int) throws(StoreError) -> [Record], _ row: (Record) -> Row?
    ) throws(StoreError) -> Page<Row> where Row.Entity == Entity {
        var page = Page<Row>(now: now, rows: [], next: before)
        var count = limit
        while page.rows.count < limit {
            let found = try records(page.next, count)
            for record in found where page.rows.count < limit {
                page.next = id(record)
                if since.map({ at(record) >= $0 }) ?? true, let row = row(record) {
                    page.rows.append(row)
                }
            }
            let isLate = found.last.flatMap { last in since.map { at(last) < $0 } } ?? false
            if page.rows.count < limit, found.count < count || isLate {
                page.next = nil
                return page
            }
            count = max(limit, Self.stride)
        }
        return page
    }
}
