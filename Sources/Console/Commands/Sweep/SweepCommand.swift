/// `replay --sweep`: one replay for each combination of parameters, over all processors.

import Core
import Glibc
import Store

/// The program starts itself once for each processor: no threads, and a crash of one worker is a
/// message here. A worker knows itself by a variable of its environment.
struct SweepCommand {
    /// `0/2` in the environment of the first of two workers.
    static let shareVariable = "PLUTARC_SWEEP_SHARE"

    private let context: CommandContext
    private let request: ReplayRequest
    private let texts: [String]

    init(_ context: CommandContext, _ request: ReplayRequest) {
        self.context = context
        self.request = request
        texts = context.call.values(of: .sweep)
    }

    func run() throws(CommandFailure) -> ExitStatus {
        let grid: SweepGrid
        do throws(SweepError) { grid = try SweepGrid(texts, of: request.template) } catch {
            throw .usage(error.headline, remedy: error.remedy)
        }
        if let share = context.environment(Self.shareVariable).flatMap(SweepShare.init(text:)) {
            return try work(share, grid)
        }
        try checkFile()
        let began = WallClock.read().monotonic
        let workers = min(WorkerProcess.processors, grid.runs.count)
        let outcomes = try gather(grid, workers: workers)
        let passed = WallClock.read().monotonic.milliseconds - began.milliseconds
        let report = SweepReport(
            grid: grid, outcomes: SweepOutcome.ranked(outcomes), request: request,
            workers: workers, milliseconds: passed)
        try context.output.result(json: report.json) { report.lines }
        return .done
    }

    /// Every worker reads the candles for itself, again for each combination.
    private func checkFile() throws(CommandFailure) {
        guard request.file != CandleFile.standardInput else {
            throw .usage(
                "--candles - can be read only once", remedy: "Write the candles to a file first.")
        }
        var facts = stat()
        guard stat(request.file, &facts) == 0 else {
            let reason = String(cString: strerror(errno))
            throw .usage(
                "\(DisplayText.clean(request.file)): \(reason)",
                remedy: "Name a CSV file of candles that can be read.")
        }
        guard facts.st_mode & S_IFMT == S_IFREG else {
            throw .usage(
                "\(DisplayText.clean(request.file)) can be read only once",
                remedy: "Write the candles to a file first.")
        }
    }

    /// What a worker does: its share, one line for each outcome.
    private func work(
        _ share: SweepShare, _ grid: SweepGrid
    ) throws(CommandFailure) -> ExitStatus {
        let output = context.output
        do {
            try share.run(grid, request) { outcome in
                try output.document(outcome.line)
            }
        } catch let error as CommandFailure {
            throw error
        } catch let error as ReplayError {
            // Said once, by the parent.
            let words: JSON = [
                "code": .string(error.code), "message": .string(error.headline),
                "remedy": .string(error.remedy),
            ]
            try output.document(words)
            return .usage
        } catch {
            throw CommandFailure(.failed, "replay", "the replay failed")
        }
        return .done
    }

    // MARK: The parent

    private func gather(
        _ grid: SweepGrid, workers count: Int
    ) throws(CommandFailure) -> [SweepOutcome] {
        var workers: [WorkerProcess] = []
        do throws(SystemFailure) {
            for index in 0..<count {
                let share = SweepShare(index: index, of: count)
                workers.append(
                    try WorkerProcess(
                        arguments: arguments, setting: [Self.shareVariable: share.text]))
            }
        } catch {
            for worker in workers { _ = end(worker) }
            throw CommandFailure(
                .failed, "no_worker", "no worker could be started: \(error.reason)",
                remedy: "Free memory or processes, and try again.")
        }
        let (outcomes, complaint) = read(workers, of: grid)
        let statuses = workers.map { $0.wait() }
        if let complaint { throw complaint }
        if let bad = statuses.first(where: { $0 != 0 }) { throw failure(bad) }
        guard outcomes.count == grid.runs.count else { throw failure(1) }
        return outcomes
    }

    /// The same words as ours, without JSON: what a worker complains of goes to standard error.
    private var arguments: [String] {
        CommandLine.arguments.filter { $0 != "--json" }
    }

    /// Every outcome, and the first thing that a worker complained of.
    private func read(
        _ workers: [WorkerProcess], of grid: SweepGrid
    ) -> ([SweepOutcome], CommandFailure?) {
        let progress = Progress(context.output, "sweeping \(counted(grid.runs.count, "run"))")
        var outcomes: [SweepOutcome] = []
        var complaint: CommandFailure?
        while true {
            var poller = Poller()
            for worker in workers where worker.descriptor >= 0 {
                poller.watch(worker.descriptor, for: .readable)
            }
            guard poller.count > 0 else { break }
            for ready in poller.wait(nil) {
                guard let worker = workers.first(where: { $0.descriptor == ready.descriptor })
                else { continue }
                for line in worker.lines() {
                    if let outcome = SweepOutcome(line: line) {
                        outcomes.append(outcome)
                    } else {
                        complaint = complaint ?? Self.complaint(line)
                    }
                }
                progress.show(Double(outcomes.count) / Double(grid.runs.count))
            }
        }
        progress.end()
        return (outcomes, complaint)
    }

    private static func complaint(_ line: String) -> CommandFailure? {
        guard let json = try? JSON.parse(line), let message = json["message"]?.text else {
            return nil
        }
        return CommandFailure(
            .usage, json["code"]?.text ?? "replay", message, remedy: json["remedy"]?.text ?? "")
    }

    private func end(_ worker: WorkerProcess) -> Int32 {
        worker.stop()
        return worker.wait()
    }

    private func failure(_ status: Int32) -> CommandFailure {
        let usage = status == ExitStatus.usage.rawValue
        return CommandFailure(
            usage ? .usage : .failed, "sweep",
            "a worker of the sweep ended with status \(status)",
            remedy: "Its own message stands above; one plain replay shows the same.")
    }
}
