/// Command history of one bot or of the whole fleet: who asked, why, what became of it.
import Core
import Store

/// Newest first. **Source** <doc:ProductRules#Staff>, <doc:ConsoleRules#Command-history>.
struct CommandsScreen: RecordScreen {
    let name = "commands"
    let keyContext = KeyContext.audit
    var filter: String? = "" {
        didSet { pages.show(filter ?? "", CommandRow.fields) }
    }
    private let bot: ID<Bot>?
    private var pages = RecordPages<CommandRow, CommandRecord> { $0.record.id }
    private var isRead = false
    private var list = TableState<ID<CommandRecord>>()
    var showsDetail = true

    /// What was asked of what, and what became of it, stay at every width; then when and by whom.
    static let table = Table([
        TableColumn(id: "time", title: "TIME (UTC)", width: 11, rank: -3, longest: 15),
        TableColumn(id: "verb", title: "COMMAND", width: 8, rank: -6, longest: 15),
        TableColumn(id: "target", title: "TARGET", width: 8, rank: -5, longest: 20),
        TableColumn(id: "who", title: "WHO", width: 6, rank: -2, longest: 16),
        TableColumn(id: "outcome", title: "OUTCOME", width: 7, rank: -4),
        TableColumn(id: "took", title: "TOOK", width: 6, alignment: .right, rank: 3),
        TableColumn(id: "message", title: "RESULT", width: 24, rank: 4, isFlexible: true),
    ])

    init(of bot: ID<Bot>?) { self.bot = bot }

    func wants(_ around: Surroundings) -> [BoardRequest] {
        [.commands(bot)] + (pages.older.map { [.olderCommands(bot, before: $0)] } ?? [])
    }

    mutating func receive(_ board: Board, _ around: Surroundings) {
        switch board {
        case .commands(let of, let board) where of == bot:
            isRead = true
            pages.take(newest: board.rows)
        case .olderCommands(let of, let before, let board) where of == bot:
            pages.take(board.rows, before: before)
        default: break
        }
        let all = pages.rows.map(\.record.id)
        list.follow(rows.map(\.record.id), page: page(around), hidden: Set(all))
    }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        if command == .cancelCommand {
            return CancelActs.actions([current?.record].compactMap { $0 }, around)
        }
        if let actions = handleDetail(command, around) { return actions }
        guard list.handle(command, rows.map(\.record.id), page: page(around)) else { return nil }
        list.marks = []
        if list.cursor == rows.last?.record.id { pages.readOn() }
        return []
    }

    func refusal(of binding: Binding, _ around: Surroundings) -> String? {
        guard binding.command == .cancelCommand else { return SpareKeys.refusal(of: binding) }
        return CancelActs.refusal([current?.record].compactMap { $0 })
    }

    func currentBot(_ around: Surroundings) -> BotRow? {
        (bot ?? current?.record.botID).flatMap { around.bot($0) }
    }

    func copyMenu(_ detail: RecordDetail) -> ListMenu {
        ListMenu.copy([
            ("y", "id", current?.record.id.description ?? ""),
            ("l", "target", current?.botLabel ?? current?.record.target ?? ""),
            ("r", "whole row", detail.text),
        ])
    }

    func shownDetail(_ around: Surroundings) -> RecordDetail? {
        current.map { Self.detail($0, now: around.now) }
    }

    // MARK: What is shown

    private var rows: [CommandRow] { pages.shown }

    func filterFields(_ around: Surroundings) -> [String] { CommandRow.fields.names }

    func filterProblem(_ around: Surroundings) -> FilterProblem? {
        CommandRow.fields.problem(of: FilterExpression(filter ?? ""))
    }

    private var current: CommandRow? { rows.first { $0.record.id == list.cursor } }

    func crumb(_ around: Surroundings) -> Crumb {
        let all = pages.rows
        let running = all.count { !$0.record.outcome.isFinal }
        var counts = counted(all.count, "command")
        if pages.isFiltered { counts = pages.counts }
        if running > 0 { counts += "  \(running) running" }
        let label = bot.map { around.bot($0)?.label ?? $0.description }
        return Crumb(path: ["Commands", label ?? "fleet"], counts: counts)
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        guard isRead else { return notice("Reading the commands..", in: canvas) }
        let rows = rows
        guard !rows.isEmpty else {
            if pages.rows.isEmpty { return notice("No commands yet.", in: canvas) }
            let words = pages.isWhole ? "No command matches." : "Reading the commands.."
            return notice(words, in: canvas)
        }
        let parts = split(canvas.size)
        let told = rows.map { Self.row($0, now: around.now) }
        Self.table.draw(in: canvas[parts.table], rows: told, state: list)
        guard let detail = parts.detail, let current else { return }
        Self.detail(current, now: around.now).draw(in: canvas[detail])
    }

    private func notice(_ words: String, in canvas: Canvas) {
        canvas.text(1, 0, words, .textDim)
    }

    private static func row(_ row: CommandRow, now: Instant) -> TableRow<ID<CommandRecord>> {
        let record = row.record
        let who = record.isStaff ? "[staff] \(record.actor)" : record.actor
        return TableRow(
            record.id,
            [
                TableCell(record.at.shortStamp, short: record.at.minuteStamp),
                TableCell(record.verb, .kindCommand),
                TableCell(row.botLabel ?? record.target),
                TableCell(who, record.isStaff ? .badgeStaff : .text),
                TableCell(record.outcome.rawValue, record.outcome.role),
                TableCell(took(row, now), record.outcome.isFinal ? .text : .messageInfo),
                TableCell(record.message),
            ])
    }

    /// How long it took, or has been going on, with the time left before it expires.
    private static func took(_ row: CommandRow, _ now: Instant) -> String {
        Figures.fineAge(row.took ?? now - row.record.at)
    }

    private static func detail(_ row: CommandRow, now: Instant) -> RecordDetail {
        let record = row.record
        let badge = record.isStaff ? " [Plutarc staff]" : " (\(record.role))"
        let expiry = record.expiresAt.flatMap { at -> String? in
            guard record.outcome == .queued, at > now else { return nil }
            return "expires in \((at - now).ageText)"
        }
        return RecordDetail(
            title: "\(record.id)  \(record.verb)",
            fields: [
                RecordDetail.Field("who", record.actor + badge),
                RecordDetail.Field("target", row.botLabel ?? record.target),
                RecordDetail.Field("reason", record.reason ?? ""),
                RecordDetail.Field("outcome", record.outcome.rawValue, record.outcome.role),
                RecordDetail.Field("result", record.message),
                RecordDetail.Field("remedy", KeyRemedy.words(record.remedy ?? ""), .messageInfo),
                RecordDetail.Field("took", took(row, now)),
                RecordDetail.Field("waits", expiry ?? "", .ageLate),
                RecordDetail.Field("asked", "\(record.at)", .textDim),
                RecordDetail.Field("key", record.idempotencyKey, .textDim),
            ])
    }
}

extension CommandOutcome {
    /// The word stands beside it, so that colour is not needed.
    var role: Role {
        switch self {
        case .queued, .running: .messageInfo
        case .done: .messageOk
        case .refused, .expired, .unknown: .messageWarn
        case .failed: .messageError
        }
    }
}

extension CommandRow {
    /// Every column of the table and every line of the details.
    fileprivate static let fields = FilterFields<CommandRow>([
        FilterField("who", "by") { $0.record.actor },
        FilterField("staff") { $0.record.isStaff ? "yes [staff]" : "no" },
        FilterField("what", "verb") { $0.record.verb },
        FilterField("bot", "target") { $0.botLabel ?? $0.record.target },
        FilterField("outcome", "status") { $0.record.outcome.rawValue },
        FilterField("result") { "\($0.record.message) \($0.record.remedy ?? "")" },
        FilterField("reason") { $0.record.reason ?? "" },
        FilterField("time", "at") { $0.record.at.shortStamp },
        FilterField("took") { $0.took.map(Figures.fineAge) ?? "" },
        FilterField("id") { $0.record.id.description },
        FilterField("key") { $0.record.idempotencyKey },
    ])
}
