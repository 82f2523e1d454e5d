/// The support screen: the queue, one thread, its context, and what is being written.
import Core
import Store

/// Keys are in SupportKeys.swift, writing in SupportWriting.swift, drawing in SupportView.swift.
/// **Source** <doc:ProductRules#Tickets>, <doc:ConsoleRules#The-support-screen>.
struct SupportScreen: Screen {
    /// What is being written now.
    enum Writing: Equatable, Sendable {
        case message(Composer)
        case ticket(TicketForm)
    }

    let name = "support"
    let keyContext = KeyContext.support
    var filter: String? = ""
    var board: SupportBoard?
    /// Of the ticket under the cursor, or of the one before it until the new one arrives.
    var thread: TicketThread?
    /// What was asked of the ticket's bot: to attach, and for the context.
    var commands: CommandsBoard?
    var list = TableState<ID<Ticket>>()
    var focus = SupportPane.list
    var isZoomed = false
    var place = ThreadPlace.end
    /// Index of the entry that J and K have chosen.
    var message: Int?
    /// First line of the context pane that is shown.
    var contextTop = 0
    var scope = TicketScope.open
    var sorting = Sorting(TicketOrder.queue)
    var writing: Writing?
    var seen = SeenMessages()
    /// What was seen is not kept yet.
    private var isSeenFresh = false
    /// When the draft was last handed over to be kept (wall).
    var changedAt: Instant?
    /// To be shown as soon as the queue is there.
    private var wanted: ID<Ticket>?

    /// - Parameter ticket: whose thread to open at once.
    init(ticket: ID<Ticket>? = nil, _ around: Surroundings) {
        wanted = ticket
        if ticket != nil { focus = .thread }
        seen = SeenMessages(around.kept[SeenMessages.name] ?? "")
    }

    /// With the form of a new ticket open: <doc:ConsoleRules#A-ticket-from-here>.
    init(origin: TicketOrigin, _ around: Surroundings) {
        self.init(around)
        openForm(from: origin, around)
    }

    var takesText: Bool { writing != nil }

    private var isForm: Bool {
        if case .ticket = writing { true } else { false }
    }

    func wants(_ around: Surroundings) -> [BoardRequest] {
        var result: [BoardRequest] = [.tickets]
        if let cursor = list.cursor ?? wanted { result.append(.thread(cursor)) }
        if let bot = current?.ticket.botID { result.append(.commands(bot)) }
        return result
    }

    mutating func receive(_ board: Board, _ around: Surroundings) {
        switch board {
        case .tickets(let board):
            self.board = board
            showWanted(around)
        case .thread(let id, let thread) where id == list.cursor ?? wanted: self.thread = thread
        case .commands(let bot, let board) where bot == current?.ticket.botID: commands = board
        default: break
        }
        follow(around)
        // What arrives in the thread one is in is read, one's own answer too.
        if focus == .thread, let shown = shownThread?.row.ticket, seen.see(shown) {
            isSeenFresh = true
        }
    }

    mutating func tick(_ around: Surroundings) -> [ScreenAction] {
        guard isSeenFresh else { return [] }
        isSeenFresh = false
        return [.perform(.keep(name: SeenMessages.name, text: seen.text))]
    }

    /// A ticket that was asked for is shown even where the scope would hide it.
    private mutating func showWanted(_ around: Surroundings) {
        guard let id = wanted, let row = board?.rows.first(where: { $0.ticket.id == id }) else {
            return
        }
        wanted = nil
        if !scope.contains(row.ticket.status) { scope = .all }
        filter = ""
        list.select(id, among: rows(around).map(\.ticket.id))
    }

    /// Takes over the rows as they are now; the cursor holds on to its ticket.
    mutating func follow(_ around: Surroundings) {
        let before = list.cursor
        let ids = rows(around).map(\.ticket.id)
        list.follow(ids, page: listPage(around), hidden: Set(board?.rows.map(\.ticket.id) ?? []))
        if list.cursor != before { cursorMoved() }
    }

    mutating func cursorMoved() {
        place = .end
        message = nil
        contextTop = 0
        if thread?.row.ticket.id != list.cursor { thread = nil }
    }

    // MARK: What is shown

    /// The queue as scope and filter leave it, in the order chosen.
    func rows(_ around: Surroundings) -> [TicketRow] {
        guard let board, around.person != nil else { return [] }
        let expression = FilterExpression(filter ?? "")
        let fields = TicketFilter.fields(around)
        let shown = board.rows.filter {
            scope.contains($0.ticket.status)
                && (expression.isEmpty || fields.matches($0, expression))
        }
        return sorting.sorted(shown, around)
    }

    mutating func acceptFilter() { list.settle() }

    func filterFields(_ around: Surroundings) -> [String] { TicketFilter.fields(around).names }

    func filterProblem(_ around: Surroundings) -> FilterProblem? {
        TicketFilter.fields(around).problem(of: FilterExpression(filter ?? ""))
    }

    /// The ticket under the cursor.
    var current: TicketRow? {
        guard let cursor = list.cursor else { return nil }
        return board?.rows.first { $0.ticket.id == cursor }
    }

    /// The thread under the cursor; nil while it is being read.
    var shownThread: TicketThread? {
        thread.flatMap { $0.row.ticket.id == list.cursor ? $0 : nil }
    }

    func layout(_ around: Surroundings) -> SupportLayout { layout(around.body, around) }

    func layout(_ size: Size, _ around: Surroundings) -> SupportLayout {
        SupportLayout(
            size, rows: rows(around).count + 1, isWriting: writing != nil, focus: focus,
            zoomed: isZoomed, isForm: isForm)
    }

    func listPage(_ around: Surroundings) -> Int {
        let layout = layout(around)
        return TicketList.grid(layout.list.map { layout.inner($0) } ?? Rect(0, 0, 0, 0)).page
    }

    private var orderWords: String {
        let arrow = sorting.isDescending ? "^" : "v"
        return "\(scope.rawValue)   sort \(sorting.order.rawValue) \(arrow)"
    }

    func currentBot(_ around: Surroundings) -> BotRow? {
        current?.ticket.botID.flatMap { around.bot($0) }
    }

    func crumb(_ around: Surroundings) -> Crumb {
        var path = ["Support"]
        if let current { path.append("\(current.mark)  \(current.ticket.subject)") }
        let all = board?.rows ?? []
        let open = all.count { $0.ticket.status != .closed }
        let drafts = DraftPurpose.count(in: around.kept)
        var counts = "\(open) open  \(all.count - open) closed"
        if let filter, !filter.isEmpty { counts = "\(rows(around).count) of \(all.count)" }
        if drafts > 0 { counts += "  " + counted(drafts, "draft") }
        return Crumb(path: path, counts: counts, order: orderWords)
    }
}
