/// Stop, as people meet it.
import Core
import Store

enum StopAct: OneBotAct {
    static let key = KeyCommand.stop

    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            key, [.character("T")], "stop bot..", in: context, needs: .botsStop,
            isDangerous: true)
    }

    static let palette: PaletteCommand? = .ofBot(
        "stop", "stop", "release the instance (asks)", .act(key))

    static let words: CommandSpec? = CommandSpec(
        "stop", .fleet, "release the instance of a bot", [.one("BOT")],
        options: [.closeFirst, .leaveOpen, .preview, .confirm, .confirmLabel, .yes],
        changes: true,
        details: """
            Refused while positions are open: close them at market first, with the bot's label \
            or the token of a fresh --preview, or leave them without anybody watching, with \
            the label. On a terminal it asks before it stops.
            """,
        examples: [
            CommandExample("plutarc stop btc-trend-01", "a flat bot"),
            CommandExample("plutarc stop btc-trend-01 --preview", "what would close first"),
            CommandExample(
                "plutarc stop btc-trend-01 --close-first --confirm-label btc-trend-01",
                "closes, then stops"),
        ])

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let call = context.call
        guard !call.has(.closeFirst) || !call.has(.leaveOpen) else {
            throw .usage(
                "--close-first and --leave-open exclude each other", remedy: "Keep one of them.")
        }
        let bot = context.operand(0)
        if call.has(.preview) {
            guard !call.has(.leaveOpen) else {
                throw .usage(
                    "--leave-open closes nothing: there is nothing to preview",
                    remedy: "See what is open: plutarc positions --bot \(bot).")
            }
            _ = try context.confirmation()
            return try context.perform(.previewStop(bot: bot))
        }
        let choice: OpenPositions =
            call.has(.closeFirst) ? .close : call.has(.leaveOpen) ? .leave : .refuse
        let meant = try context.meant(bot) { .stop(bot: $0, choice, confirmation: nil) }
        if choice == .refuse { try ask(meant, context) }
        return try context.confirm(orYes: "Stop \(meant.name)?") {
            .stop(bot: meant.word, choice, confirmation: $0)
        }
    }

    private static func ask(_ bot: MeantBot, _ context: CommandContext) throws(CommandFailure) {
        try context.ask(
            "Stop \(bot.name), and release its addresses?",
            before: .stop(bot: bot.word, .refuse, confirmation: nil), about: bot
        ) { row, now throws(Refusal) in
            try LifeRules.stop(
                row.bot, row.instance, open: held(row, context), .refuse, nil, at: now)
        }
    }

    /// What a bot holds, as the engine names it; nothing where that may not be read.
    private static func held(_ row: BotRow, _ context: CommandContext) -> [String] {
        let rows = (try? context.reader().positions())?.rows ?? []
        return rows.map(\.position).filter { $0.botID == row.id }
            .map { "\($0.symbol) \($0.side.rawValue)" }
    }

    static func check(_ row: BotRow, _ around: Surroundings) throws(Refusal) {
        try LifeRules.allow(.stop, row.bot, row.instance, at: around.now)
    }

    static func ask(_ row: BotRow, _ around: Surroundings) -> [ScreenAction] {
        guard !row.holds else { return [.open(StopDialog(row, around))] }
        return confirm(
            "Stop", row, ["The instance and its addresses are released; it can be started."],
            around,
            .submit(
                .stop(bot: row.id.description, .refuse, confirmation: nil),
                words: "Stopping \(row.label)"))
    }
}
