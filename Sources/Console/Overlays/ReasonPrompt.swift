/// Asks why, where a rule wants a reason: a kill-switch reset, an act of staff.
import Core
import Store

struct ReasonPrompt: Overlay {
    let name = "reason"
    let keyContext = KeyContext.field
    let title: String
    let lines: [String]
    private let prompt: String
    private let openedAt: Instant
    /// Until when (world) its lines were true.
    private var asOf: Instant?
    private var editor = LineEditor(bytes: TextRules.maxReason)
    /// Makes the command of the reason.
    private let then: @Sendable (String) -> ScreenAction

    init(
        title: String, lines: [String], prompt: String = "Reason: ", _ around: Surroundings,
        then: @escaping @Sendable (String) -> ScreenAction
    ) {
        self.title = title
        self.lines = lines
        self.prompt = prompt
        self.then = then
        openedAt = around.wall
    }

    var takesText: Bool { true }

    mutating func opened(at now: Instant) { asOf = now }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer {
        if command == .closeTop { return .close }
        guard command == .open, !isTooSoon(around) else { return .stay }
        let reason = editor.text
        guard reason.contains(where: { !$0.isWhitespace }) else {
            let leave = around.keymap.names(of: [.closeTop], in: keyContext)
            return .stay(
                .say(
                    .warn,
                    prompt == "Reason: "
                        ? "a reason is needed; \(leave) leaves it as it is"
                        : "something must be written; \(leave) cancels"))
        }
        return .close(then(reason))
    }

    mutating func type(_ key: Key, _ around: Surroundings) -> OverlayAnswer {
        if !isTooSoon(around) { _ = editor.handle(key) }
        return .stay
    }

    private func isTooSoon(_ around: Surroundings) -> Bool {
        around.wall - openedAt < Dialog.typeAheadTime
    }

    mutating func paste(_ text: String, _ around: Surroundings) -> OverlayAnswer {
        guard editor.paste(text) == .full else { return .stay }
        return .stay(.say(.warn, editor.tooLong(text)))
    }

    func hints(_ around: Surroundings) -> [KeyHint] {
        [hint(.open, to: "do it", around), hint(.closeTop, to: "cancel", around)]
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        let width = min(canvas.columns, max(60, (lines.map { TextWidth.of($0) }.max() ?? 0) + 4))
        let inner = canvas.panel(title: title, Size(width, lines.count + 5))
        if let asOf {
            let box = canvas[canvas.middle(Size(width, lines.count + 5))].on(.dialog)
            box.textRight(
                box.columns - 2, box.rows - 1, " as of \(asOf.clockText)Z ", .textDim)
        }
        for (row, line) in lines.enumerated() {
            inner.text(1, row, line, .text, cells: max(0, inner.columns - 2))
        }
        let row = min(lines.count + 1, inner.rows - 1)
        let taken = inner.text(1, row, prompt, .inputPrompt)
        editor.draw(in: inner, 1 + taken, row, cells: max(1, inner.columns - taken - 2))
    }
}
