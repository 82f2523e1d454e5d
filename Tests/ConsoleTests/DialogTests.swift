/// Dialogs: nothing dangerous happens by Enter, by type-ahead or by paste.
import Core
import Store
import Testing

@testable import Console

@Suite struct DialogTests {
    private let start = Instant(milliseconds: 1_000)
    private var later: Instant { start + .milliseconds(300) }

    private func dialog(
        _ question: Dialog.Question = .confirm, isDangerous: Bool = true, refusal: String? = nil
    ) -> Dialog {
        Dialog(
            title: "PAUSE & CLOSE ALL", badge: "LIVE",
            lines: [
                .init("btc-grid-09   4 positions   notional 21,640"), .init(""),
                .init("This cannot be undone.", .textStrong),
            ],
            question: question, action: "Close all", isDangerous: isDangerous, refusal: refusal,
            at: start)
    }

    @Test func enterCancelsWhileCancelHasTheFocus() {
        var dialog = dialog()
        #expect(dialog.handle(.enter, at: later) == .cancelled)
    }

    @Test func typeAheadIsThrownAway() {
        var dialog = dialog()
        #expect(dialog.handle(.character("y"), at: start + .milliseconds(299)) == .open)
        #expect(dialog.handle(.character("y"), at: later) == .confirmed)
    }

    @Test func enterNeverConfirmsDanger() {
        var dangerous = dialog()
        _ = dangerous.handle(.tab, at: later)
        #expect(dangerous.handle(.enter, at: later) == .cancelled)
        var harmless = dialog(isDangerous: false)
        _ = harmless.handle(.tab, at: later)
        #expect(harmless.handle(.enter, at: later) == .confirmed)
    }

    @Test func typedWordHasToBeComplete() {
        var dialog = dialog(.typed("btc-y"))
        for character in "btc-" { _ = dialog.handle(.character(character), at: later) }
        #expect(dialog.handle(.enter, at: later) == .open && !dialog.isUnlocked)
        #expect(dialog.handle(.character("y"), at: later) == .open)
        #expect(dialog.isUnlocked && dialog.handle(.enter, at: later) == .confirmed)
    }

    @Test func pasteDoesNotType() {
        var dialog = dialog(.typed("btc"))
        #expect(dialog.paste("btc") == .open)
        #expect(!dialog.isUnlocked)
    }

    @Test func refusedDialogsCannotBeConfirmed() {
        var dialog = dialog(refusal: "read-only, :rw leaves it")
        #expect(dialog.handle(.character("y"), at: later) == .open)
        #expect(dialog.handle(.escape, at: start) == .cancelled)
    }

    @Test(arguments: ["LIVE", "LIVE+PAPER"]) func liveIsSeenBesideOthers(_ badge: String) {
        let canvas = Canvas(Size(80, 24), .ascii)
        Dialog(
            title: "Update 2 bots", badge: badge, lines: [], question: .confirm, action: "Update",
            isDangerous: false, refusal: nil, at: start
        ).draw(in: canvas)
        #expect(canvas.frame.cells.contains { $0.role == .headerLive })
    }

    @Test func everythingIsOnTheScreen() {
        let canvas = Canvas(Size(80, 24), .ascii)
        dialog(.typed("btc-grid-09")).draw(in: canvas)
        let text = canvas.frame.text
        for words in [
            "PAUSE & CLOSE ALL", "LIVE", "notional 21,640", "Type btc-grid-09 to go on:",
            "[ Cancel ]", "Close all (locked)", "Esc cancel",
        ] {
            #expect(text.contains(words), "\(words) is missing in\n\(text)")
        }
        #expect(canvas.frame.cursor != nil)
    }

    @Test(arguments: [Size(40, 12), Size(20, 5), Size(3, 2), Size(1, 1)])
    func smallScreensShowLinesAndTheQuestion(_ size: Size) {
        let canvas = Canvas(size)
        dialog().draw(in: canvas)
        if size.columns >= 20 { #expect(canvas.frame.line(size.rows - 1).contains("y: Close all")) }
        #expect(canvas.frame.cursor == Point(0, size.rows - 1))
    }

    /// Where there is no room for a frame: the buttons, the age of the figures, and how much of the
    /// text is not seen.
    @Test(arguments: [(Size(60, 20), false), (Size(40, 14), false), (Size(40, 9), true)])
    func withoutAFrameNothingIsLeftOutSilently(_ size: Size, _ isCut: Bool) {
        for question in [Dialog.Question.confirm, .typed("btc-y")] {
            let canvas = Canvas(size, .ascii)
            Dialog(
                title: "CLOSE", badge: "LIVE",
                lines: (1...7).map { Dialog.Line("line \($0)") }
                    + [Dialog.Line(String(repeating: "w", count: 79))],
                question: question, action: "Close all", isDangerous: true, refusal: nil,
                asOf: start, at: start
            ).draw(in: canvas)
            let text = canvas.frame.text
            for words in ["[ Cancel ]", "Close all", "as of 00:00:01Z"] {
                #expect(text.contains(words), "\(words)\n\(text)")
            }
            #expect(text.contains("for which there is no room") == isCut, "\(text)")
        }
    }
}

extension Dialog {
    /// A key by the table, as an overlay hands it on.
    mutating func handle(_ key: Key, at now: Instant) -> Result {
        guard let command = Keymap().command(of: key, in: keyContext) else {
            return type(key, at: now)
        }
        return handle(command, at: now)
    }
}
