/// The prepaid balance: how fast it is used, by whom, and every row of its ledger.
import Core
import Store

/// Only for those who hold billing.view. **Source** <doc:ProductRules#Billing>.
struct BillingScreen: ListScreen {
    let name = "billing"
    let keyContext = KeyContext.billing
    static let subject = "the ledger"
    static let noun = "ledger row"
    static let spareKeys: SpareKeys = [.marking, .sorting]
    /// The ledger; the bots beside it are a list of their own.
    var list = RowList<LedgerEntry, ID<LedgerEntry>> { $0.id }
    private var costs = SideList<BotCost, ID<Bot>> { $0.bot }
    private var board: BillingBoard?

    static let costTable = BotCost.columns.table()
    static let ledgerTable = LedgerEntry.columns([:]).table()

    private var columns: [ListColumn<LedgerEntry>] { LedgerEntry.columns(board?.labels ?? [:]) }

    func wants(_ around: Surroundings) -> [BoardRequest] { [.billing] }

    mutating func receive(_ board: Board, _ around: Surroundings) {
        guard case .billing(let board) = board else { return }
        self.board = board
        list.know(board.rows)
        list.show(matches(around), on: grid(around.body))
        costs.show(board.costs, on: BillingLayout(around.body).costs)
    }

    func bot(of row: LedgerEntry) -> ID<Bot>? { row.botID }

    // MARK: Keys

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        guard let board else { return nil }
        if command == .topUp { return TopUpAct.ask(board, around) }
        if costs.handle(command, on: BillingLayout(around.body).costs) { return [] }
        guard costs.hasFocus, command == .open else { return handleList(command, around) }
        return costs.cursor.map { [.go(.bot($0, .activity))] }
    }

    /// A row of the ledger is seen whole.
    mutating func open(_ row: LedgerEntry, _ around: Surroundings) -> [ScreenAction]? { nil }

    func currentBot(_ around: Surroundings) -> BotRow? {
        let bot = costs.hasFocus ? costs.cursor : list.current?.botID
        return bot.flatMap { around.bot($0) }
    }

    func targets(_ around: Surroundings) -> [BotRow] { currentBot(around).map { [$0] } ?? [] }

    /// The balance can be copied, and a bot's costs opened, where the ledger has no rows.
    func refusal(of binding: Binding, _ around: Surroundings) -> String? {
        Self.spareKeys.refusal(of: binding.command)
    }

    var copiesOfAll: [ListMenu.Copy] {
        [ListMenu.Copy("b", "balance", board?.balance?.description ?? "")]
    }

    // MARK: What is shown

    func fields(_ around: Surroundings) -> FilterFields<LedgerEntry> {
        columns.fields(around, and: FilterField("id") { $0.id.description })
    }

    func crumb(_ around: Surroundings) -> Crumb {
        guard let count = board?.rows.count else { return Crumb(path: ["Billing"]) }
        let shown = list.filter.isEmpty ? "" : "\(rows.count) of "
        let counts = "\(shown)\(counted(count, Self.noun)), \(BillingLayout.span)"
        return Crumb(path: ["Billing"], counts: counts)
    }

    func nothing(_ keys: KeyNames) -> [String] {
        [
            "Nothing was booked in these \(BillingLayout.span).",
            "\(keys[.topUp]) tops the balance up.",
        ]
    }

    func grid(_ body: Size) -> ListGrid { BillingLayout(body).ledger }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        guard let board else { return drawEmpty(in: canvas, around) }
        let layout = BillingLayout(canvas.size)
        layout.drawFacts(board, in: canvas)
        layout.drawPane("Bots", costs.hasFocus, in: canvas, layout.costs) { pane in
            costs.draw(BotCost.columns, in: pane, around)
        }
        layout.drawPane("Ledger", !costs.hasFocus, in: canvas, layout.ledger) { pane in
            rows.isEmpty ? drawEmpty(in: pane, around) : drawRows(in: pane, around)
        }
    }

    func drawRows(in canvas: Canvas, _ around: Surroundings) {
        list.draw(columns, in: canvas, hasCursor: !costs.hasFocus, around)
    }
}
