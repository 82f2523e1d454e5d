/// Where the facts of the bill, its bots and its ledger stand.
import Core
import Store

/// Facts on top; bots and ledger side by side where there is room, else one below the other.
struct BillingLayout: Equatable, Sendable {
    /// How far back the ledger goes here.
    static let span = counted(Int(BoardRequest.ledgerSpan.milliseconds / 86_400_000), "day")

    private let facts: Rect
    let costs: ListGrid
    let ledger: ListGrid

    init(_ size: Size) {
        let top = Rect(size).splitTop(min(5, size.rows))
        facts = top.top
        let needed = BillingScreen.ledgerTable.needs
        if size.columns >= BillingScreen.costTable.needs + 2 + needed {
            let sides = top.rest.splitRight(needed)
            let left = Rect(
                sides.rest.column, sides.rest.row, sides.rest.columns - 2, sides.rest.rows)
            (costs, ledger) = (Self.pane(left), Self.pane(sides.right))
        } else {
            let below = top.rest.splitTop(max(3, top.rest.rows / 2))
            (costs, ledger) = (Self.pane(below.top), Self.pane(below.rest))
        }
    }

    /// A table under its title.
    private static func pane(_ place: Rect) -> ListGrid { .table(place.splitTop(1).rest) }

    func drawPane(
        _ title: String, _ isFocused: Bool, in canvas: Canvas, _ grid: ListGrid,
        _ draw: (Canvas) -> Void
    ) {
        let place = grid.area
        guard place.rows > 0 else { return }
        let head = canvas[Rect(place.column, place.row - 1, place.columns, 1)]
        head.fill(nil, " ", .background)
        head.text(1, 0, title, isFocused ? .textStrong : .textDim)
        canvas[place].fill(nil, " ", .background)
        draw(canvas[place])
    }

    func drawFacts(_ board: BillingBoard, in whole: Canvas) {
        let canvas = whole[facts]
        let balance = board.balance.map { "\($0.money) USD" } ?? "not charged"
        canvas.text(1, 0, "Balance   \(balance)", .textStrong)
        canvas.text(
            1, 1, "Burn      \(board.burn.text(decimals: 3)) USD an hour, "
                + "\(board.charged) charged; \(board.accrued.text(decimals: 4)) USD not booked yet")
        let runway = board.runway.map(\.ageText) ?? "no end: nothing is charged"
        canvas.text(1, 2, "Runway    \(runway)", board.alarm > 0 ? .messageWarn : .text)
        let alarm = board.alarmWords.map { "!! \($0)" }
            ?? "none; given below 24 h, 6 h, 1 h, then paused, then wound down"
        canvas.text(1, 3, "Alarm     \(alarm)", board.alarm > 0 ? .messageError : .textDim)
    }
}
