/// Text fields, tabs and the message line.
import Core
import Store
import Testing

@testable import Console

@Suite struct FieldPartTests {
    private func typed(_ text: String, into editor: inout LineEditor) {
        for character in text { _ = editor.handle(.character(character)) }
    }

    @Test func lineEditorKnowsTheShellsKeys() {
        var editor = LineEditor("close all bots")
        #expect(editor.handle(.control("w")) == .changed && editor.text == "close all ")
        _ = editor.handle(.control("a"))
        typed("x", into: &editor)
        #expect(editor.text == "xclose all ")
        #expect(editor.handle(.control("k")) == .changed && editor.text == "x")
        _ = editor.handle(.backspace)
        #expect(editor.isEmpty && editor.handle(.backspace) == .moved)
        #expect(editor.handle(.enter) == .accepted && editor.handle(.escape) == .cancelled)
        #expect(editor.handle(.up) == .ignored && editor.handle(.function(1)) == .ignored)
    }

    @Test func pasteIsTextOnOneLine() {
        var editor = LineEditor("ab", limit: 6)
        _ = editor.handle(.left)
        #expect(editor.paste("1\n2\u{1B}") == .changed)
        #expect(editor.text == "a1 2\u{1B}b")
        let canvas = Canvas(Size(8, 1))
        editor.draw(in: canvas, 0, 0, cells: 8)
        #expect(canvas.frame.text == "a1 2␛b")
    }

    /// All of a paste is taken, or nothing and a word about it.
    @Test func aPasteThatDoesNotFitIsNotCut() {
        var editor = LineEditor("ab", limit: 6)
        #expect(editor.paste("12345") == .full && editor.text == "ab")
        #expect(editor.tooLong("12345") == "5 characters and 4 fit: nothing was taken")
        #expect(editor.paste("1234") == .changed && editor.text == "ab1234")
        #expect(editor.handle(.character("x")) == .full && editor.text == "ab1234")
        var area = TextArea("one", limit: 10_000)
        let long = String(repeating: "word\n", count: 2400)
        #expect(area.paste(long) == .full && area.text == "one")
        #expect(area.tooLong(long) == "12000 bytes and 9997 fit: nothing was taken")
        #expect(area.paste(String(long.prefix(9_997))) == .changed)
        #expect(area.handle(.character("x")) == .full)
        #expect(area.text == "one" + long.prefix(9_997))
        // What is there already is never cut.
        #expect(TextArea(long).text == long)
    }

    /// Text leaves as it came; what acts or hides is made safe where it is drawn.
    @Test(arguments: [
        "a\u{200D}b", "👨‍👩‍👧", "\u{202E}x", "e\u{301}", "\u{FEFF}", "soft\u{AD}hyphen", "\u{9B}31m",
        "a\u{2028}b", "\u{E0041}",
    ])
    func aFieldKeepsTheTextAsGiven(_ text: String) {
        var pasted = TextArea()
        _ = pasted.paste(text)
        var typed = TextArea()
        for scalar in text.unicodeScalars { _ = typed.handle(.character(Character(scalar))) }
        for area in [TextArea(text), pasted, typed] {
            #expect(Array(area.text.unicodeScalars) == Array(text.unicodeScalars))
            let canvas = Canvas(Size(40, 2))
            area.draw(in: canvas)
            let drawn = canvas.frame.text.unicodeScalars
            #expect(drawn.allSatisfy { Untrusted.isShown($0) || $0 == "\n" })
        }
        guard !text.contains(where: \.isNewline) else { return }
        var line = LineEditor()
        _ = line.paste(text)
        var keyed = LineEditor()
        for scalar in text.unicodeScalars { _ = keyed.handle(.character(Character(scalar))) }
        for editor in [LineEditor(text), line, keyed] {
            #expect(Array(editor.text.unicodeScalars) == Array(text.unicodeScalars))
            let canvas = Canvas(Size(40, 1))
            editor.draw(in: canvas, 0, 0, cells: 30)
            #expect(canvas.frame.text.unicodeScalars.allSatisfy(Untrusted.isShown))
        }
    }

    @Test func longTextScrollsWithTheCursor() {
        var editor = LineEditor("漢字漢字漢字")
        let canvas = Canvas(Size(8, 1))
        editor.draw(in: canvas, 0, 0, cells: 7)
        #expect(canvas.frame.cursor == Point(6, 0))
        #expect(canvas.frame.text == "字漢字")
        _ = editor.handle(.home)
        let other = Canvas(Size(8, 1))
        editor.draw(in: other, 0, 0, cells: 7)
        #expect(other.frame.cursor == Point(0, 0) && other.frame.text == "漢字漢")
    }

    @Test func textAreaSplitsAndJoinsLines() {
        var area = TextArea("one\ntwo")
        _ = area.handle(.home)
        _ = area.handle(.backspace)
        #expect(area.text == "onetwo" && area.column == 3)
        _ = area.handle(.enter)
        #expect(area.text == "one\ntwo" && area.row == 1)
        _ = area.handle(.up)
        _ = area.handle(.end)
        _ = area.handle(.delete)
        #expect(area.text == "onetwo")
        _ = area.paste("X\r\nY")
        #expect(area.text == "oneX\nYtwo" && area.row == 1 && area.column == 1)
        #expect(area.handle(.control("x")) == .accepted && area.handle(.escape) == .cancelled)
    }

    @Test func textAreaShowsTheCursorsLine() {
        let area = TextArea((1...9).map { "line \($0)" }.joined(separator: "\n"))
        let canvas = Canvas(Size(10, 3))
        area.draw(in: canvas)
        #expect(canvas.frame.text == "line 7\nline 8\nline 9")
        #expect(canvas.frame.cursor == Point(6, 2))
        let narrow = Canvas(Size(4, 3))
        TextArea("abcdef").draw(in: narrow)
        #expect(narrow.frame.text == "abc\ndef\n" && narrow.frame.cursor == Point(3, 1))
    }

    @Test func tabsGoRoundAndShowWhichIsOpen() {
        var tabs = Tabs(["Template", "Risk", "Activity"])
        var isTaken = tabs.handle(.previousTab)
        #expect(isTaken && tabs.current == 2)
        isTaken = tabs.handle(.nextTab)
        #expect(isTaken && tabs.current == 0)
        isTaken = tabs.handle(.down)
        #expect(!isTaken)
        let canvas = Canvas(Size(50, 1))
        tabs.draw(in: canvas)
        #expect(canvas.frame.text == " [ Template ]   Risk     Activity")
    }

    @Test func messagesGoByThemselvesAndErrorsStay() {
        var line = StatusLine()
        let start = Instant(milliseconds: 0)
        line.show(.ok, "Paused", offer: "u resume", at: start)
        #expect(line.current(at: start + .seconds(9))?.text == "Paused")
        #expect(line.current(at: start + .seconds(10)) == nil)
        line.show(.info, "hello", at: start)
        #expect(line.current(at: start + .seconds(6)) == nil)
        line.show(.error, "refused\u{1B}[2J", at: start)
        #expect(line.current(at: start + .days(1)) != nil)
        let canvas = Canvas(Size(30, 1))
        line.draw(in: canvas, 0, at: start)
        #expect(canvas.frame.text == " !!  refused␛[2J")
        line.keyPressed(at: start)
        #expect(line.current(at: start) == nil && line.history.count == 3)
    }

    /// What no key asked for waits until an answer was read; what is graver does not.
    @Test func anAnswerIsReadBeforeNews() {
        var line = StatusLine()
        let start = Instant(milliseconds: 0)
        line.show(.warn, "no editor", at: start)
        line.tell(.warn, "not on disk", at: start + .seconds(1))
        #expect(line.current(at: start + .seconds(5))?.text == "no editor")
        #expect(line.current(at: start + .milliseconds(6500))?.text == "not on disk")
        line.show(.info, "sorted", at: start + .seconds(10))
        line.tell(.critical, "engine stopped", at: start + .seconds(10))
        #expect(line.current(at: start + .seconds(10))?.text == "engine stopped")
        line.tell(.info, "runs again", at: start + .seconds(60))
        #expect(line.current(at: start + .seconds(61))?.text == "engine stopped")
        line.keyPressed(at: start + .seconds(62))
        #expect(line.current(at: start + .seconds(62))?.text == "runs again")
        line.show(.error, "refused", at: start + .seconds(63))
        line.show(.info, "sorted", at: start + .seconds(64))
        #expect(line.current(at: start + .seconds(80)) == nil)
    }
}
