/// `C`: takes back a command that has not begun.
import Core
import Store

/// One that waits is asked about; of several the person chooses.
enum CancelActs {
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
