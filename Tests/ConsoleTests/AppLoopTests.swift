/// The loop with a scripted terminal over a database without an engine.
import Foundation
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct AppLoopTests {
    private func loop(
        _ script: [[TerminalEvent]], _ size: Size = Size(80, 24),
        editor: ExternalEditor? = nil, off: Set<InputSafeguard> = [],
        clock: @escaping () -> WallClock = WallClock.read
    ) throws -> (Loop, ScriptedTerminal) {
        let terminal = ScriptedTerminal(size, script: script)
        let reader = BoardReader(
            over: try ScreenFleet.database(), owner: (Int64(getuid()), "op1"))
        let backend = Backend(
            reader: reader,
            connection: EngineConnection(home: nil, build: "test", policy: .join))
        let state = ConsoleState(size: size, session: "test")
        let helpers = LoopHelpers(
            themes: ThemeLibrary(folders: []), kept: KeptTexts(), clipboard: Clipboard(.plain),
            editor: editor, paints: try ThemeLibrary(folders: []).load("default"))
        return (
            Loop(
                state, terminal: terminal, signals: nil, backend: backend, helpers: helpers,
                off: off, clock: clock),
            terminal
        )
    }

    private func keys(_ text: String) -> [TerminalEvent] { text.map { .key(.character($0)) } }

    @Test func anAnswerOfTheTerminalChangesTheHalfOfTheTheme() throws {
        let paints = try ThemeLibrary(folders: []).load("default")
        let (loop, terminal) = try loop([
            [.background(.light)], [.background(.light)], [.background(.dark)],
        ])
        #expect(loop.run() == .hangup)
        let halves = [TerminalGround.light, .dark].map { paints.theme(at: terminal.depth, on: $0) }
        #expect(terminal.themes == halves)
        // The first picture did not wait for it.
        #expect(terminal.frames.count > 1)
    }

    @Test func theFirstPictureHoldsTheFleet() throws {
        let (loop, terminal) = try loop([])
        #expect(loop.run() == .hangup)
        #expect(terminal.frames.first?.text.contains("btc-trend-01") == true)
        #expect(terminal.frames.first?.text.contains("no engine") == true)
    }

    @Test func fortyKeysAtOnceAreOnePicture() throws {
        let (loop, terminal) = try loop([keys(String(repeating: "j", count: 40)), []])
        _ = loop.run()
        #expect(terminal.frames.count <= 3)
    }

    @Test func quittingAsksFirst() throws {
        let (loop, _) = try loop([keys("Q")])
        #expect(loop.run() == .person)
        let (other, _) = try self.loop([keys("q"), keys("q")])
        #expect(other.run() == .hangup)
    }

    /// A picture says so before anything else comes.
    @Test(arguments: [Set<InputSafeguard>(), [.pasteIsTold]])
    func aPasteThatGoesOnIsDrawn(_ off: Set<InputSafeguard>) throws {
        let (loop, terminal) = try loop([[], [], [.paste("x")], []], off: off)
        terminal.pastingReads = [2]
        _ = loop.run()
        let told = terminal.frames.map { $0.text.contains("pasting, ^C ends it") }
        #expect(told.contains(true) == off.isEmpty && told.last == false)
    }

    @Test func copyGoesToTheTerminal() throws {
        let (loop, terminal) = try loop([keys("y"), keys("l")])
        _ = loop.run()
        #expect(terminal.sent.contains { $0.contains("]52;c;") })
    }

    @Test func openingABotReadsItAtOnce() throws {
        let (loop, terminal) = try loop([keys("/btc-trend"), [.key(.enter)], [.key(.enter)], []])
        _ = loop.run()
        #expect(terminal.frames.last?.text.contains("Trend Follower") == true)
        #expect(loop.state.watched == [.fleet, .dossier(ID(1))])
    }

    /// A clock on which every look takes a millisecond: keys are counted, not timed.
    private func countingClock() -> () -> WallClock {
        var now = WallClock.read()
        return {
            now.monotonic = now.monotonic + .milliseconds(1)
            return now
        }
    }

    @Test func manyKeysAtOnceHoldNoPictureUp() throws {
        let count = 40_000
        let batch = keys(String(repeating: "j", count: count))
        let (loop, terminal) = try loop([batch, []], clock: countingClock())
        _ = loop.run()
        // Each key is a millisecond of that clock.
        #expect(terminal.frames.count >= count / Int(Loop.frameSpacing.milliseconds))
        #expect(terminal.frames.count <= 2 * count / Int(Loop.slice.milliseconds))
    }

    @Test func aTerminalThatTakesNothingIsNotDrawnOn() throws {
        let (loop, terminal) = try loop([keys("j"), keys("j"), keys("j"), []])
        terminal.busyLooks = 4
        _ = loop.run()
        // The first picture, and the one once it takes something again.
        #expect(terminal.frames.count <= 3)
    }

    @Test func withoutAClipboardNothingIsSent() throws {
        let (loop, terminal) = try loop([keys("y"), keys("l"), []])
        terminal.hasClipboard = false
        _ = loop.run()
        #expect(terminal.sent.isEmpty)
        #expect(loop.state.around.status.history.last?.text.contains("no clipboard") == true)
    }

    private func editor(_ command: String, _ more: [String: String] = [:]) throws -> ExternalEditor
    {
        try #require(ExternalEditor { more[$0] ?? ($0 == "EDITOR" ? command : nil) })
    }

    @Test func theEditorGivesItsTextBack() throws {
        #expect(try editor("sed -i s/one/two/").edit("one\nline").text == "two\nline")
        #expect(try editor("false").edit("x").text == nil)
    }

    /// What is wrong with it begins with its name: a line is cut at its end.
    @Test func anEditorThatFailsIsNamedFirst() throws {
        for (command, words) in [
            ("nosuch -w", "nosuch: not found"), ("/dev/null", "/dev/null: cannot be run"),
            ("false", "false: ended with status 1"),
        ] {
            let edit = try editor(command).edit("x")
            #expect(edit.text == nil && edit.problem == words)
        }
        #expect(try editor("true").edit("x").problem == nil)
        var state = ConsoleState(size: Size(40, 12), session: "t")
        _ = state.update(
            .edited(tag: "t", text: nil, problem: "nosuch: not found"), at: ScreenFleet.now)
        let words = "!!  nosuch: not found; the text is as it"
        #expect(view(state, in: Size(40, 12), .ascii).text.contains(words.prefix(34)))
    }

    /// All of the text comes back, or none of it.
    @Test func anEditorsTextIsNeverCutNorRepaired() throws {
        #expect(try editor("sh -c 'printf \"a\\377b\" > \"$0\"'").edit("x").text == nil)
        let most = ExternalEditor.limit
        let fill = { (bytes: Int) in "sh -c 'head -c \(bytes) /dev/zero | tr \"\\0\" a > \"$0\"'" }
        #expect(try editor(fill(most)).edit("x").text?.utf8.count == most)
        #expect(try editor(fill(most + 1)).edit("x").text == nil)
    }

    /// After `su` the runtime folder is another's, or it is not there.
    @Test func theEditorsFileFindsAFolder() throws {
        for runtime in ["/nowhere", "/proc", "relative", ""] {
            for temporary in ["/nowhere", "", "/tmp"] {
                let folders = ["XDG_RUNTIME_DIR": runtime, "TMPDIR": temporary]
                #expect(try editor("true", folders).edit("x").text == "x", "\(folders)")
            }
        }
    }

    @Test func withoutAChosenEditorNoneRuns() throws {
        #expect(ExternalEditor { _ in nil } == nil)
        #expect(ExternalEditor { ["EDITOR": "", "VISUAL": ""][$0] } == nil)
    }
    @Test func anEmptyVisualIsNoChoice() {
        #expect(ExternalEditor.chosen { ["VISUAL": "", "EDITOR": "ed"][$0] } == "ed")
        #expect(ExternalEditor.chosen { ["VISUAL": "vi", "EDITOR": "ed"][$0] } == "vi")
        #expect(ExternalEditor.chosen { ["EDITOR": ""][$0] } == nil)
    }

    // MARK: The pace of boards

    private static func count(_ events: [ConsoleEvent]) -> Int {
        events.count { if case .board = $0 { true } else { false } }
    }

    /// A key each millisecond that reads anew, or that goes to another screen.
    @Test(arguments: [false, true], [Set<ConnectionSafeguard>(), [.boardsKeepPace]])
    func aBurstOfKeysReadsBoardsAtTheirPace(_ goes: Bool, _ off: Set<ConnectionSafeguard>) throws {
        let reader = BoardReader(
            over: try ScreenFleet.database(), owner: (Int64(getuid()), "op1"))
        let connection = EngineConnection(home: nil, build: "test", policy: .join)
        let backend = Backend(reader: reader, connection: connection, off: off)
        #expect(Self.count(backend.watch([.fleet], at: .seconds(1))) == 1)
        var reads = 0
        for key in 0..<500 {
            let now = Span.seconds(2) + .milliseconds(Int64(key))
            let board: BoardRequest = key % 2 == 0 ? .positions : .billing
            let events = goes ? backend.watch([.fleet, board], at: now) : backend.refresh()
            reads += Self.count(events + backend.turn(now))
        }
        #expect((reads <= 10) == off.isEmpty, "\(reads)")
        #expect(reads >= 5)
        // A single key has its board in its own picture, however new the others are.
        _ = backend.turn(.seconds(4))
        _ = backend.refresh()
        _ = backend.turn(.seconds(5))
        let opened = backend.watch([.fleet, .audit(before: nil)], at: .seconds(5))
        #expect(Self.count(opened) == 1)
        // What a burst left unread follows by itself.
        #expect(backend.watch([.fleet, .positions], at: .seconds(5)).isEmpty == off.isEmpty)
        guard off.isEmpty else { return }
        #expect(backend.patience(.milliseconds(5_040)) <= .milliseconds(60))
        #expect(Self.count(backend.turn(.milliseconds(5_100))) == 1)
    }
}
