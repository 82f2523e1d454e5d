/// Cancel, as people meet it: takes back a command that has not begun.
import Core
import Store

/// One that waits is asked about; of several the person chooses.
enum CancelAct: Act {
    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            .cancelCommand, [.character("C")], "cancel command..", in: context, changes: true)
    }

    static let words: CommandSpec? = CommandSpec(
        "cancel", .records, "take back a command that has not begun", [.one("COMMAND")],
        changes: true,
        details: """
            Of a command that waits for a bot out of reach, or for its cohort. It takes the \
            right that the command itself needs.
            """,
        examples: [CommandExample("plutarc cancel command-12", "as in plutarc commands")])

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try context.perform(.cancel(context.operand(0)))
    }

    static func refusal(_ commands: [CommandRecord]) -> String? {
        commands.contains { $0.outcome == .queued } ? nil : "nothing waits"
    }

    static func actions(
        _ commands: [CommandRecord], _ around: Surroundings
    ) -> [ScreenAction] {
        let waiting = commands.filter { $0.outcome == .queued }
        if waiting.count == 1 {
            let question = "Cancel \(words(waiting[0]))?"
            return [.open(LineQuestion(question, around, yes: cancel(waiting[0])))]
        }
        let entries = waiting.enumerated().map { index, row in
            ListMenu.Entry(
                key: index < 9 ? .character(Character("\(index + 1)")) : nil,
                label: words(row), note: row.message, actions: cancel(row))
        }
        return [.open(ListMenu("cancel", title: "Cancel which command?", entries))]
    }

    private static func words(_ row: CommandRecord) -> String {
        "\(row.id), \(row.verb) of \(row.target)"
    }

    private static func cancel(_ row: CommandRecord) -> [ScreenAction] {
        [.submit(.cancel(row.id.description), words: "Cancelling \(row.id)")]
    }
}
