/// Command history of one bot or of the whole fleet: who asked, why, what became of it.
import Core
import Store

/// Newest first. **Source** <doc:ProductRules#Staff>, <doc:ConsoleRules#Command-history>.
struct CommandsScreen: RecordScreen {
    let name = "commands"
    let keyContext = KeyContext.audit
    static let subject = "the commands"
    static let noun = "command"
    var list = RowList<CommandRow, ID<CommandRecord>> { $0.record.id }
    /// A bot's new name stands in what was asked of it before, too.
    var pages = RecordPages<CommandRow, CommandRecord>(
        { $0.record.id }, goesOn: { !$0.record.outcome.isFinal },
        outdates: { $0.record.verb == RenameCommand.verb && $0.record.outcome == .done })
    var showsDetail = true
    private let bot: ID<Bot>?

    init(of bot: ID<Bot>?) { self.bot = bot }

    var newest: BoardRequest { .commands(bot) }

    func older(than id: ID<CommandRecord>) -> BoardRequest { .olderCommands(bot, before: id) }

    func records(of board: Board) -> [CommandRow]? {
        switch board {
        case .commands(_, let page), .olderCommands(_, _, let page): page.rows
        default: nil
        }
    }

    mutating func act(_ command: KeyCommand, _ around: Surroundings) -> [ScreenAction]? {
        command == .cancelCommand ? CancelAct.actions(meant, around) : nil
    }

    func refusal(of binding: Binding, _ around: Surroundings) -> String? {
        binding.command == .cancelCommand
            ? CancelAct.refusal(meant)
            : rowRefusal(of: binding, around)
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
            ListMenu.Copy("l", "target", row.target), ListMenu.Copy("r", "whole row", whole),
        ]
    }

    // MARK: What is shown

    static let columns = CommandRow.columns
    static let details = CommandRow.details

    func detail(_ row: CommandRow, _ around: Surroundings) -> RecordDetail { row.detail(around) }

    func nothing(_ keys: KeyNames) -> [String] {
        [
            "No commands yet.",
            "Whatever is asked of a bot stands here: \(keys[.actions]) shows what can be asked.",
        ]
    }

    func crumb(_ around: Surroundings) -> Crumb {
        let running = list.all.count { !$0.record.outcome.isFinal }
        var counts = pages.isFiltered ? pages.counts : counted(list.all.count, "command")
        if running > 0 { counts += "  \(running) running" }
        let label = bot.map { around.bot($0)?.label ?? $0.description }
        return Crumb(path: ["Commands", label ?? "fleet"], counts: counts)
    }
}
