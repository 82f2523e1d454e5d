/// Start, as people meet it.
import Core
import Store

enum StartAct: OneBotAct {
    static let key = KeyCommand.start

    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            key, [.character("S")], "start bot..", in: context, needs: .botsDeploy, changes: true)
    }

    static let palette: PaletteCommand? = .ofBot(
        "start", "start-bot", "a stopped bot again (asks)", .act(key))

    static let words: CommandSpec? = CommandSpec(
        "start", .fleet, "deploy a stopped bot again", [.one("BOT")], changes: true,
        examples: [CommandExample("plutarc start btc-trend-01", "as it was configured")])

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try context.perform(.start(bot: context.operand(0)))
    }

    static func check(_ row: BotRow, _ around: Surroundings) throws(Refusal) {
        try LifeRules.allow(.redeploy, row.bot, row.instance, at: around.now)
    }

    static func ask(_ row: BotRow, _ around: Surroundings) -> [ScreenAction] {
        confirm(
            "Start", row, ["Deployed again as it was configured, with new addresses."],
            around, .submit(.start(bot: row.id.description), words: "Starting \(row.label)"))
    }
}
