/// The support screen: the queue, one thread, its context, and what is being written.
import Core
import Store

/// Keys are in SupportKeys.swift, writing in SupportWriting.swift, drawing in SupportView.swift.
/// **Source** <doc:ProductRules#Tickets>, <doc:ConsoleRules#The-support-screen>.
struct SupportScreen: SortedScreen {
    let name = "support"
    let keyContext = KeyContext.support
    static let subject = "the tickets"
    static let noun = "ticket"
    static let spareKeys = SpareKeys.marking
    /// The queue as scope and filter leave it, in the order chosen.
    var list = RowList<TicketRow, ID<Ticket>> { $0.ticket.id }
    var sorting: Sorting<TicketOrder>
    private(set) var board: SupportBoard?
    var pane = ThreadPane()
    var focus = SupportPane.list
    var isZoomed = false
    var scope = TicketScope.open
    var writing: Writing?
    var seen: SeenMessages
    /// When the draft was last handed over to be kept (wall).
    var changedAt: Instant?
    /// To be shown as soon as the queue is there.
    private var wanted: ID<Ticket>?

    /// - Parameter ticket: whose thread to open at once.
    init(ticket: ID<Ticket>? = nil, _ around: Surroundings) {
        wanted = ticket
        if ticket != nil { focus = .thread }
        sorting = Sorting(kept: around.kept["support.view"], else: .queue)
        seen = SeenMessages(around.kept[SeenMessages.name] ?? "")
    }

    /// The ticket under the cursor.
    var current: TicketRow? { list.current }

    /// Its thread; nil while that is being read.
    var shownThread: TicketThread? { pane.shown(of: list.cursor) }

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
        case .thread(let id, let thread) where id == list.cursor ?? wanted: pane.thread = thread
        case .commands(let bot, let board) where bot == current?.ticket.botID:
            pane.commands = board
        default: break
        }
        if list.isRead { arrange(around) }
        // What arrives in the thread one is in is read, one's own answer too.
        if focus == .thread, let shown = shownThread?.row.ticket { seen.see(shown) }
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

    func rows(of board: Board) -> [TicketRow]? { nil }

    func admits(_ row: TicketRow) -> Bool { scope.contains(row.ticket.status) }

    func bot(of row: TicketRow) -> ID<Bot>? { row.ticket.botID }

    mutating func moved(_ around: Surroundings) { pane.stand(on: list.cursor) }

    // MARK: What is shown

    func fields(_ around: Surroundings) -> FilterFields<TicketRow> { TicketFilter.fields(around) }

    func words(of row: TicketRow, _ around: Surroundings) -> String { row.plainText(around) }
}
