/// The Activity tab: what happened to the bot, newest first, with details and following.
import Core
import Store

struct ActivityTab: Sendable {
    private(set) var list = RowList<Activity, ID<Activity>> { $0.id }
    /// New entries come in at the top and the cursor stays with them.
    private(set) var isFollowing = true
    /// nil: all kinds.
    private(set) var kind: ActivityKind? {
        didSet { choose() }
    }
    var filter: String {
        get { list.filter }
        set {
            list.filter = newValue
            choose()
        }
    }
    private var pages = RecordPages<Activity, Activity> { $0.id }

    /// Entries older than those of the bot's own board; read where a filter looks at all of them.
    var older: ID<Activity>? { pages.older }

    mutating func take(_ board: EventsBoard, before: ID<Activity>) {
        pages.take(board.rows.map(\.activity), before: before)
    }

    /// - Parameter place: of the tab in the body.
    mutating func follow(_ dossier: BotDossier, in place: Rect, _ around: Surroundings) {
        pages.take(newest: dossier.events)
        list.know(pages.rows)
        let newest = isFollowing ? pages.shown.first?.id : nil
        list.show(pages.shown, on: grid(place, of: pages.shown, around), at: newest)
    }

    /// One line each, over the foot; where another day begins there is a line that says so.
    private func grid(_ place: Rect, of rows: [Activity], _ around: Surroundings) -> ListGrid {
        var heads: Set<Int> = []
        var day = around.now.floored(to: .days(1))
        for (index, entry) in rows.enumerated() {
            let own = entry.at.floored(to: .days(1))
            if own != day { heads.insert(index) }
            day = own
        }
        let list = place.splitBottom(1).rest
        return ListGrid(
            area: list, first: Rect(0, 0, list.columns, 1), rows: list.rows, heads: heads)
    }

    /// The feed as it is read now.
    func reading(
        _ dossier: BotDossier, in place: Rect, _ around: Surroundings
    ) -> ListReading<ID<Activity>> {
        list.reading(on: grid(place, of: list.rows, around)) { entry in
            [
                "\(entry.at.shortStamp)", entry.kind.rawValue, entry.what, entry.detail,
                dossier.badge(of: entry).text,
            ].filter { !$0.isEmpty }.joined(separator: "  ")
        }
    }

    /// A kind or a filter is chosen: all entries are looked at, not the newest alone.
    private mutating func choose() {
        let expression = FilterExpression(filter)
        guard kind != nil || !expression.isEmpty else { return pages.show(nil) }
        let (kind, fields) = (kind, Activity.fields)
        pages.show { entry in
            (kind == nil || entry.kind == kind) && fields.matches(entry, expression)
        }
    }

    mutating func acceptFilter() { list.settle() }

    var filterProblem: FilterProblem? {
        Activity.fields.problem(of: FilterExpression(filter))
    }

    mutating func handle(
        _ command: KeyCommand, _ dossier: BotDossier, in place: Rect, _ around: Surroundings
    ) -> [ScreenAction]? {
        list.settle()
        switch command {
        case .follow:
            isFollowing.toggle()
            follow(dossier, in: place, around)
            return [.say(.info, isFollowing ? "following new events" : "not following")]
        case .cycleKind:
            return [.open(kindMenu)]
        case .open:
            guard let entry = list.current else { return [] }
            return [.open(ActivityDetails(entry, dossier).panel)]
        case .mark, .markRange, .invertMarks, .unmark: return nil
        default:
            let grid = grid(place, of: list.rows, around)
            guard list.handle(command, on: grid) else { return nil }
            if list.isAtEnd { pages.readOn() }
            isFollowing = list.isAtStart && command == .first
            return []
        }
    }

    private var kindMenu: ListMenu {
        let all = [
            ListMenu.Entry(
                key: .character("a"), label: "all kinds", note: kind == nil ? "now" : "",
                actions: [.choose("kind:all")])
        ]
        let kinds = ActivityKind.allCases.enumerated().map { index, kind in
            ListMenu.Entry(
                key: .character(Character("\(index + 1)")), label: kind.rawValue,
                note: kind == self.kind ? "now" : "", actions: [.choose("kind:\(kind.rawValue)")])
        }
        return ListMenu("kinds", title: "Kinds", all + kinds)
    }

    mutating func choose(_ choice: String) {
        guard choice.hasPrefix("kind:") else { return }
        kind = ActivityKind(rawValue: String(choice.dropFirst(5)))
    }

    // MARK: Seeing

    func draw(in canvas: Canvas, _ dossier: BotDossier, _ around: Surroundings) {
        if list.rows.isEmpty {
            EmptyWords.draw(list.lines(of: emptyWords(around), isWhole: pages.isWhole), in: canvas)
        }
        let reading = reading(dossier, in: canvas.bounds, around)
        for index in reading.seen {
            let row = reading.cell(index).row
            let entry = list.rows[index]
            if reading.grid.heads.contains(index) {
                canvas.text(1, row - 1, "--- \(entry.at.dateText) ---", .separator)
            }
            draw(entry, dossier, in: canvas, row)
        }
        drawFoot(in: canvas, canvas.rows - 1)
    }

    private func emptyWords(_ around: Surroundings) -> EmptyWords {
        let keys = around.keymap.names(in: .bot)
        return EmptyWords(
            "older events", "event",
            none: [
                "Nothing has happened yet.",
                "What the bot does stands here from its first candle on.",
            ], filter: list.filter, keys, others: "\(keys[.cycleKind]) shows all kinds")
    }

    private func draw(
        _ entry: Activity, _ dossier: BotDossier, in canvas: Canvas, _ row: Int
    ) {
        let isCurrent = entry.id == list.cursor
        canvas.text(0, row, isCurrent ? ">" : " ", .textStrong)
        canvas.text(1, row, entry.at.clockText, .textDim)
        canvas.text(10, row, entry.kind.rawValue, entry.role, cells: 7)
        canvas.text(18, row, entry.what, entry.textRole, cells: 10)
        let who = dossier.badge(of: entry)
        let taken = who.text.isEmpty ? 0 : TextWidth.of(Untrusted.display(who.text)) + 1
        canvas.text(
            29, row, entry.detail, entry.textRole, cells: max(0, canvas.columns - 30 - taken))
        canvas.textRight(canvas.columns - 1, row, who.text, who.role)
        guard isCurrent else { return }
        canvas.lay(.selection, under: Rect(0, row, canvas.columns, 1))
        canvas.rest(0, row)
    }

    private func drawFoot(in canvas: Canvas, _ row: Int) {
        let following =
            isFollowing
            ? "following: new events come in at the top; moving stops it"
            : "not following: f starts"
        canvas.text(1, row, following, .textDim, cells: max(0, canvas.columns - 24))
        canvas.textRight(canvas.columns - 1, row, "kinds: \(kind?.rawValue ?? "all")", .textDim)
    }
}

extension Activity {
    /// Every column of the feed.
    static let fields = FilterFields<Activity>([
        FilterField("kind") { $0.kind.rawValue },
        FilterField("what") { $0.what },
        FilterField("detail") { $0.detail },
        FilterField("by", "actor") { $0.actor },
        FilterField("severity") { $0.severity.rawValue },
        FilterField("time", "at") { "\($0.at.dateText) \($0.at.clockText)" },
        FilterField("id") { $0.id.description },
    ])
}

extension BotDossier {
    /// Who did it: nothing for the bot itself, a badge for staff.
    /// **Source** <doc:ProductRules#Staff>.
    func badge(of entry: Activity) -> TableCell {
        if entry.actor == "bot" || entry.actor.isEmpty { return TableCell("") }
        let isStaff = commands.contains { $0.actor == entry.actor && $0.isStaff }
        return isStaff
            ? TableCell("[Plutarc staff] \(entry.actor)", .badgeStaff)
            : TableCell(entry.actor, .textDim)
    }
}

/// One entry of the feed in full.
struct ActivityDetails {
    private let entry: Activity
    private let dossier: BotDossier

    init(_ entry: Activity, _ dossier: BotDossier) {
        self.entry = entry
        self.dossier = dossier
    }

    /// The entry stays as it is; what became of its command may change.
    var panel: TextPanel {
        let entry = entry
        let title = "\(entry.id)  \(entry.kind.rawValue) \(entry.what)"
        return TextPanel(
            "event", title: title, lines, reading: [.dossier(dossier.row.id)]
        ) { board, _ in
            guard case .dossier(_, let dossier?) = board else { return nil }
            return .lines(title: title, ActivityDetails(entry, dossier).lines)
        }
    }

    private var lines: [Dialog.Line] {
        let who = dossier.badge(of: entry).text
        var lines = [
            Dialog.Line("bot        \(dossier.row.label) (\(dossier.row.environment.badge))"),
            Dialog.Line("at         \(entry.at.description)"),
            Dialog.Line("kind       \(entry.kind.rawValue)   \(entry.severity.rawValue)"),
            Dialog.Line("by         \(who.isEmpty ? "bot" : who)"),
            Dialog.Line(""), Dialog.Line(entry.detail),
        ]
        if entry.kind == .command,
            let command = dossier.commands.first(where: {
                $0.at == entry.at || $0.finishedAt == entry.at
            })
        {
            lines += [
                Dialog.Line(""),
                Dialog.Line("\(command.id)   \(command.verb)   \(command.outcome.rawValue)"),
                Dialog.Line("reason     \(command.reason ?? "none given")"),
                Dialog.Line(command.message),
            ]
        }
        return lines
    }
}
