/// The prepaid balance: how fast it is used, by whom, and every row of its ledger.
import Core
import Store

/// Only for those who hold billing.view. **Source** <doc:ProductRules#Billing>.
struct BillingScreen: Screen {
    let name = "billing"
    let keyContext = KeyContext.billing
    private var board: BillingBoard?
    private var ledger = RowList<LedgerEntry, ID<LedgerEntry>> { $0.id }
    private var costs = RowList<BotCost, ID<Bot>> { $0.bot }
    private var isOnCosts = false

    static let costTable = Table([
        TableColumn(id: "bot", title: "BOT", width: 8, rank: -3, isFlexible: true, longest: 20),
        TableColumn(id: "place", title: "PLACE", width: 18, rank: 2),
        TableColumn(id: "state", title: "NOW", width: 7, rank: -1),
        TableColumn(id: "hourly", title: "USD/H", width: 7, alignment: .right),
        TableColumn(id: "hours", title: "HOURS 7D", width: 9, alignment: .right, rank: 1),
        TableColumn(id: "used", title: "USD 7D", width: 11, alignment: .right, rank: -2),
    ])

    /// How much, when and for whom stay at every width.
    static let ledgerTable = Table([
        TableColumn(id: "time", title: "TIME (UTC)", width: 11, rank: -4, longest: 15),
        TableColumn(id: "kind", title: "KIND", width: 7, rank: -2),
        TableColumn(id: "amount", title: "USD", width: 13, alignment: .right, rank: -5),
        TableColumn(id: "bot", title: "BOT", width: 8, rank: -3, longest: 20),
        TableColumn(id: "seconds", title: "SECONDS", width: 7, alignment: .right, rank: 3),
        TableColumn(id: "detail", title: "DETAIL", width: 18, rank: 4, isFlexible: true),
    ])

    func wants(_ around: Surroundings) -> [BoardRequest] { [.billing] }

    mutating func receive(_ board: Board, _ around: Surroundings) {
        guard case .billing(let board) = board else { return }
        self.board = board
        let parts = Self.parts(around.body)
        let expression = FilterExpression(ledger.filter)
        let fields = LedgerFilter.fields(board.labels)
        ledger.know(board.rows)
        ledger.show(board.rows.filter { fields.matches($0, expression) }, on: parts.ledger)
        costs.show(all: board.costs, on: parts.costs)
    }

    // MARK: Filter

    var filter: String? {
        get { ledger.filter }
        set { ledger.filter = newValue ?? "" }
    }

    mutating func acceptFilter() { ledger.settle() }

    func filterFields(_ around: Surroundings) -> [String] { LedgerFilter.fields([:]).names }

    func filterProblem(_ around: Surroundings) -> FilterProblem? {
        LedgerFilter.fields([:]).problem(of: FilterExpression(ledger.filter))
    }

    // MARK: Keys

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        guard let board else { return nil }
        switch command {
        case .topUp: return TopUpAct.ask(board, around)
        case .nextPane, .previousPane:
            isOnCosts.toggle()
            return []
        case .open:
            guard isOnCosts, let bot = costs.cursor else { return nil }
            return [.go(.bot(bot, .activity))]
        case .copy: return [.open(copy(board))]
        default: break
        }
        let parts = Self.parts(around.body)
        let isTaken =
            isOnCosts
            ? costs.handle(command, on: parts.costs) : ledger.handle(command, on: parts.ledger)
        return isTaken ? [] : nil
    }

    func currentBot(_ around: Surroundings) -> BotRow? {
        let bot = isOnCosts ? costs.cursor : ledger.current?.botID
        return bot.flatMap { around.bot($0) }
    }

    func refusal(of binding: Binding, _ around: Surroundings) -> String? {
        SpareKeys.refusal(of: binding)
    }

    func hints(cells: Int, _ around: Surroundings) -> [KeyHint]? {
        SpareKeys.hints(of: self, cells: cells, around)
    }

    private func copy(_ board: BillingBoard) -> ListMenu {
        let row = ledger.current
        return ListMenu.copy([
            ListMenu.Copy("b", "balance", board.balance?.description ?? ""),
            ListMenu.Copy("y", "ledger id", row?.id.description ?? ""),
            ListMenu.Copy(
                "r", "row", row.map { "\($0.at) \($0.kind) \($0.amount) \($0.detail)" } ?? ""),
        ])
    }

    // MARK: What is shown

    func crumb(_ around: Surroundings) -> Crumb {
        guard let count = board?.rows.count else { return Crumb(path: ["Billing"]) }
        let shown = ledger.filter.isEmpty ? "" : "\(ledger.rows.count) of "
        let days = counted(Int(BoardRequest.ledgerSpan.milliseconds / 86_400_000), "day")
        let counts = "\(shown)\(counted(count, "ledger row")), \(days)"
        return Crumb(path: ["Billing"], counts: counts)
    }

    /// Facts on top; bots and ledger side by side where there is room, else one below the other.
    private static func parts(
        _ size: Size
    ) -> (facts: Rect, costs: ListGrid, ledger: ListGrid) {
        let top = Rect(size).splitTop(min(5, size.rows))
        let needed = ledgerTable.needs
        if size.columns >= costTable.needs + 2 + needed {
            let sides = top.rest.splitRight(needed)
            let left = Rect(
                sides.rest.column, sides.rest.row, sides.rest.columns - 2, sides.rest.rows)
            return (top.top, pane(left), pane(sides.right))
        }
        let below = top.rest.splitTop(max(3, top.rest.rows / 2))
        return (top.top, pane(below.top), pane(below.rest))
    }

    /// A table under its title.
    private static func pane(_ place: Rect) -> ListGrid { .table(place.splitTop(1).rest) }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        guard let board else {
            canvas.text(1, 0, "Reading the ledger..", .textDim)
            return
        }
        let parts = Self.parts(canvas.size)
        drawFacts(board, in: canvas[parts.facts])
        drawPane("Bots", isOnCosts, in: canvas, parts.costs) { inner in
            costs.draw(Self.costTable, in: inner, hasCursor: isOnCosts, cells: Self.cells)
        }
        drawPane("Ledger", !isOnCosts, in: canvas, parts.ledger) { inner in
            if ledger.rows.isEmpty, !board.rows.isEmpty {
                inner.text(1, 0, "No row matches. Esc clears the filter.", .textDim)
                return
            }
            ledger.draw(Self.ledgerTable, in: inner, hasCursor: !isOnCosts) {
                Self.cells($0, board)
            }
        }
    }

    private func drawPane(
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

    private func drawFacts(_ board: BillingBoard, in canvas: Canvas) {
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

    private static func cells(_ cost: BotCost) -> [TableCell] {
        [
            TableCell(cost.label), TableCell(cost.place, .textDim),
            TableCell(cost.isCharged ? "charged" : "free", cost.isCharged ? .text : .textDim),
            TableCell(cost.hourly.text(decimals: 3)),
            TableCell(Self.hours(cost.seconds)),
            TableCell(cost.used.text(decimals: 4)),
        ]
    }

    /// `162h43m`, minutes in two digits as everywhere.
    private static func hours(_ seconds: Int64) -> String {
        let minutes = seconds / 60 % 60
        return "\(seconds / 3600)h\(minutes < 10 ? "0" : "")\(minutes)m"
    }

    private static func cells(_ entry: LedgerEntry, _ board: BillingBoard) -> [TableCell] {
        [
            TableCell(entry.at.shortStamp, short: entry.at.minuteStamp),
            TableCell(entry.kindWord),
            TableCell(entry.amountText, entry.amount.isPositive ? .gain : .text),
            TableCell(entry.botID.flatMap { board.labels[$0] } ?? "-"),
            TableCell(entry.seconds > 0 ? "\(entry.seconds)" : "-"),
            TableCell(entry.detail, .textDim),
        ]
    }
}
