/// Assign key, as people meet it.
import Core
import Store

enum AssignKeyAct: OneBotAct {
    static let key = KeyCommand.assignKey

    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            key, [.character("A")], "API key..", in: context, needs: .botsAssignKey,
            changes: true)
    }

    static let palette: PaletteCommand? = .ofBot(
        "key", "assign-key", "another exchange key (asks)", .act(key))

    static let words: CommandSpec? = CommandSpec(
        "assign-key", .fleet, "give a flat bot another key, or none",
        [.one("BOT"), .one("KEY|none")], changes: true,
        examples: [
            CommandExample("plutarc assign-key btc-03 paper-3", "by its label"),
            CommandExample("plutarc assign-key btc-03 none", "it trades no more"),
        ])

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try context.perform(.assignKey(bot: context.operand(0), key: context.operand(1)))
    }

    static func refusal(_ row: BotRow?, _ around: Surroundings) -> String? {
        row?.holds == true ? "only while it is flat" : nil
    }

    static func ask(_ row: BotRow, _ around: Surroundings) -> [ScreenAction] {
        if let refusal = refusal(to: row) { return [.say(.warn, refusal)] }
        return [.open(KeyPicker(row))]
    }

    /// Why its key cannot be changed or taken away now.
    static func refusal(to row: BotRow) -> String? {
        row.holds ? "\(row.label): a key changes only while it is flat" : nil
    }
}
