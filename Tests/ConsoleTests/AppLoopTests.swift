/// The loop with a scripted terminal over a database without an engine.
import Foundation
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct AppLoopTests {
    private func loop(
        _ script: [[TerminalEvent]], _ size: Size = Size(80, 24)
    ) throws -> (Loop, ScriptedTerminal) {
        let terminal = ScriptedTerminal(size, script: script)
        let reader = BoardReader(
            over: try ScreenFleet.database(), owner: (Int64(getuid()), "op1"))
        let backend = Backend(
            reader: reader, link: EngineLink(home: nil, build: "test", policy: .join))
        let state = ConsoleState(size: size, session: "test")
        let helpers = LoopHelpers(
            themes: ThemeLibrary(folders: []), kept: KeptTexts(), clipboard: Clipboard(.none),
            editor: ExternalEditor(environment: { $0 == "EDITOR" ? "true" : nil }))
        return (
            Loop(state, terminal: terminal, signals: nil, backend: backend, helpers: helpers),
            terminal
        )
    }

    private func keys(_ text: String) -> [TerminalEvent] { text.map { .key(.character($0)) } }

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

    @Test func theEditorGivesItsTextBack() {
        let editor = ExternalEditor(environment: { name in
            name == "EDITOR" ? "sed -i s/one/two/" : nil
        })
        #expect(editor.edit("one\nline") == "two\nline")
        #expect(ExternalEditor(environment: { $0 == "EDITOR" ? "false" : nil }).edit("x") == nil)
    }
    @Test func anEmptyVisualIsNoChoice() {
        #expect(ExternalEditor.chosen { ["VISUAL": "", "EDITOR": "ed"][$0] } == "ed")
        #expect(ExternalEditor.chosen { ["VISUAL": "vi", "EDITOR": "ed"][$0] } == "vi")
        #expect(ExternalEditor.chosen { ["EDITOR": ""][$0] } == nil)
    }
}
