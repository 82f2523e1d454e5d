/// Pause, as people meet it.
import Core
import Store

enum PauseAct: BotAct {
    static let key = KeyCommand.pause
    static let isAlwaysLit = true

    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            key, [.character("p")], "pause", in: context, needs: .botsPause, changes: true,
            rank: 10)
    }

    static let palette: PaletteCommand? = .ofBot(
        "pause", "pause", "pause a bot (asks)", .actOnNamed(key))

    static let words: CommandSpec? = CommandSpec(
        "pause", .fleet, "stop opening positions; exits go on", [.any("BOT")],
        options: [.all, .reason, .yes], changes: true,
        details: "Asks nothing; --yes is taken all the same.",
        examples: [
            CommandExample("plutarc pause btc-trend-01 eth-mr-02", "two bots"),
            CommandExample("plutarc pause --all --reason 'CPI at 14:30'", "the whole fleet"),
        ])

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let scope = try context.scope()
        if context.hasNothing(scope) { return try context.tellNothing() }
        return try context.perform(
            .pause(scope, reason: context.call[.reason]), document: { $0.list(scope) })
    }

    private static let question = PauseQuestion(
        title: "Pause", doing: "Pausing", command: { .pause($0, reason: $1) },
        rule: { row, person throws(Refusal) in
            _ = try PauseByPerson.pause(row.wanted, by: person)
        },
        alone: { row, _ in row.holdings + (row.holds ? " kept" : "") }, listed: { _, _ in "" },
        undo: { ids, who in
            Undo(
                command: .resume(.named(ids.map(\.description)), reason: nil), verb: "resume",
                words: "Resuming \(who)")
        })

    static func refusal(_ row: BotRow?, _ around: Surroundings) -> String? {
        question.refusal(row, around)
    }

    static func ask(_ rows: [BotRow], _ around: Surroundings) -> [ScreenAction] {
        question.ask(rows, around)
    }
}
