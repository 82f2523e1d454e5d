/// Close all, as people meet it.
import Core
import Store

enum CloseAllAct: BotAct {
    static let key = KeyCommand.closeAll
    static let isAlwaysLit = true

    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            key, [.character("X")], context == .positions ? "bot close-all.." : "close-all..",
            in: context, needs: .positionsCloseAll, isDangerous: true, rank: 11)
    }

    static let palette: PaletteCommand? = .ofBot(
        "closeall", "close-all", "pause and close all (asks)", .actOnNamed(key))

    static let words: CommandSpec? = CommandSpec(
        "close-all", .trading, "pause, then close everything at market", [.any("BOT")],
        options: [.all, .preview, .confirm, .confirmLabel], changes: true,
        details: """
            Stops entries, cancels every resting order, closes reduce-only, and says flat only \
            when the exchange does. It goes on when this terminal is gone. Needs the token of \
            a fresh --preview, or of one bot the label; on a terminal it shows the preview and \
            asks.
            """,
        examples: [
            CommandExample("plutarc close-all --all --preview", "what it would do"),
            CommandExample(
                "plutarc close-all btc-trend-01 --confirm-label btc-trend-01", "one bot"),
        ])

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let meant = try context.meant(try context.scope()) { .closeAll($0, confirmation: nil) }
        return try context.confirm(orYes: "Close all at market?") {
            .closeAll(meant.scope, confirmation: $0)
        }
    }

    static func refusal(_ row: BotRow?, _ around: Surroundings) -> String? {
        guard let row, around.person != nil else { return nil }
        let isOver = row.state == .stopped && row.openPositions == 0
        return isOver ? "it is Stopped and flat" : nil
    }

    /// The engine is asked first what would close; its answer opens the dialog.
    static func ask(_ rows: [BotRow], _ around: Surroundings) -> [ScreenAction] {
        if rows.count == 1, let why = refusal(rows[0], around) {
            return [.say(.warn, "\(rows[0].label): \(why)")]
        }
        return rows.isEmpty ? [] : [.previewClose(.bots(rows.map(\.id)))]
    }
}
