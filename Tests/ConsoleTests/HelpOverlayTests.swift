/// The help is the keymap: complete, searchable, and Enter runs what it says.
import Foundation
import Store
import Testing

@testable import Console
@testable import Core

@Suite struct HelpOverlayTests {
    private func opened(_ person: Operator = SupportFixture.member) -> ScriptedConsole {
        var console = ScriptedConsole(.support, as: person, Size(80, 60))
        console.press(.character("?"))
        return console
    }

    @Test func ownKeysComeFirst() throws {
        let text = opened().frame().text
        let own = try #require(text.range(of: "internal note"))
        let everywhere = try #require(text.range(of: "half a page down"))
        #expect(own.lowerBound < everywhere.lowerBound)
    }

    @Test func everyBindingOfTheViewIsListed() {
        let console = opened()
        let text = console.frame(Size(80, 200)).text
        for line in console.state.around.keymap.help(in: .support) {
            #expect(text.contains(" \(line.label)"), "\(line.command)")
        }
    }

    /// The keys of menus and dialogs are told, where they hold.
    @Test func keysOfOverlaysAreListedLast() throws {
        var console = opened()
        console.type("half a page up")
        let lines = console.frame().text
        #expect(lines.contains("^U") && lines.contains("panel"))
        console.press(.down)
        console.press(.enter)
        #expect(console.said == "^U half a page up: while panel is open")
        #expect(console.state.overlays.count == 1)
    }

    @Test func typingFiltersAndEnterRuns() {
        var console = opened()
        console.type("new tick")
        #expect(!console.frame().text.contains("half a page"))
        console.press(.enter)
        #expect(console.state.overlays.isEmpty)
        #expect(console.support?.writing != nil)
    }

    @Test func refusedKeysSayWhyAndDoNothing() {
        var console = opened(SupportFixture.viewer)
        console.type("new tick")
        #expect(console.frame().text.contains("owner/admin/risk_manager/trader only"))
        console.press(.enter)
        #expect(console.support?.writing == nil)
        #expect(console.said.contains("only"))
    }

    @Test func escapeClearsTheFilterThenCloses() {
        var console = opened()
        console.type("x")
        console.press(.escape)
        #expect(console.state.overlays.count == 1)
        console.press(.escape)
        #expect(console.state.overlays.isEmpty)
    }

    @Test func viewerMayNotAskByHelpTwice() {
        var console = opened(SupportFixture.viewer)
        console.press(.character("?"))
        #expect(console.support?.writing == nil)
    }
}
