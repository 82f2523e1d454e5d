/// The console's questions, asked on a terminal: what an act would do, then a yes or the label.

import Core
import Store

extension CommandContext {
    /// What `--confirm` or `--confirm-label` say; with `--preview` nothing is confirmed.
    func confirmation() throws(CommandFailure) -> Confirmation? {
        let given = [Option.preview, .confirm, .confirmLabel].filter(call.has)
        guard given.count < 2 else {
            let names = given.map { "--\($0.name)" }.joined(separator: " and ")
            throw .usage("\(names) exclude each other", remedy: "Keep one of them.")
        }
        if let token = call[.confirm] { return .token(token) }
        return call[.confirmLabel].map { .label($0) }
    }

    /// What the options confirm; else, where somebody can be asked, what the preview asks for.
    /// Elsewhere nil: the engine says what is missing.
    /// - Parameter yes: the question where a plain yes will do.
    func confirmation(
        of preview: Command, orYes yes: String
    ) throws(CommandFailure) -> Confirmation? {
        if let given = try confirmation() { return given }
        let mayBeYes = preview.as(PreviewLimitsCommand.self) != nil
        if mayBeYes, call.has(.yes) { return .yes }
        guard canAsk, !call.has(.preview), let found = try report(of: preview).preview else {
            return nil
        }
        if found.need != .none { for line in PreviewText.shown(found) { output.note(line) } }
        let answer: Bool? =
            switch found.need {
            case .none: nil
            case .yes: output.agrees(to: yes)
            case .typed(let word): output.types(word)
            }
        return try agree(answer) ? .token(found.token) : nil
    }

    /// Sends a command as its question wants it confirmed; with `--preview` the question alone.
    /// - Parameter command: made with what confirms it.
    func confirm(
        orYes yes: String, document: (CommandReport) -> JSON = { $0.document },
        _ command: (Confirmation?) -> Command
    ) throws(CommandFailure) -> ExitStatus {
        guard let question = command(nil).question else {
            return try perform(command(try confirmation()), document: document)
        }
        let confirmation = try confirmation(of: question, orYes: yes)
        if call.has(.preview) { return try perform(question) }
        return try perform(command(confirmation), document: document)
    }

    /// Asks on a terminal what the console asks with `y`; a script has said what it wants. Who may
    /// not do it is not asked: the engine says no, and has it on record.
    /// - Parameter rules: what they refuse is refused before anybody is asked.
    func ask(
        _ question: String, before command: Command,
        _ rules: (FleetBoard) throws(CommandFailure) -> Void = { _ in }
    ) throws(CommandFailure) {
        guard !call.has(.yes), canAsk, mayDo(command) else { return }
        // While no engine runs the time of the last commit says nothing of a rule's.
        if let reader = try? reader(), try sight().isSeen {
            try rules(try answered { () throws(BoardError) in try reader.fleet() })
        }
        for line in try sight().warning { output.note(line) }
        _ = try agree(output.agrees(to: question))
    }

    /// The same about one bot.
    func ask(
        _ question: String, before command: Command, about bot: MeantBot,
        _ rule: (BotRow, Instant) throws(Refusal) -> Void
    ) throws(CommandFailure) {
        guard !call.has(.yes), canAsk, mayDo(command) else { return }
        let found = try self.bot(named: bot.word)
        try ask(question, before: command) { fleet throws(CommandFailure) in
            guard let row = fleet.rows.first(where: { $0.id == found.id }) else { return }
            do throws(Refusal) { try rule(row, fleet.now) } catch { throw CommandFailure(error) }
        }
    }

    /// Whether the person has the right, as far as can be told from here.
    func mayDo(_ command: Command) -> Bool {
        do throws(CommandFailure) {
            let person = try person()
            return (try? Gate.check(command, for: person)) != nil
        } catch { return error.status != .notPermitted }
    }

    /// Somebody sits there. Who does not wait for the outcome can be asked as well.
    var canAsk: Bool { output.messagesReachTerminal }

    /// False where nobody was there to answer. **Throws** 5 after a no.
    private func agree(_ answer: Bool?) throws(CommandFailure) -> Bool {
        guard answer == false else { return answer != nil }
        throw CommandFailure(
            .refused, "not_confirmed", "not confirmed: nothing was done",
            remedy: "Run it again and answer the question.")
    }
}
