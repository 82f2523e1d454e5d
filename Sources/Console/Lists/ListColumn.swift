/// A column of a list, said once: its head, what stands in a cell, how it is filtered.
import Core

/// What is seen in a column is found by typing it: the filter looks at the text of the cell.
struct ListColumn<Row: Sendable>: Sendable {
    let head: TableColumn
    /// In a filter, the first of them told; none: it is not asked for by name.
    private let names: [String]
    private let number: (@Sendable (Row) -> FilterNumber?)?
    /// Stands in place of the cell's text, where a filter looks at more than is seen.
    private let text: (@Sendable (Row) -> String)?
    let cell: @Sendable (Row, Surroundings) -> TableCell

    init(
        _ head: TableColumn, _ names: String...,
        number: (@Sendable (Row) -> FilterNumber?)? = nil,
        text: (@Sendable (Row) -> String)? = nil,
        cell: @escaping @Sendable (Row, Surroundings) -> TableCell
    ) {
        self.init(head, names, number: number, text: text, cell: cell)
    }

    init(
        _ head: TableColumn, _ names: [String], number: (@Sendable (Row) -> FilterNumber?)?,
        text: (@Sendable (Row) -> String)? = nil,
        cell: @escaping @Sendable (Row, Surroundings) -> TableCell
    ) {
        self.head = head
        self.names = names
        self.number = number
        self.text = text
        self.cell = cell
    }

    fileprivate func field(_ around: Surroundings) -> FilterField<Row>? {
        guard !names.isEmpty else { return nil }
        return FilterField(names, number: number, text: text ?? { cell($0, around).text })
    }
}

extension Array {
    /// What the columns are filtered by, and what else a row is found by.
    func fields<Row>(
        _ around: Surroundings, and others: FilterField<Row>...
    ) -> FilterFields<Row> where Element == ListColumn<Row> {
        FilterFields(compactMap { $0.field(around) } + others)
    }

    /// Their heads, as they are laid out.
    func table<Row>() -> Table where Element == ListColumn<Row> { Table(map(\.head)) }

    /// The cells of one row.
    func cells<Row>(_ row: Row, _ around: Surroundings) -> [TableCell]
    where Element == ListColumn<Row> {
        map { $0.cell(row, around) }
    }
}
