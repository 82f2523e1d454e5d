/// The way of a command to the engine and of its outcome back.

import Core
import Glibc
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

    init(
        home: Home, mayLaunch: Bool, output: Output, reader: @escaping () -> BoardReader?
    ) throws(CommandFailure) {
        guard home.has(.database) else {
            throw CommandFailure(
                .noSuchThing, "no_home", "\(home.path) has no database yet",
                remedy: "Create it: plutarc init --home \(home.path)")
        }
        self.home = home
        self.mayLaunch = mayLaunch
        self.output = output
        self.reader = reader
    }

    /// While it waits, ^C ends only the waiting.
    func perform(
        _ request: CommandRequest, within limit: Span
    ) throws(CommandFailure) -> CommandAnswer {
        let client = try connected()
        let signals = try? SignalPipe([SIGINT])
        defer { signals?.close() }
        let line = WaitingLine(output, at: WallClock.read().monotonic) { [reader] command in
            guard let reader = reader() else { return nil }
            return try? reader.progress(of: command)
        }
        defer { line.clear() }
        var accepted: ID<CommandRecord>?
        var isInterrupted = false
        do throws(LinkError) {
            return try client.perform(request, within: limit) { command in
                accepted = command
                line.glance(command, at: WallClock.read().monotonic)
                isInterrupted = signals?.received().contains(SIGINT) ?? false
                return !isInterrupted
            }
        } catch {
            guard isInterrupted else { throw CommandFailure(error) }
            line.clear()
            output.failure(Self.interrupted(accepted))
            signals?.close()
            raise(SIGINT)
            throw CommandFailure(error)
        }
    }

    private static func interrupted(_ accepted: ID<CommandRecord>?) -> CommandFailure {
        let message =
            accepted.map { "\($0) goes on in the engine; only the waiting for it has ended" }
            ?? "the engine had not answered yet; whether it took the command is not known"
        return CommandFailure(
            .notFinished, "interrupted", message, remedy: "See how it stands: plutarc commands.")
    }

    private func connected() throws(CommandFailure) -> EngineClient {
        if let client { return client }
        let made = mayLaunch ? try launched() : try joined()
        client = made
        return made
    }

    private func launched() throws(CommandFailure) -> EngineClient {
        do throws(LaunchError) {
            let client = try EngineLauncher.ensure(in: home, build: ProgramVersion.text)
            output.detail("engine \(client.greeting.pid), build \(client.greeting.build)")
            return client
        } catch { throw CommandFailure(error) }
    }

    private func joined() throws(CommandFailure) -> EngineClient {
        do throws(LinkError) {
            return try EngineClient.connect(to: home, build: ProgramVersion.text)
        } catch { throw CommandFailure(error) }
    }
}

extension CommandContext {
    /// Sends a command, waits as the options say, prints what became of it.
    /// - Parameter document: turns the engine's result into the JSON of this command.
    func perform(
        _ command: Command, document: (CommandReport) -> JSON = { $0.document }
    ) throws(CommandFailure) -> ExitStatus {
        let limit = try call.span(.timeout) ?? command.patience
        let key: String
        do { key = try Crypto.randomHex() } catch {
            throw CommandFailure(.failed, "no_randomness", "the system gave no random bytes")
        }
        let request = CommandRequest(
            key: key, verb: command.verb, args: command.arguments, noWait: call.has(.noWait))
        switch try sender().perform(request, within: limit) {
        case .accepted(let id):
            let report = CommandReport(
                command: id, outcome: .queued, message: "\(id) was accepted")
            return try show(report, document)
        case .outcome(let report): return try show(report, document)
        case .refused(let error): throw CommandFailure(error)
        }
    }

    private func show(
        _ report: CommandReport, _ document: (CommandReport) -> JSON
    ) throws(CommandFailure) -> ExitStatus {
        if let error = report.error, report.result.isNull {
            throw CommandFailure(error, report.outcome)
        }
        try output.result(json: document(report)) {
            ReportText.lines(report)
        }
        if let error = report.error { return CommandFailure(error, report.outcome).status }
        switch report.outcome {
        case .queued where !call.has(.noWait): return .notFinished
        case .done, .queued, .running: return .done
        case .refused: return .refused
        case .expired: return .notFinished
        case .failed, .unknown: return .failed
        }
    }
}

extension Command {
    /// How long the caller waits unless told otherwise: what the provider does takes up to two
    /// minutes, everything else moments.
    fileprivate var patience: Span {
        switch self {
        case .deploy, .start, .stop, .restart, .update: .seconds(150)
        case .updateInCohorts: .minutes(4)
        default: .seconds(30)
        }
    }
}
