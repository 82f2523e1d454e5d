/// What the fleet shows at a size: cards or list, a preview from 120 columns, events from 40 rows.

/// Works on the body, the terminal less its four bars: <doc:ConsoleRules#Sizes>.
struct FleetLayout: Equatable, Sendable {
    static let cardWidth = 26
    static let cardHeight = 5

    let isCards: Bool
    let list: Rect
    let preview: Rect?
    let events: Rect?
    let cardColumns: Int
    let cardRows: Int

    /// Least cells of the preview beside a list.
    private static let previewWidth = 56

    /// - Parameters:
    ///   - wanted: whether cards are asked for; narrow bodies have the list anyway.
    ///   - listCells: what all columns of the list need: the preview takes none of them.
    init(_ body: Size, isCards wanted: Bool, listCells: Int = 0) {
        isCards = wanted && body.columns >= 80 && body.rows >= Self.cardHeight
        isTiny = !isCards && (body.rows < 8 || body.columns < 40)
        var area = Rect(body)
        if body.rows >= 36, body.columns >= 80 {
            let parts = area.splitBottom(9)
            events = parts.bottom
            area = parts.rest
        } else {
            events = nil
        }
        let hasRoom = isCards || body.columns - Self.previewWidth >= listCells
        guard body.columns >= 120, hasRoom else {
            list = area
            preview = nil
            cardColumns = max(1, (body.columns - 1) / Self.cardWidth)
            cardRows = max(1, area.rows / Self.cardHeight)
            return
        }
        let columns = max(1, (body.columns - 42) / Self.cardWidth)
        let taken =
            isCards ? min(1 + columns * Self.cardWidth, body.columns - 41)
            : body.columns - Self.previewWidth
        let parts = area.splitLeft(max(taken, body.columns - 73))
        list = parts.left
        preview = Rect(
            parts.rest.column + 1, parts.rest.row, max(0, parts.rest.columns - 1), parts.rest.rows)
        cardColumns = columns
        cardRows = max(1, area.rows / Self.cardHeight)
    }

    /// Too small for columns.
    let isTiny: Bool

    /// Where the bots stand in the list's part.
    var grid: ListGrid {
        if isTiny {
            return ListGrid(
                area: list, first: Rect(0, 0, list.columns, 1), rows: max(1, list.rows - 1),
                scroll: .cursor(fills: false), lead: 1)
        }
        guard isCards else { return .table(list) }
        return ListGrid(
            area: list, first: Rect(1, 0, Self.cardWidth, Self.cardHeight), columns: cardColumns,
            rows: cardRows, scroll: .pages)
    }
}
