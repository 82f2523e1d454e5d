/// Restart, as people meet it.
import Core
import Store

enum RestartAct: OneBotAct {
    static let key = KeyCommand.restart

    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            key, [.character("R")], "restart..", in: context, needs: .botsRestart,
            isDangerous: true)
    }

    static let palette: PaletteCommand? = .ofBot(
        "restart", "restart", "rebuild the process (asks)", .act(key))

    static let words: CommandSpec? = CommandSpec(
        "restart", .fleet, "rebuild the process of a bot", [.one("BOT")],
        options: [.reason, .yes], changes: true,
        details: """
            At most once an hour for each bot. Staff give a reason. On a terminal it asks.
            """,
        examples: [CommandExample("plutarc restart btc-trend-01", "one bot")])

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let reason = context.call[.reason]
        let bot = try context.meant(context.operand(0)) { .restart(bot: $0, reason: reason) }
        let command = Command.restart(bot: bot.word, reason: reason)
        try context.ask(
            "Restart \(bot.name)? Trading waits until it has reconciled with the exchange.",
            before: command, about: bot
        ) { row, now throws(Refusal) in
            try LifeRules.restart(row.bot, row.instance, at: now)
        }
        return try context.perform(command)
    }

    static func check(_ row: BotRow, _ around: Surroundings) throws(Refusal) {
        try LifeRules.restart(row.bot, row.instance, at: around.now)
    }

    static func ask(_ row: BotRow, _ around: Surroundings) -> [ScreenAction] {
        let id = row.id.description
        let words = "Restarting \(row.label)"
        guard around.person?.isStaff == true else {
            return confirm(
                "Restart", row, ["Trading waits until it has reconciled with the exchange."],
                around, .submit(.restart(bot: id, reason: nil), words: words))
        }
        return [
            .open(
                ReasonPrompt(
                    title: "Restart \(row.label)  \(row.environment.badge)",
                    lines: ["The reason is shown to the owner."], around
                ) { .submit(.restart(bot: id, reason: $0), words: words) })
        ]
    }
}
