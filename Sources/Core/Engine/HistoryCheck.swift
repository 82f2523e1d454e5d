/// `plutarc check` in a process beside the engine, for homes too large to be looked over at once.

import Glibc
import Store

/// Reads only, and ends with its answer. The engine asks it once a turn and never waits.
public final class HistoryCheck {
    private let worker: WorkerProcess
    private var text = ""

    public init(of home: Home, program: String = "/proc/self/exe") throws(SystemFailure) {
        worker = try WorkerProcess(
            program: program,
            arguments: ["plutarc", "check", "--json", "--no-engine", "--home", home.path],
            setting: [:])
    }

    deinit { if worker.descriptor >= 0 { worker.stop() } }

    /// What it found; nil while it is at work. Not to be asked again after that.
    func problems() -> [String]? {
        while worker.descriptor >= 0, hasNews { text += worker.lines().joined() }
        guard worker.descriptor < 0 else { return nil }
        let status = worker.wait()
        return Self.problems(in: text, status: status)
    }

    /// An answer that cannot be understood is a problem too: the histories were not checked.
    static func problems(in text: String, status: Int32) -> [String] {
        let answer = try? JSON.parse(Array(text.utf8))
        if status == 0, answer?["ok"]?.flag == true { return [] }
        let named = answer?["problems"]?.elements?.compactMap(\.text) ?? []
        if !named.isEmpty { return named }
        let said = answer?["error"]?["message"]?.text
        return [said ?? "the check of the histories ended with status \(status)"]
    }

    private var hasNews: Bool {
        var entry = pollfd(fd: worker.descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) > 0
    }
}
