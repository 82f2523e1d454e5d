/// What stands on stderr while a command takes its time. **Source** <doc:CommandLine#Waiting>.
import Core
import Store
import Testing

@testable import Console
@testable import Core

@Suite struct WaitingLineTests {
    private final class Screen: OutputStreams {
        let isTerminal = false
        let isMessageTerminal: Bool
        let messageColumns = 60
        var out = ""
        var err = ""
        init(_ isTerminal: Bool) { isMessageTerminal = isTerminal }
        func write(result: String) throws(WriteFailure) { out += result }
        func write(message: String) { err += message }

        /// What a terminal would show on this line.
        var line: String {
            var cells: [Character] = []
            var at = 0
            for character in err {
                if character == "\r" { at = 0; continue }
                if at < cells.count { cells[at] = character } else { cells.append(character) }
                at += 1
            }
            while cells.last == " " { cells.removeLast() }
            return String(cells)
        }
    }

    private func wait(
        _ screen: Screen, quiet: Bool = false, verbose: Bool = false
    ) -> WaitingLine {
        let long = CommandProgress(
            phase: "btc-trend-01  update: replacing 4/6", left: .seconds(70))
        let short = CommandProgress(phase: "btc-trend-01  update: pulling 3/6", left: .seconds(9))
        var looks = 0
        return WaitingLine(
            Output(screen, quiet: quiet, verbose: verbose), at: .seconds(100)
        ) { _ in
            looks += 1
            return looks == 1 ? long : short
        }
    }

    @Test func oneLineIsWrittenOver() {
        let screen = Screen(true)
        let line = wait(screen)
        line.glance(ID(7), at: .milliseconds(100_900))
        #expect(screen.err.isEmpty)
        line.glance(ID(7), at: .milliseconds(101_100))
        #expect(
            screen.line == "btc-trend-01  update: replacing 4/6, 01:10 left   1s so far")
        line.glance(ID(7), at: .milliseconds(101_900))
        #expect(!screen.line.contains("pulling"))
        line.glance(ID(7), at: .milliseconds(165_000))
        #expect(screen.line == "btc-trend-01  update: pulling 3/6, 9s left   01:05 so far")
        line.clear()
        #expect(screen.line.isEmpty && screen.err.hasSuffix("\r"))
        #expect(!screen.err.contains("\n") && !screen.err.contains("\u{1B}"))
    }

    @Test func elsewhereNothingOrALineAPhase() {
        let silent = Screen(false)
        let line = wait(silent)
        line.glance(ID(7), at: .seconds(102))
        line.clear()
        #expect(silent.err.isEmpty)
        let verbose = Screen(false)
        let lines = wait(verbose, verbose: true)
        for second in 102...106 { lines.glance(ID(7), at: .seconds(Int64(second))) }
        #expect(
            verbose.err == "btc-trend-01  update: replacing 4/6, after 2s\n"
                + "btc-trend-01  update: pulling 3/6, after 3s\n")
        let quiet = Screen(true)
        wait(quiet, quiet: true).glance(ID(7), at: .seconds(102))
        #expect(quiet.err.isEmpty)
    }

    /// An engine that hangs is told of where its answer is waited for.
    @Test func aSilentEngineIsToldOf() {
        let screen = Screen(true)
        let line = WaitingLine(
            Output(screen), at: .seconds(0), silence: { .seconds(12) }
        ) { _ in nil }
        line.glance(nil, at: .seconds(2))
        let words = "the engine has been silent for 12s; plutarc engine start"
        #expect(screen.line.hasPrefix(words), "\(screen.line)")
    }

    @Test func longWordsKeepToTheLine() {
        let screen = Screen(true)
        let long = CommandProgress(phase: String(repeating: "word ", count: 40), left: nil)
        let line = WaitingLine(Output(screen), at: .seconds(0)) { _ in long }
        line.glance(ID(7), at: .seconds(2))
        #expect(TextWidth.of(screen.line) <= 59)
    }
}
