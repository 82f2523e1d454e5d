/// What a shell allows its commands does not bind the engine that one of them starts.

import Core
import Foundation
import Testing

@Suite struct ShellLimitTests {
    /// The soft and the hard limit of a process, as the kernel lists them.
    private func limits(_ pid: Int32, _ name: String) throws -> [String] {
        let text = try String(contentsOfFile: "/proc/\(pid)/limits", encoding: .utf8)
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(name) })
        return line.dropFirst(name.count).split(separator: " ").prefix(2).map(String.init)
    }

    @Test func anEngineTakesWhatItMay() throws {
        let home = try TrialHome.fresh()
        let engine = try Child(
            "/bin/sh",
            [
                "-c", "ulimit -S -n 64; ulimit -S -f 4000; ulimit -S -t 500; exec \"$0\" \"$@\"",
                Program.path, "engine", "run", "--for", "600s", "--home", home.path,
            ], environment: home.environment)
        let client = try home.client()
        #expect(client.greeting.pid == engine.pid)
        for name in ["Max open files", "Max file size", "Max cpu time"] {
            let found = try limits(engine.pid, name)
            #expect(found.count == 2 && found[0] == found[1], "\(name): \(found)")
            #expect(!["64", "500"].contains(found[0]))
        }
        engine.send(SIGTERM)
        #expect(engine.wait() == 0)
    }

    /// Where no file may grow that far, everybody says so, and nobody dies of a signal.
    @Test(arguments: [1, 8]) func aFileThatMayNotGrowIsToldOf(_ blocks: Int) throws {
        let home = try TrialHome.fresh()
        for words in [["engine", "start"], ["engine", "run"], ["pause", "bot-1"], ["bots"]] {
            let command = try Child(
                "/bin/sh",
                ["-c", "ulimit -f \(blocks); exec \"$0\" \"$@\"", Program.path] + words
                    + ["--home", home.path],
                environment: home.environment)
            let answer = command.answer()
            answer.expect(7, saying: "ulimit -f")
            #expect(!answer.errors.contains("defect"), "\(words): \(answer.errors)")
        }
        try home.plutarc("engine", "status", "--json").expectRunning(false)
        #expect(try home.plutarc("check").status == 0)
    }
}
