/// Answers that are still owed: to requests whose commands are not over.
import Store

/// First acknowledged, later told how it ended.
struct EngineAnswers {
    private var waiting: [(reply: ReplyID, commands: [CommandRecord])] = []
    private var outbox: [(ReplyID, JSON)] = []
    private var bellIsDue = true

    /// Something on screens may have changed.
    mutating func ring() { bellIsDue = true }

    mutating func takeBell() -> Bool {
        defer { bellIsDue = false }
        return bellIsDue
    }

    mutating func takeAll() -> [(ReplyID, JSON)] {
        defer { outbox.removeAll() }
        return outbox
    }

    /// Something is about to be told.
    var hasNews: Bool { !outbox.isEmpty }

    /// The first answer to a request that had to wait.
    mutating func tell(_ answer: JSON, to reply: ReplyID) { outbox.append((reply, answer)) }

    /// What was about to be told is not true any more, and nothing else will be.
    mutating func refuseAll(_ error: WireError) {
        let no = EngineMessage.refused(error).json
        outbox = outbox.map { ($0.0, no) } + waiting.map { ($0.reply, no) }
        waiting = []
    }

    /// The first answer to a request.
    mutating func first(_ answer: DeskReply, to reply: ReplyID, waits: Bool) -> JSON {
        bellIsDue = true
        if let refusal = answer.refusal { return EngineMessage.refused(WireError(refusal)).json }
        guard let first = answer.commands.first else {
            let report = CommandReport(
                command: ID(0), outcome: .done, message: "", result: answer.result)
            return EngineMessage.outcome(report).json
        }
        if waits { waiting.append((reply, answer.commands)) }
        let rows = OutcomeRows(waits ? [] : answer.commands.map { OutcomeRow($0) })
        return EngineMessage.accepted(first.id, rows: waits ? .null : rows.json).json(
            changed: answer.changed, idle: answer.idleRows)
    }

    /// A command has changed.
    mutating func replace(_ row: CommandRecord) {
        for index in waiting.indices {
            guard let place = waiting[index].commands.firstIndex(where: { $0.id == row.id }) else {
                continue
            }
            waiting[index].commands[place] = row
        }
    }

    mutating func answerEnded(_ report: ([CommandRecord]) -> CommandReport) {
        for (reply, commands) in waiting where Self.isAnswered(commands) {
            outbox.append((reply, EngineMessage.outcome(report(commands)).json))
        }
        waiting.removeAll { Self.isAnswered($0.commands) }
    }

    /// All have ended, or what is left waits for a link or its cohort: that may take long.
    private static func isAnswered(_ commands: [CommandRecord]) -> Bool {
        commands.allSatisfy {
            $0.outcome.isFinal || ($0.outcome == .queued && !$0.isAcceptedEarly)
        }
    }
}
