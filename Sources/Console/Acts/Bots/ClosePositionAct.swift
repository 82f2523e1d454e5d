/// Close one position, as people meet it.
import Core
import Store

/// The engine is asked first what that would cost; its answer opens the dialog.
enum ClosePositionAct: Act {
    static let key = KeyCommand.closePosition

    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            key, [.character("x")], "close..", in: context, needs: .positionsCloseOne,
            isDangerous: true, rank: context == .positions ? 6 : 17)
    }

    static let palette: PaletteCommand? = PaletteCommand(
        "close", "close", "close this position (asks)", .none, .run(key))

    static let words: CommandSpec? = CommandSpec(
        "close", .trading, "close one position at market", [.one("POSITION")],
        options: [.preview, .confirm, .confirmLabel], changes: true,
        details: """
            Reduce-only. Needs the token of a fresh --preview, or the bot's label; on a \
            terminal it shows the preview and asks.
            """,
        examples: [
            CommandExample("plutarc close position-17 --preview", "what it would do"),
            CommandExample("plutarc close position-17 --confirm TOKEN", "does it"),
        ])

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let position = context.operand(0)
        return try context.confirm(orYes: "Close it at market?") {
            .closePosition(position, confirmation: $0)
        }
    }

    /// Why a key of a list of positions does nothing now.
    static func refusal(
        of command: KeyCommand, in list: RowList<PositionRow, ID<Position>>
    ) -> String? {
        let isOne = command == key
        if isOne || command == .closeAll, list.rows.isEmpty { return "no position here" }
        if isOne, !list.marks.isEmpty {
            return "closes one only; X closes the bots of the marked ones"
        }
        return isOne && list.current?.position.exitReason != nil ? "already closing" : nil
    }

    /// One open position is meant; of several the person chooses.
    static func ask(_ positions: [PositionRow], _ around: Surroundings) -> [ScreenAction] {
        if positions.count == 1 { return [.previewClose(.position(positions[0].id))] }
        let entries = positions.enumerated().map { index, row in
            ListMenu.Entry(
                key: index < 9 ? .character(Character("\(index + 1)")) : nil,
                label: "\(row.position.symbol) \(row.position.side.rawValue) "
                    + row.sizeText,
                note: "uPnL \(row.profit(around).text)", isDangerous: true,
                refusal: row.position.exitReason == nil ? nil : "already closing",
                actions: [.previewClose(.position(row.id))])
        }
        return [
            .open(
                ListMenu("close-which", title: "Close which position?", entries, hasFigures: true))
        ]
    }
}
