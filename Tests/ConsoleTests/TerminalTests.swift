/// Around the terminal: which entry is used, what input becomes, pairs, signals, restoring.
import Core
import Foundation
import Store
import Testing

@testable import Console

/// A terminal that plays back events and keeps the frames it was shown.
final class ScriptedTerminal: Terminal {
    var size: Size
    var glyphs = GlyphSet.unicode
    var depth = ColourDepth.indexed
    let inputDescriptor: Int32 = -1
    /// One batch for each ``readEvents()``.
    var script: [[TerminalEvent]]
    private(set) var frames: [Frame] = []
    private(set) var themes: [Theme] = []
    private(set) var rings = 0
    private(set) var isOurs = true
    private(set) var repaints = 0
    /// The size that the next ``resize()`` finds.
    var nextSize: Size?

    init(_ size: Size = Size(80, 24), script: [[TerminalEvent]] = []) {
        self.size = size
        self.script = script
    }

    func present(_ frame: Frame) { frames.append(frame) }
    func readEvents(at now: Span) -> [TerminalEvent] {
        reads += 1
        return script.isEmpty ? [.hangup] : script.removeFirst()
    }
    private(set) var sent: [String] = []

    let inputDeadline: Span? = nil
    /// After which of the reads, counted from 1, a paste goes on.
    var pastingReads: Set<Int> = []
    private var reads = 0
    var isPasting: Bool { pastingReads.contains(reads) }
    let outputDescriptor: Int32 = -1
    /// For so many looks the terminal takes nothing.
    var busyLooks = 0
    var isBusy: Bool { busyLooks > 0 }
    var hasClipboard = true
    func writeOn() { busyLooks -= 1 }
    func send(_ sequence: String) { sent.append(sequence) }
    func use(_ theme: Theme) { themes.append(theme) }
    func repaint() { repaints += 1 }
    func resize() -> Bool {
        guard let nextSize, nextSize != size else { return false }
        size = nextSize
        return true
    }
    func ring() { rings += 1 }
    func suspend() { isOurs = false }
    func resume() { isOurs = true }
    func close() { isOurs = false }
}

@Suite(.serialized) struct TerminalTests {
    private func choice(_ environment: [String: String]) throws -> TerminalChoice {
        try TerminalChoice { environment[$0] }
    }

    @Test func dumbTerminalIsRefused() {
        #expect(throws: TerminalError.self) { try choice(["TERM": "dumb"]) }
    }

    @Test(arguments: [
        ("xterm-kitty", "xterm-256color"), ("xterm-ghostty", "xterm-256color"),
        ("alacritty", "xterm-256color"), ("tmux-256colour", "tmux-256color"),
        ("screen.xterm", "xterm"), ("nonsense", "xterm"), ("", "xterm"),
        ("../../etc/passwd", "xterm"),
    ])
    func unknownNamesFallBack(_ term: String, _ fallback: String) throws {
        let names = try choice(["TERM": term]).candidates.filter { $0 != term }
        #expect(names.first == fallback)
        #expect(names.last == "vt100")
    }

    @Test func colourAndGlyphsFollowTheEnvironment() throws {
        #expect(try choice(["TERM": "xterm", "NO_COLOR": "1"]).forbidsColour)
        #expect(try !choice(["TERM": "xterm", "NO_COLOR": ""]).forbidsColour)
        #expect(try choice(["COLORTERM": "truecolor"]).promisesTruecolour)
        #expect(try choice(["LANG": "de_DE.UTF-8"]).glyphs == .unicode)
        #expect(try choice(["LANG": "de_DE.UTF-8", "LC_ALL": "C"]).glyphs == .ascii)
        #expect(try choice([:]).glyphs == .ascii)
        #expect(try choice([:]).lacksUTF8)
        #expect(try choice(["LC_ALL": "C"]).lacksUTF8)
        #expect(try !choice(["LANG": "C.UTF-8"]).lacksUTF8)
        #expect(try !TerminalChoice(isASCII: true) { _ in nil }.lacksUTF8)
        #expect(try choice([:]).escapeDelay == .milliseconds(25))
        #expect(try choice(["SSH_CONNECTION": ""]).escapeDelay == .milliseconds(25))
        let far = ["SSH_CONNECTION": "10.0.0.1 5 10.0.0.2 22"]
        #expect(try choice(far).escapeDelay == .milliseconds(100))
        let own = far.merging(["ESCDELAY": "50"]) { $1 }
        #expect(try choice(own).escapeDelay == .milliseconds(50))
        #expect(try choice(["COLUMNS": "200", "LINES": "50"]).namedSize == Size(200, 50))
        #expect(try choice(["COLUMNS": "200", "LINES": ""]).namedSize == nil)
        #expect(try choice(["COLUMNS": "200000", "LINES": "50"]).namedSize == nil)
        #expect(try choice(["TERM": "tmux-256color"]).isXtermLike)
        #expect(try !choice(["TERM": "vt100"]).isXtermLike)
    }

    @Test func pairsAreAllottedOnFirstUseAndShared() {
        var pairs = ColourPairs(limit: 2)
        #expect(pairs.number(for: InkPair(.terminal, .terminal)).number == 0)
        #expect(pairs.number(for: InkPair(.indexed(1), .terminal)) == (1, true))
        #expect(pairs.number(for: InkPair(.indexed(1), .terminal)) == (1, false))
        #expect(pairs.number(for: InkPair(.indexed(7), .indexed(1))) == (2, true))
        #expect(pairs.number(for: InkPair(.indexed(1), .indexed(4))) == (1, false))
        #expect(pairs.number(for: InkPair(.indexed(3), .indexed(1))) == (2, false))
        #expect(pairs.count == 2)
    }

    @Test func signalsArriveInThePipeOnce() throws {
        let pipe = try SignalPipe([SIGWINCH, SIGCONT])
        defer { pipe.close() }
        // The threads that tests run on have signals blocked.
        var mask = sigset_t()
        sigemptyset(&mask)
        sigaddset(&mask, SIGWINCH)
        sigaddset(&mask, SIGCONT)
        pthread_sigmask(SIG_UNBLOCK, &mask, nil)
        raise(SIGWINCH)
        raise(SIGCONT)
        raise(SIGWINCH)
        #expect(pipe.received() == [SIGWINCH, SIGCONT])
        #expect(pipe.received() == [])
    }

    @Test func restorationIsWrittenOnce() throws {
        var ends: [Int32] = [0, 0]
        try #require(Foundation.pipe(&ends) == 0)
        defer { for end in ends { Foundation.close(end) } }
        CrashRestorer.arm(Array("bye".utf8), descriptor: ends[1])
        defer { for number in CrashRestorer.fatal { signal(number, SIG_DFL) } }
        CrashRestorer.restore()
        CrashRestorer.restore()
        var bytes = [UInt8](repeating: 0, count: 16)
        #expect(read(ends[0], &bytes, 16) == 3)
    }

    @Test func delaysAreTakenOutOfTerminfoStrings() {
        #expect(CrashRestorer.withoutPadding(Array("a$<5/>b$".utf8)) == Array("ab$".utf8))
    }

    @Test func scriptedTerminalEndsWithHangup() {
        let terminal = ScriptedTerminal(script: [[.key(.enter)]])
        #expect(terminal.readEvents(at: .seconds(0)) == [.key(.enter)])
        #expect(terminal.readEvents(at: .seconds(0)) == [.hangup])
    }
}
