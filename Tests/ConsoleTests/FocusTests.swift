/// What Enter will do is what is highlighted, in every question that is asked.
import Core
import Store
import TestKit
import Testing

@testable import Console

@Suite struct FocusTests {
    private let start = Instant(milliseconds: 1_000)
    private var later: Instant { start + .milliseconds(300) }

    private func dialog(
        _ question: Dialog.Question, isDangerous: Bool = true, refusal: String? = nil,
        off: Set<ScreenSafeguard> = []
    ) -> Dialog {
        Dialog(
            title: "PAUSE & CLOSE ALL", badge: "LIVE", lines: [.init("btc-y   4 positions")],
            question: question, action: "Close all", isDangerous: isDangerous, refusal: refusal,
            at: start, off: off)
    }

    /// The text between the brackets of the one button that is drawn as the focus.
    private func highlighted(_ dialog: Dialog) -> String {
        let canvas = Canvas(Size(80, 24), .ascii)
        dialog.draw(in: canvas)
        let frame = canvas.frame
        var words = ""
        for row in 0..<frame.size.rows {
            for column in 0..<frame.size.columns where frame[column, row].role == .buttonFocus {
                words.unicodeScalars.append(frame[column, row].first)
            }
        }
        return words
    }

    private func type(_ text: String, _ dialog: inout Dialog) {
        for character in text { _ = dialog.handle(.character(character), at: later) }
    }

    private static let scripts: [[Key]] = [
        [], [.tab], [.tab, .tab], keys("btc-"), keys("btc-y"), keys("btc-y") + [.tab],
        keys("btc-yy"), keys("btc-yy") + [.backspace], keys("btc") + [.tab, .tab],
        keys("b") + [.backspace],
    ]

    private static func keys(_ text: String) -> [Key] { text.map { .character($0) } }

    /// Whatever is typed: Enter confirms exactly where the button is lit, cancels exactly where
    /// Cancel is, and does nothing but say so where neither is.
    @Test(arguments: [Dialog.Question.confirm, .typed("btc-y"), .again], [true, false])
    func enterDoesWhatIsLit(_ question: Dialog.Question, _ isDangerous: Bool) {
        #expect(misled(question, isDangerous) == [])
    }

    /// The fault that was found: with the word typed, Cancel was lit and Enter closed.
    @Test func aButtonThatIsNotLitIsNoticed() {
        #expect(!misled(.typed("btc-y"), true, off: [.litButton]).isEmpty)
        #expect(!misled(.confirm, false, off: [.litButton]).isEmpty)
    }

    /// After which keys Enter did something else than what was lit.
    private func misled(
        _ question: Dialog.Question, _ isDangerous: Bool, off: Set<ScreenSafeguard> = []
    ) -> [String] {
        Self.scripts.compactMap { keys in
            var dialog = dialog(question, isDangerous: isDangerous, off: off)
            var isOver = false
            for key in keys where !isOver { isOver = dialog.handle(key, at: later) != .open }
            guard !isOver else { return nil }
            let lit = highlighted(dialog)
            let result = dialog.handle(.enter, at: later)
            let isRight =
                switch lit {
                case "[ Cancel ]": result == .cancelled
                case "[ Close all ]": result == .confirmed
                default: lit.isEmpty && result == .open && !dialog.notice.isEmpty
                }
            return isRight ? nil : "\(keys): \(lit), then \(result)"
        }
    }

    @Test func theRightWordMovesTheFocusAndAWrongOneSaysSo() {
        var dialog = dialog(.typed("btc-y"))
        #expect(highlighted(dialog) == "[ Cancel ]")
        type("btc-", &dialog)
        #expect(highlighted(dialog) == "")
        #expect(dialog.handle(.enter, at: later) == .open)
        #expect(dialog.notice.contains("not the word yet"))
        type("y", &dialog)
        #expect(dialog.notice.isEmpty && highlighted(dialog) == "[ Close all ]")
        #expect(dialog.hints.first?.label == "close all")
        type("y", &dialog)
        #expect(highlighted(dialog) == "")
    }

    @Test func dangerWithoutAWordNeverHasTheFocus() {
        var dialog = dialog(.confirm)
        _ = dialog.handle(.tab, at: later)
        #expect(highlighted(dialog) == "[ Cancel ]" && dialog.notice.contains("y confirms"))
        #expect(dialog.handle(.character("y"), at: later) == .confirmed)
    }

    @Test func aRefusedDialogSaysWhy() {
        var dialog = dialog(.typed("btc-y"), refusal: "read-only, :rw leaves it")
        type("btc-y", &dialog)
        #expect(highlighted(dialog) == "" && dialog.handle(.enter, at: later) == .open)
        #expect(dialog.notice == "read-only, :rw leaves it")
    }

    @Test func voidFiguresLookAgain() throws {
        var journey = try Journey(role: .owner)
        try journey.run("/btc-trend <enter> X btc-trend-01")
        #expect(journey.text.contains("[ Close all ]"))
        journey.pass(.seconds(31))
        try journey.send(.tick)
        #expect(journey.text.contains("[ Look again ]") && journey.text.contains("void"))
        try journey.run("<enter>")
        #expect(journey.sent.isEmpty && journey.overlay == "close-all")
        #expect(journey.text.contains("[ Cancel ]"))
    }

    @Test func enterOnAQuestionSaysThatItWasNotDone() throws {
        var journey = try Journey(role: .owner)
        try journey.run("/btc-trend <enter> p <enter>")
        #expect(journey.said == "not done: y does it" && journey.sent.isEmpty)
    }

    @Test(arguments: [Size(40, 12), Size(20, 5)])
    func smallScreensTellWhatEnterDoes(_ size: Size) {
        var dialog = dialog(.typed("btc-y"))
        func text() -> String {
            let canvas = Canvas(size, .ascii)
            dialog.draw(in: canvas)
            return canvas.frame.text
        }
        #expect(text().contains("Enter: cancel"))
        type("btc-y", &dialog)
        #expect(text().contains("Enter: close all"))
    }

    @Test func theFirstKeyReplacesALimit() throws {
        var journey = try Journey(at: .bot(ID(1), .risk), role: .owner)
        try journey.run("j <enter> 3")
        #expect(journey.bot?.risk.editor?.text == "3")
        try journey.run("1")
        #expect(journey.bot?.risk.editor?.text == "31")
        // Moving first keeps what is there.
        try journey.run("<esc> <enter> <end> 0")
        #expect(journey.bot?.risk.editor?.text.hasSuffix("0") == true)
        #expect((journey.bot?.risk.editor?.text.count ?? 0) > 1)
    }
}
