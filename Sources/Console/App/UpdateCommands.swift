/// Commands from the key press to the outcome, as the console sees them.
import Core
import Store

extension ConsoleState {
    /// Sends a command under a key of its own and shows that it is on its way.
    mutating func submit(_ command: Command, words: String, undo: Undo?) {
        send(
            PendingCommand(
                key: nextKey(), command: command, words: words, sentAt: around.wall, undo: undo))
    }

    /// Asks what closing would do; the answer opens the dialog.
    mutating func preview(_ subject: CloseSubject) {
        guard let question = subject.close(nil).question else { return }
        if let index = around.pending.firstIndex(where: { $0.purpose == .preview(subject) }) {
            around.pending[index].isLeft = false
            return
        }
        send(
            PendingCommand(
                key: nextKey(), command: question, words: "Asking what would close",
                sentAt: around.wall, purpose: .preview(subject)))
    }

    /// Asks what a change would do to open positions; the answer completes the dialog.
    mutating func foresee(_ question: Command, _ dialog: ConfirmDialog) {
        waitingDialog = dialog
        send(
            PendingCommand(
                key: nextKey(), command: question, words: "Asking what would change",
                sentAt: around.wall, purpose: .foresight))
    }

    /// Errors have been seen, and what was asked before is asked no longer.
    /// - Parameter leaves: whether the key could mean something else than to wait.
    mutating func keyPressed(leaves: Bool) {
        around.status.keyPressed(leaves: leaves, at: around.wall)
        guard leaves else { return }
        for index in around.pending.indices { around.pending[index].isLeft = true }
    }

    private mutating func send(_ pending: PendingCommand) {
        around.pending.append(pending)
        effects.append(.submit(key: pending.key, pending.command))
    }

    private mutating func nextKey() -> String {
        commandCount += 1
        return "\(session)-\(commandCount)"
    }

    /// The engine answered: accepted goes on, everything else is the end.
    mutating func take(_ answer: CommandAnswer, key: String) {
        guard let index = around.pending.firstIndex(where: { $0.key == key }) else { return }
        switch answer {
        case .accepted(let id, _):
            around.pending[index].phase = .accepted(id)
            if around.pending[index].purpose == .act { around.lastCommand = id }
        case .outcome(let report):
            let pending = around.pending.remove(at: index)
            if pending.purpose == .act { around.lastCommand = report.command }
            settle(
                pending,
                SettledCommand(
                    command: pending.command, outcome: report.outcome,
                    message: report.error?.message ?? report.message,
                    errorCode: report.error?.code, result: report.result),
                remedy: report.error?.remedy ?? "")
        case .refused(let error):
            let pending = around.pending.remove(at: index)
            settle(
                pending,
                SettledCommand(
                    command: pending.command, outcome: .refused, message: error.message,
                    errorCode: error.code, result: .null),
                remedy: error.remedy)
        }
    }

    /// The line broke: nothing was done, or nobody knows.
    mutating func lose(_ key: String, _ error: ConnectionError) {
        guard let index = around.pending.firstIndex(where: { $0.key == key }) else { return }
        let pending = around.pending.remove(at: index)
        var remedy = error.remedy
        if case .noEngine = error { remedy = around.absenceRemedy }
        settle(
            pending,
            SettledCommand(
                command: pending.command, outcome: nil, message: error.headline,
                errorCode: error.code, result: .null),
            remedy: remedy)
    }

    private mutating func settle(
        _ pending: PendingCommand, _ settled: SettledCommand, remedy: String
    ) {
        if pending.purpose != .act, settled.isDone, isTooLate(pending) {
            waitingDialog = nil
            return say(.warn, "\(pending.words) took \(age(of: pending)): ask again to see it")
        }
        if case .preview(let subject) = pending.purpose {
            guard settled.isDone, let preview = ClosePreview(settled.result) else {
                return say(.error, Self.sentence(settled.message, KeyRemedy.words(remedy)))
            }
            return open(CloseDialog(preview, of: subject, around))
        }
        if pending.purpose == .foresight {
            guard settled.isDone, let dialog = waitingDialog,
                let preview = ChangePreview(settled.result)
            else { return say(.error, Self.sentence(settled.message, KeyRemedy.words(remedy))) }
            waitingDialog = nil
            return open(dialog.told(preview, at: around.wall))
        }
        tell(pending, settled, KeyRemedy.words(remedy, off: around.off))
        for index in screens.indices { perform(screens[index].hear(settled, around)) }
        // The set grew or the value moved since the dialog was read: look again.
        if settled.errorCode == "stale_preview", let subject = CloseSubject(settled.command, around)
        {
            preview(subject)
        }
    }

    /// No dialog opens under keys that were meant for something else.
    private func isTooLate(_ pending: PendingCommand) -> Bool {
        pending.isLeft && around.wall - pending.sentAt > PendingCommand.promptness
    }

    private func age(of pending: PendingCommand) -> String {
        (around.wall - pending.sentAt).ageText
    }

    private mutating func tell(
        _ pending: PendingCommand, _ settled: SettledCommand, _ remedy: String
    ) {
        switch settled.outcome {
        case .done:
            around.undo = pending.undo
            around.undoUntil = around.wall + StatusLine.offerLife
            let offer = pending.undo.map { "u \($0.verb)" } ?? ""
            let words = CommandTally(settled.rows)?.words ?? KeyRemedy.words(settled.message)
            say(.ok, pending.command.naming(words, around), offer: offer)
        case .refused, .failed, .expired:
            let sentence = Self.sentence(settled.message, remedy)
            // A refusal says itself what it is about.
            let isRefused = settled.outcome == .refused
            let words = isRefused ? sentence : pending.command.naming(sentence, around)
            say(.error, CommandTally(settled.rows)?.words ?? words)
        case .queued where pending.command.isRollout:
            let words = around.fleet?.rollout?.words(now: around.now)
            say(.info, words ?? "the canaries go first", offer: "a O shows it")
        case .unknown, .queued, .running:
            let sentence = Self.sentence(settled.message, remedy)
            say(.warn, pending.command.naming(sentence, around))
        case nil:
            let sentence = Self.sentence(settled.message, remedy)
            around.status.show(
                .error, "\(pending.words): \(sentence)", isLate: isLate(pending), at: around.wall)
        }
    }

    /// The line waited before it said what became of that.
    private func isLate(_ pending: PendingCommand) -> Bool {
        around.wall - pending.sentAt > PendingCommand.promptness
            && !around.off.contains(.lateFateStays)
    }

    static func sentence(_ message: String, _ remedy: String) -> String {
        remedy.isEmpty ? message : "\(message) — \(remedy)"
    }
}

extension CloseSubject {
    /// The act itself; a preview's token confirms it.
    func close(_ token: String?) -> Command {
        let confirmation = token.map { Confirmation.token($0) }
        return switch self {
        case .position(let id): .closePosition(id.description, confirmation: confirmation)
        case .bots(let ids):
            .closeAll(.named(ids.map(\.description)), confirmation: confirmation)
        }
    }

    /// What a close command was about; nil for other commands.
    init?(_ command: Command, _ around: Surroundings) {
        if let close = command.as(ClosePositionCommand.self) {
            guard let id = ID<Position>(text: close.position) else { return nil }
            self = .position(id)
        } else if case .named(let names)? = command.as(CloseAllCommand.self)?.bots {
            self = .bots(names.compactMap { ID<Bot>(text: $0) })
        } else {
            return nil
        }
    }
}

extension Command {
    var isRollout: Bool { self.as(UpdateCommand.self)?.canaries != nil }

    /// An outcome behind the label of its bot: `btc-trend-01: paused`; as it is where it already
    /// begins with that, or several things are meant.
    func naming(_ outcome: String, _ around: Surroundings) -> String {
        guard let subject else { return outcome }
        let label = ID<Bot>(text: subject).flatMap { around.bot($0)?.label } ?? subject
        return outcome.hasPrefix(label) ? outcome : "\(label): \(outcome)"
    }
}

/// Results of one command over several bots, counted: <doc:ConsoleRules#One-act-on-many-bots>.
struct CommandTally: Equatable, Sendable {
    let words: String

    /// nil unless there are several.
    init?(_ rows: [OutcomeRow]) {
        guard rows.count > 1 else { return nil }
        let bad = rows.filter { $0.outcome != .done }
        let done = "\(rows.count - bad.count) of \(rows.count) done"
        guard let first = bad.first else {
            words = done
            return
        }
        let more = bad.count > 1 ? " and \(bad.count - 1) more" : ""
        words = "\(done); \(first.target): \(first.message)\(more)"
    }
}
