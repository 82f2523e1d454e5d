/// Rename, as people meet it.
import Core
import Store

extension KeyCommand {
    static let rename = KeyCommand("rename")
}

enum RenameAct: OneBotAct {
    static let key = KeyCommand.rename

    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            key, [.character("N")], "rename..", in: context, needs: .botsConfigure, changes: true)
    }

    static let palette: PaletteCommand? = .ofBot(
        "rename", "rename", "another label (asks)", .act(key))

    static let words: CommandSpec? = CommandSpec(
        "rename", .fleet, "give a bot another label", [.one("BOT"), .one("LABEL")], changes: true,
        details: """
            Its id stays, and so does all that is known of it. A label is 1 to 64 ASCII letters, \
            digits, - _ . : / and single spaces inside, and no two bots share one; \
            neither an id, nor a word for several bots such as all or close 5.
            """,
        examples: [CommandExample("plutarc rename btc-03 btc-trend-03", "by its label")])

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try context.perform(.rename(bot: context.operand(0), label: context.operand(1)))
    }

    /// The new label is asked for; what the rule refuses is said at once.
    static func ask(_ row: BotRow, _ around: Surroundings) -> [ScreenAction] {
        let others = (around.fleet?.rows ?? []).filter { $0.id != row.id }.map(\.label)
        return [
            .open(
                ReasonPrompt(
                    title: "Rename \(row.label)",
                    lines: ["Its id, \(row.id), stays. What shall it be called?"],
                    prompt: "Label: ", around
                ) { typed in
                    let label = TextRules.trimmed(typed)
                    do throws(Refusal) { try LifeRules.label(label, taken: others) } catch {
                        return .say(.warn, error.sentence)
                    }
                    return .submit(
                        .rename(bot: row.id.description, label: label),
                        words: "Renaming \(row.label)")
                })
        ]
    }
}
