/// The prepaid balance: how fast it is used, by whom, and every row of its ledger.
import Core
import Store

/// Only for those who hold billing.view. **Source** <doc:ProductRules#Billing>.
struct BillingScreen: ListScreen {
    let name = "billing"
    let keyContext = KeyContext.billing
    static let noun = "ledger row"
    /// The ledger; the bots beside it are a list of their own.
    var list = RowList<LedgerEntry, ID<LedgerEntry>> { $0.id }
    private var costs = RowList<BotCost, ID<Bot>> { $0.bot }
    private var board: BillingBoard?
    private var isOnCosts = false

    static let costTable = BotCost.columns.table()
    static let ledgerTable = LedgerEntry.columns([:]).table()

    private var columns: [ListColumn<LedgerEntry>] { LedgerEntry.columns(board?.labels ?? [:]) }

    func wants(_ around: Surroundings) -> [BoardRequest] { [.billing] }

    mutating func receive(_ board: Board, _ around: Surroundings) {
        guard case .billing(let board) = board else { return }
        self.board = board
        let expression = FilterExpression(list.filter)
        let fields = fields(around)
        list.know(board.rows)
        list.show(board.rows.filter { fields.matches($0, expression) }, on: grid(around.body))
        costs.show(all: board.costs, on: BillingLayout(around.body).costs)
    }

    func grid(_ body: Size) -> ListGrid { BillingLayout(body).ledger }

    func bot(of row: LedgerEntry) -> ID<Bot>? { row.botID }

    // MARK: Keys

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        guard let board else { return nil }
        switch command {
        case .topUp: return TopUpAct.ask(board, around)
        case .nextPane, .previousPane:
            isOnCosts.toggle()
            return []
        case .copy where list.current == nil: return [.open(ListMenu.copy([balance]))]
        case .open where isOnCosts: return costs.cursor.map { [.go(.bot($0, .activity))] }
        default: break
        }
        if isOnCosts, costs.handle(command, on: BillingLayout(around.body).costs) { return [] }
        return handleList(command, around)
    }

    /// A row of the ledger is seen whole.
    mutating func open(_ row: LedgerEntry, _ around: Surroundings) -> [ScreenAction]? { nil }

    func currentBot(_ around: Surroundings) -> BotRow? {
        let bot = isOnCosts ? costs.cursor : list.current?.botID
        return bot.flatMap { around.bot($0) }
    }

    func targets(_ around: Surroundings) -> [BotRow] { currentBot(around).map { [$0] } ?? [] }

    func refusal(of binding: Binding, _ around: Surroundings) -> String? {
        SpareKeys.refusal(of: binding)
    }

    func hints(cells: Int, _ around: Surroundings) -> [KeyHint]? {
        SpareKeys.hints(of: self, cells: cells, around)
    }

    func copies(
        _ row: LedgerEntry, whole: String, _ around: Surroundings
    ) -> [ListMenu.Copy] {
        [
            balance, ListMenu.Copy("y", "ledger id", row.id.description),
            ListMenu.Copy("r", "row", whole),
        ]
    }

    private var balance: ListMenu.Copy {
        ListMenu.Copy("b", "balance", board?.balance?.description ?? "")
    }

    // MARK: What is shown

    func fields(_ around: Surroundings) -> FilterFields<LedgerEntry> {
        columns.fields(around, and: FilterField("id") { $0.id.description })
    }

    func words(of row: LedgerEntry, _ around: Surroundings) -> String { row.plainText }

    func crumb(_ around: Surroundings) -> Crumb {
        guard let count = board?.rows.count else { return Crumb(path: ["Billing"]) }
        let shown = list.filter.isEmpty ? "" : "\(rows.count) of "
        let counts = "\(shown)\(counted(count, "ledger row")), \(Self.span)"
        return Crumb(path: ["Billing"], counts: counts)
    }

    /// How far back the ledger goes here.
    private static let span = counted(Int(BoardRequest.ledgerSpan.milliseconds / 86_400_000), "day")

    var emptyWords: EmptyWords {
        EmptyWords(
            "the ledger", Self.noun, none: "Nothing was booked in these \(Self.span).",
            "M tops the balance up.", filter: list.filter)
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        guard let board else {
            return EmptyWords.draw(list.lines(of: emptyWords), in: canvas)
        }
        let layout = BillingLayout(canvas.size)
        layout.drawFacts(board, in: canvas)
        layout.drawPane("Bots", isOnCosts, in: canvas, layout.costs) { inner in
            costs.draw(BotCost.columns, in: inner, hasCursor: isOnCosts, around)
        }
        layout.drawPane("Ledger", !isOnCosts, in: canvas, layout.ledger) { inner in
            guard !rows.isEmpty else {
                return EmptyWords.draw(list.lines(of: emptyWords), in: inner)
            }
            list.draw(columns, in: inner, hasCursor: !isOnCosts, around)
        }
    }
}
