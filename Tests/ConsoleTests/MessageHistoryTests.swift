/// F8 lists everything that was said, and nothing in it can act on the terminal.
import Foundation
import Store
import Testing

@testable import Console
@testable import Core

@Suite struct MessageHistoryTests {
    private func console(_ texts: [String]) -> ScriptedConsole {
        var console = ScriptedConsole(.support, as: SupportFixture.member)
        for text in texts { console.send(.notice(text)) }
        console.press(.function(8))
        return console
    }

    @Test func newestIsFirst() throws {
        let text = console(["one", "two"]).frame().text
        let two = try #require(text.range(of: "two"))
        let one = try #require(text.range(of: "one"))
        #expect(two.lowerBound < one.lowerBound)
    }

    @Test func longHistoriesScrollToTheirEndAndNoFurther() {
        var console = console((1...60).map { "message number \($0)" })
        #expect(!console.frame().text.contains("message number 1\n"))
        console.press(.character("G"), .character("j"), .character("j"))
        #expect(console.frame().text.contains("!  message number 1 "))
        console.press(.character("k"), .character("g"))
        #expect(console.frame().text.contains("message number 60"))
    }

    @Test func copyGivesTheWholeText() {
        var console = console(["one", "two"])
        console.press(.character("y"))
        let copied = console.effects.compactMap {
            if case .copy(let text) = $0 { text } else { nil }
        }
        #expect(copied.count == 1)
        #expect(copied[0].contains("one\n"))
    }

    @Test func hostileMessageIsShownAsMarks() {
        let text = console(["venue said \u{1B}]0;x\u{07}"]).frame(nil, .unicode).text
        #expect(text.contains("venue said ␛]0;x␇"))
    }
}
