/// Command history of one bot or of the whole fleet: who asked, why, what became of it.
import Core
import Store

/// Newest first. **Source** <doc:ProductRules#Staff>, <doc:ConsoleRules#Command-history>.
struct CommandsScreen: RecordScreen {
    let name = "commands"
    let keyContext = KeyContext.audit
    var list = RowList<CommandRow, ID<CommandRecord>> { $0.record.id }
    /// A bot's new name stands in what was asked of it before, too.
    var pages = RecordPages<CommandRow, CommandRecord>(
        { $0.record.id }, goesOn: { !$0.record.outcome.isFinal },
        outdates: { $0.record.verb == RenameCommand.verb && $0.record.outcome == .done })
    var showsDetail = true
    private let bot: ID<Bot>?

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
        case .commands(let of, let board) where of == bot: pages.take(newest: board.rows)
        case .olderCommands(let of, let before, let board) where of == bot:
            pages.take(board.rows, before: before)
        default: return follow(around)
        }
        list.know(pages.rows)
        follow(around)
    }

    mutating func act(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        command == .cancelCommand ? CancelAct.actions(meant, around) : nil
    }

    func refusal(of binding: Binding, _ around: Surroundings) -> String? {
        binding.command == .cancelCommand
            ? CancelAct.refusal(meant) : SpareKeys.refusal(of: binding)
    }

    private var meant: [CommandRecord] { [list.current?.record].compactMap { $0 } }

    func currentBot(_ around: Surroundings) -> BotRow? {
        (bot ?? list.current?.record.botID).flatMap { around.bot($0) }
    }

    func copies(
        _ row: CommandRow, whole: String, _ around: Surroundings
    ) -> [ListMenu.Copy] {
        [
            ListMenu.Copy("y", "id", row.record.id.description),
            ListMenu.Copy("l", "target", row.botLabel ?? row.record.target),
            ListMenu.Copy("r", "whole row", whole),
        ]
    }

    // MARK: What is shown

    static let fields = CommandRow.fields
    static let emptyWords = EmptyWords(
        reading: ["Reading the commands.."], none: ["No commands yet."],
        noMatch: ["No command matches."])

    func crumb(_ around: Surroundings) -> Crumb {
        let all = list.all
        let running = all.count { !$0.record.outcome.isFinal }
        var counts = counted(all.count, "command")
        if pages.isFiltered { counts = pages.counts }
        if running > 0 { counts += "  \(running) running" }
        let label = bot.map { around.bot($0)?.label ?? $0.description }
        return Crumb(path: ["Commands", label ?? "fleet"], counts: counts)
    }

    func cells(_ row: CommandRow, _ around: Surroundings) -> [TableCell] {
        let record = row.record
        let who = record.isStaff ? "[staff] \(record.actor)" : record.actor
        return [
            TableCell(row.at.shortStamp, short: row.at.minuteStamp),
            TableCell(record.verb, .kindCommand),
            TableCell(row.botLabel ?? record.target),
            TableCell(who, record.isStaff ? .badgeStaff : .text),
            TableCell(record.outcome.rawValue, record.outcome.role),
            TableCell(
                took(row, around.now), record.outcome.isFinal ? .text : .messageInfo),
            TableCell(record.message),
        ]
    }

    /// How long it took, or has been going on, with the time left before it expires.
    private func took(_ row: CommandRow, _ now: Instant) -> String {
        // One that is queued goes on where the world stands.
        let isTimed = row.isTimed || row.record.outcome == .queued
        return (row.took ?? (isTimed ? now - row.at : nil)).map(Figures.fineAge) ?? "-"
    }

    func detail(_ row: CommandRow, _ around: Surroundings) -> RecordDetail {
        let record = row.record
        let now = around.now
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
                RecordDetail.Field("asked", "\(row.at)", .textDim),
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
        FilterField("time", "at") { $0.at.shortStamp },
        FilterField("took") { $0.took.map(Figures.fineAge) ?? "" },
        FilterField("id") { $0.record.id.description },
        FilterField("key") { $0.record.idempotencyKey },
    ])
}
