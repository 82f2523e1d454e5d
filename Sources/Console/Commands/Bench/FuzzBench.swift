/// `bench fuzz`: random templates over random candles, in a process that another one watches.

import Core
import Glibc
import Store

/// A trap ends the worker; the input at which it happened is told, and the next one follows.
enum FuzzBench {
    /// First seed and count in the environment of the worker.
    private static let variable = "PLUTARC_FUZZ"
    private static let standard = 10_000

    @Sendable static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        if let share = getenv(variable).map({ String(cString: $0) }) { return work(share) }
        let first = try number(context.optionalOperand(1), "the first seed", else: 1)
        let count = try number(context.call[.quantity], "--qty", else: standard)
        let began = ProcessUsage.read()
        var trapped: [Int] = []
        var report: [String] = []
        var next = first
        while next < first + count {
            let (last, line) = try watch(from: next, to: first + count)
            if let line { report.append(line) }
            guard let last else { break }
            trapped.append(last)
            context.output.detail("seed \(last) trapped")
            next = last + 1
        }
        let used = ProcessUsage.read().since(began)
        try tell(context, count, trapped, report, used)
        return trapped.isEmpty ? .done : .failed
    }

    private static func tell(
        _ context: CommandContext, _ count: Int, _ trapped: [Int], _ report: [String],
        _ used: ProcessUsage
    ) throws(CommandFailure) {
        let lines =
            trapped.prefix(10).map { FuzzInput(seed: UInt64($0)).description }
            + report + [
                "\(counted(count, "input")), \(trapped.count) of them trapped, "
                    + "\(Decimals.text(used.wallSeconds, 0)) s"
            ]
        let json: JSON = [
            "bench": "fuzz", "inputs": .int(count), "trapped": .list(trapped) { .int($0) },
            "run_s": .measured(used.wallSeconds, decimals: 1),
        ]
        try context.report(lines, json)
    }

    private static func number(
        _ text: String?, _ what: String, else standard: Int
    ) throws(CommandFailure) -> Int {
        guard let text else { return standard }
        return try Invocation.integer(text, of: what, in: 1...1_000_000_000_000)
    }

    /// Runs one worker to its end.
    /// - Returns: the seed at which it was trapped, nil for none, and what it says at its end.
    private static func watch(
        from first: Int, to end: Int
    ) throws(CommandFailure) -> (trapped: Int?, line: String?) {
        let worker: WorkerProcess
        do throws(SystemFailure) {
            worker = try WorkerProcess(
                arguments: ["plutarc", "bench", "fuzz"],
                setting: [variable: "\(first) \(end)"])
        } catch {
            throw CommandFailure(
                .failed, "no_worker", "a worker did not start: \(error)", remedy: "Try again.")
        }
        var last: Int?
        var line: String?
        while worker.descriptor >= 0 {
            for word in worker.lines() {
                if let seed = Int(word) { last = seed } else { line = word }
            }
        }
        return worker.wait() == 0 ? (nil, line) : (last, line)
    }

    // MARK: - The worker

    /// Writes each seed before it is played.
    private static func work(_ share: String) -> ExitStatus {
        let ends = share.split(separator: " ").compactMap { UInt64($0) }
        guard ends.count == 2, ends[0] < ends[1] else { return .usage }
        let path = "/tmp/plutarc-fuzz-\(getpid()).csv"
        defer { unlink(path) }
        removeBound()
        var run = FuzzRun(path: path)
        for seed in ends[0]..<ends[1] {
            guard say("\(seed)\n") else { return .failed }
            run.play(FuzzInput(seed: seed))
        }
        let tally = run.tally
        _ = say(
            "\(counted(tally.inputs, "input")): \(tally.refused) refused, "
                + "\(tally.traded) traded on, \(counted(tally.trades, "trade")), "
                + "\(tally.failures) beyond counting\n")
        return .done
    }

    /// A test looks whether a trap would be found; a release build has no such switch.
    private static func removeBound() {
        #if DEBUG
            if getenv("PLUTARC_FUZZ_UNBOUNDED") != nil { FuzzRun.letsTargetsTrap() }
        #endif
    }

    private static func say(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return write(1, bytes, bytes.count) == bytes.count
    }
}
