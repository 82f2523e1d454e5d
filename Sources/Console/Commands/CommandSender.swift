/// The way of a command to the engine and of its outcome back.

import Core
import Store

/// What sends commands; a test answers in the engine's place.
protocol CommandSender: AnyObject {
    /// - Throws: exit status 6 when no engine runs, or when the time passed.
    func perform(
        _ request: CommandRequest, within limit: Span
    ) throws(CommandFailure) -> CommandAnswer
}

/// Speaks with the engine of a home; starts one where none runs, unless that is forbidden.
final class EngineSender: CommandSender {
    private let home: Home
    private let mayLaunch: Bool
    private let output: Output
    /// Of the same home; nil when it cannot be read.
    private let reader: () -> BoardReader?
    private var client: EngineClient?
    /// By an engine that ended.
    private var wasLeft = false
    /// Connections that broke after the command went out on them, and before a word came back.
    private var losses = 0
    /// A command that ends each engine is not taken to the next one for ever.
    private static let mostLosses = 5

    init(
        home: Home, mayLaunch: Bool, output: Output, reader: @escaping () -> BoardReader?
    ) throws(CommandFailure) {
        guard home.has(.database) else { throw .noDatabase(in: home) }
        self.home = home
        self.mayLaunch = mayLaunch
        self.output = output
        self.reader = reader
    }

    /// While it waits, ^C ends only the waiting.
    func perform(
        _ request: CommandRequest, within limit: Span
    ) throws(CommandFailure) -> CommandAnswer {
        let end = WallClock.read().monotonic + limit
        let wait = CommandWait(
            output, owner: home.foreignOwner, start: start, silence: silence
        ) { [reader] command in
            guard let reader = reader() else { return nil }
            return try? reader.progress(of: command)
        }
        defer { wait.end() }
        let left = {
            Span(milliseconds: max(0, end.milliseconds - WallClock.read().monotonic.milliseconds))
        }
        losses = 0
        while true {
            let client = try connected(for: request.key, within: left(), wait)
            do throws(ConnectionError) {
                let answer = try client.perform(
                    request, within: left(), comesBack: false, glance: wait.goesOn)
                guard case .refused(let word) = answer, word.isStopping else { return answer }
                try leave(client, word, left())
            } catch .refused(let word) where word.isStopping {
                do throws(ConnectionError) { try leave(client, word, left()) } catch {
                    throw CommandFailure(error)
                }
            } catch {
                if wait.isInterrupted { wait.endProgram() }
                if case .lost = error, goesAgain(client, left()) { continue }
                throw error == .timedOut(accepted: nil) ? .noAnswer(start()) : failure(error)
            }
        }
    }

    /// The engine was killed: the next one is started as the first was, and knows by its key
    /// whether it has the command.
    private func goesAgain(_ gone: EngineClient, _ left: Span) -> Bool {
        guard !gone.isConnected, left.milliseconds > 0, losses < Self.mostLosses else {
            return false
        }
        losses += 1
        client = nil
        wasLeft = true
        return true
    }

    /// With the last words of the exchange, where it has rejected what was sent.
    private func failure(_ error: ConnectionError) -> CommandFailure {
        guard case .timedOut(let command?) = error, let reader = reader() else {
            return CommandFailure(error)
        }
        let rejection = (try? reader.progress(of: command))?.rejection
        return CommandFailure(error, lastWords: rejection)
    }

    /// The engine ends and has not taken the command: the next one is asked, as long as there is
    /// time.
    private func leave(
        _ ending: EngineClient, _ word: WireError, _ left: Span
    ) throws(ConnectionError) {
        ending.close()
        client = nil
        wasLeft = true
        guard left.milliseconds > 0 else { throw .refused(word) }
    }

    /// How far the start of the engine is, if it is starting.
    private func start() -> StartProgress? { holder?.start }

    private func silence() -> Span? { holder?.silence(at: WallClock.read()) }

    private var holder: LeaseHolder? {
        guard case .held(let holder)? = try? Lease.status(in: home) else { return nil }
        return holder
    }

    /// An engine that starts is waited for as long as it gets on, within the time.
    private func connected(
        for key: String, within limit: Span, _ wait: CommandWait
    ) throws(CommandFailure) -> EngineClient {
        if let client { return client }
        do throws(LaunchError) {
            let made = try EngineLauncher.ensure(
                in: home, build: ProgramVersion.text, mayLaunch: mayLaunch, isBetween: wasLeft,
                within: limit
            ) { _ in wait.goesOn(nil) }
            output.detail("engine \(made.greeting.pid), build \(made.greeting.build)")
            client = made
            return made
        } catch {
            if wait.isInterrupted { wait.endProgram() }
            throw losses == 0 ? CommandFailure(error) : CommandFailure(lost: key, error)
        }
    }
}

extension CommandContext {
    /// Sends a command, waits as the options say, prints what became of it.
    /// - Parameter document: turns the engine's result into the JSON of this command.
    func perform(
        _ command: Command, document: (CommandReport) -> JSON = { $0.document }
    ) throws(CommandFailure) -> ExitStatus {
        let report = try report(of: command)
        if !command.isPreview { output.stands(report) }
        do throws(CommandFailure) { return try show(report, document) } catch {
            throw OverlongText(call: call, command: command).worded(error)
        }
    }

    /// Sends a command and waits as the options say.
    func report(of command: Command) throws(CommandFailure) -> CommandReport {
        let limit = try call.span(.timeout) ?? command.patience
        let key: String
        do { key = try Crypto.randomHex() } catch {
            throw CommandFailure(.failed, "no_randomness", "the system gave no random bytes")
        }
        let request = CommandRequest(
            key: key, verb: command.verb, args: command.arguments, noWait: call.has(.noWait))
        do throws(CommandFailure) {
            switch try sender().perform(request, within: limit) {
            case .accepted(let id, let rows): return CommandReport(accepted: id, rows)
            case .outcome(let report): return report
            case .refused(let error): throw CommandFailure(error)
            }
        } catch { throw OverlongText(call: call, command: command).worded(error) }
    }

    /// The text of a command, as `read` finds it. Nothing is opened for who may not give the
    /// command: the engine tells them that, and writes it down. Who cannot be told from here,
    /// such as an account that may not read the database, is known to the engine alone.
    /// - Parameter draft: the command without its text.
    func text(
        for draft: Command, _ read: () throws(CommandFailure) -> String
    ) throws(CommandFailure) -> String {
        if let person = try? person() {
            do throws(Refusal) { try Gate.check(draft, for: person) } catch { return "" }
        }
        return try read()
    }

    /// Whether the person holds a permission, as far as can be told from here: who may not do a
    /// thing hears that from the engine, before anything is said of the values.
    func holds(_ permission: Permission) -> Bool {
        guard let person = try? person() else { return false }
        return Gate.allows(permission, for: person)
    }

    private func show(
        _ report: CommandReport, _ document: (CommandReport) -> JSON
    ) throws(CommandFailure) -> ExitStatus {
        if let error = report.error, report.result.isNull, report.acceptedRows.count < 2 {
            throw CommandFailure(error, report.outcome)
        }
        do throws(CommandFailure) {
            try output.result(json: document(report)) {
                ReportText.lines(report, named: output.named)
            }
        } catch where error.status != .unanswered {
            // Nothing was done: that is what there is to say.
            throw report.error.map { CommandFailure($0, report.outcome) } ?? error
        }
        // Beside what is on its way, an error is what was refused at once.
        let outcome = report.accepted.isNull ? report.outcome : .refused
        if let error = report.error { return CommandFailure(error, outcome).status }
        switch report.outcome {
        case .queued where !call.has(.noWait): return .notFinished
        case .done, .queued, .running: return .done
        case .refused: return .refused
        case .expired: return .notFinished
        case .failed, .unknown: return .failed
        }
    }
}

extension Output {
    /// What of a report was done or goes on, and what was not; nothing where all of it was refused.
    fileprivate func stands(_ report: CommandReport) {
        let bad: Set<CommandOutcome> = [.refused, .failed, .unknown, .expired]
        let rows = report.rows
        let ids = rows.filter { !bad.contains($0.outcome) }.map(\.command.description)
        let others = rows.filter { bad.contains($0.outcome) }
            .map { "\($0.command): \($0.outcome.rawValue), \($0.message)" }
        if !ids.isEmpty {
            let isOver = report.error != nil && report.accepted.isNull
            stands(ids, isOver ? .done : report.outcome, but: others)
        } else if !bad.contains(report.outcome) {
            stands([report.command.description], report.outcome)
        }
    }
}
