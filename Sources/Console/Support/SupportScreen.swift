/// The support screen: the queue, one thread, its context, and what is being written.
import Core
import Store

/// Keys are in SupportKeys.swift, writing in SupportWriting.swift, drawing in SupportView.swift.
/// **Source** <doc:ProductRules#Tickets>, <doc:ConsoleRules#The-support-screen>.
struct SupportScreen: SortedScreen {
    /// What is being written now.
    enum Writing: Equatable, Sendable {
        case message(Composer)
        case ticket(TicketForm)
    }

    let name = "support"
    let keyContext = KeyContext.support
    static let noun = "ticket"
    /// The queue as scope and filter leave it, in the order chosen.
    var list = RowList<TicketRow, ID<Ticket>> { $0.ticket.id }
    var sorting: Sorting<TicketOrder>
    var board: SupportBoard?
    /// Of the ticket under the cursor, or of the one before it until the new one arrives.
    var thread: TicketThread?
    /// What was asked of the ticket's bot: to attach, and for the context.
    var commands: CommandsBoard?
    var focus = SupportPane.list
    var isZoomed = false
    var place = ThreadScroll.end
    /// Index of the entry that J and K have chosen.
    var message: Int?
    /// First line of the context pane that is shown.
    var contextTop = 0
    var scope = TicketScope.open
    var writing: Writing?
    var seen: SeenMessages
    /// What was seen is not kept yet.
    private var isSeenFresh = false
    /// When the draft was last handed over to be kept (wall).
    var changedAt: Instant?
    /// To be shown as soon as the queue is there.
    private var wanted: ID<Ticket>?
    /// Whose thread place and message belong to.
    private var held: ID<Ticket>?

    /// - Parameter ticket: whose thread to open at once.
    init(ticket: ID<Ticket>? = nil, _ around: Surroundings) {
        wanted = ticket
        if ticket != nil { focus = .thread }
        sorting = Sorting(kept: around.kept["support.view"], else: .queue)
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

    // MARK: Boards

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
            list.know(board.rows)
            showWanted(around)
        case .thread(let id, let thread) where id == list.cursor ?? wanted: self.thread = thread
        case .commands(let bot, let board) where bot == current?.ticket.botID: commands = board
        default: break
        }
        if list.isRead { arrange(around) }
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
        guard let id = wanted, let row = list.all.first(where: { $0.ticket.id == id }) else {
            return
        }
        wanted = nil
        if !scope.contains(row.ticket.status) { scope = .all }
        list.filter = ""
        arrange(around, at: id)
    }

    func admits(_ row: TicketRow) -> Bool { scope.contains(row.ticket.status) }

    func bot(of row: TicketRow) -> ID<Bot>? { row.ticket.botID }

    mutating func moved(_ around: Surroundings) {
        guard held != list.cursor else { return }
        held = list.cursor
        place = .end
        message = nil
        contextTop = 0
        if thread?.row.ticket.id != list.cursor { thread = nil }
    }

    // MARK: What is shown

    func fields(_ around: Surroundings) -> FilterFields<TicketRow> {
        TicketFilter.fields(around)
    }

    func words(of row: TicketRow, _ around: Surroundings) -> String { row.plainText(around) }

    /// The ticket under the cursor.
    var current: TicketRow? { list.current }

    /// The thread under the cursor; nil while it is being read.
    var shownThread: TicketThread? {
        thread.flatMap { $0.row.ticket.id == list.cursor ? $0 : nil }
    }

    func layout(_ size: Size) -> SupportLayout {
        SupportLayout(
            size, rows: rows.count + 1, isWriting: writing != nil, focus: focus,
            zoomed: isZoomed, isForm: isForm)
    }

    func grid(_ body: Size) -> ListGrid {
        let layout = layout(body)
        return TicketList.grid(layout.list.map { layout.inner($0) } ?? Rect(0, 0, 0, 0))
    }

    var emptyWords: EmptyWords {
        let hidden = list.all.isEmpty ? [] : ["t shows others."]
        return EmptyWords(
            reading: ["Reading the tickets ..."], none: ["No tickets yet.", "N asks support."],
            noMatch: list.filter.isEmpty
                ? ["No \(scope.rawValue) tickets."] + hidden
                : ["None of \(counted(list.all.count, "ticket")) matches /\(list.filter)",
                    "Esc clears the filter, t shows others."])
    }

    func crumb(_ around: Surroundings) -> Crumb {
        var path = ["Support"]
        if let current { path.append("\(current.mark)  \(current.ticket.subject)") }
        let all = list.all
        let open = all.count { $0.ticket.status != .closed }
        let drafts = DraftPurpose.count(in: around.kept)
        var counts = "\(open) open  \(all.count - open) closed"
        if !list.filter.isEmpty { counts = list.counts }
        if drafts > 0 { counts += "  " + counted(drafts, "draft") }
        let arrow = sorting.isDescending ? "^" : "v"
        let order = "\(scope.rawValue)   sort \(sorting.order.rawValue) \(arrow)"
        return Crumb(path: path, counts: counts, order: order)
    }
}
