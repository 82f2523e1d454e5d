/// Update of many, as people meet it: canaries first, or how it goes.
import Core
import Store

/// On the command line it is `update --canary`.
enum RollOutAct: BotAct {
    static let key = KeyCommand.rollOut
    static let needsBot = false
    static let words: CommandSpec? = nil

    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            key, [.character("O")], "update many..", in: context, needs: .botsUpdate,
            changes: true)
    }

    static let palette: PaletteCommand? = PaletteCommand(
        "rollout", "update-many", "canaries first, or how it goes", .none, .act(key))

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try UpdateAct.run(context)
    }

    static func refusal(_ row: BotRow?, _ around: Surroundings) -> String? {
        around.fleet?.rollout == nil ? why(around) : nil
    }

    /// How it goes while one is under way, or went when nothing is left to update; otherwise the
    /// form of the next.
    static func ask(_ rows: [BotRow], _ around: Surroundings) -> [ScreenAction] {
        let rollout = around.fleet?.rollout
        let why = why(around)
        if let rollout, why != nil || !rollout.isOver { return [.open(RolloutPanel())] }
        if let why { return [.say(.warn, why)] }
        return [.open(RolloutForm(rows, around))]
    }

    /// Why the form of the next does not open.
    private static func why(_ around: Surroundings) -> String? {
        let rows = around.fleet?.rows ?? []
        return rows.contains(where: \.isUpdateAvailable) ? nil : "all run the newest version"
    }
}
