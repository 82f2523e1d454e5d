/// What a finished request is told: one report for all of its commands.
import Store

extension CommandReport {
    /// One report for all commands of a request: the worst outcome speaks.
    init(_ commands: [CommandRecord], result: JSON) {
        // What waits for a link or its cohort has not gone wrong.
        let bad = commands.first { $0.outcome != .done && $0.outcome != .queued }
        let waiting = commands.first { $0.outcome == .queued }
        let first = commands.first?.id ?? ID(0)
        let error = bad.map { row in
            WireError(
                code: row.errorCode ?? row.outcome.rawValue, message: row.message,
                remedy: row.remedy ?? "See plutarc commands.")
        }
        self.init(
            command: first, outcome: (bad ?? waiting)?.outcome ?? .done,
            message: commands.count == 1
                ? commands[0].message
                : commands.map { "\($0.target): \($0.message)" }.joined(separator: "; "),
            error: error, result: result)
    }
}
