/// A question before something is done: `y` or a typed word confirms, Enter and Esc do not.
import Core
import Store

/// Cancel has the focus; Enter activates only what has the focus and never confirms danger; for
/// 300 ms after opening only Esc is taken: type-ahead cannot answer (TUI.md 5f, lessons 1, 2).
struct Dialog: Equatable, Sendable {
    enum Question: Equatable, Sendable {
        /// `y` confirms.
        case confirm
        /// The word has to be typed: a bot's label, or `close 5`.
        case typed(String)
    }

    enum Result: Equatable, Sendable { case open, confirmed, cancelled }

    /// A line of the body.
    struct Line: Equatable, Sendable {
        var text: String
        var role: Role

        init(_ text: String, _ role: Role = .text) {
            self.text = text
            self.role = role
        }
    }

    let title: String
    /// LIVE, TEST or PAPER; stands at the right end of the frame.
    let badge: String
    var lines: [Line]
    let question: Question
    /// What the other button says: "Close all".
    let action: String
    let isDangerous: Bool
    /// Why it cannot be confirmed now (read-only mode, stale figures); nil when it can.
    var refusal: String?
    private let openedAt: Instant
    private var editor = LineEditor(limit: 100)
    private var isActionFocused = false

    /// How long a new dialog takes no answer.
    static let guardTime = Span.milliseconds(300)

    init(
        title: String, badge: String = "", lines: [Line], question: Question, action: String,
        isDangerous: Bool = false, refusal: String? = nil, at now: Instant
    ) {
        self.title = title
        self.badge = badge
        self.lines = lines
        self.question = question
        self.action = action
        self.isDangerous = isDangerous
        self.refusal = refusal
        openedAt = now
    }

    /// Whether the typed word is complete (always, when none is asked for).
    var isUnlocked: Bool {
        guard refusal == nil else { return false }
        if case .typed(let word) = question { return editor.text == word }
        return true
    }

    mutating func handle(_ key: Key, at now: Instant) -> Result {
        if key == .escape { return .cancelled }
        guard now - openedAt >= Self.guardTime else { return .open }
        switch (key, question) {
        case (.tab, _), (.backTab, _):
            isActionFocused.toggle()
        case (.enter, .confirm):
            if !isActionFocused { return .cancelled }
            return isUnlocked && !isDangerous ? .confirmed : .open
        case (.enter, .typed):
            return isUnlocked ? .confirmed : .open
        case (.character("y"), .confirm):
            return isUnlocked ? .confirmed : .open
        case (.character("n"), .confirm), (.character("q"), .confirm):
            return .cancelled
        case (_, .typed):
            _ = editor.handle(key)
        default: break
        }
        return .open
    }

    /// A paste is refused: the word is there to make one look.
    mutating func paste(_ text: String) -> Result { .open }

    // MARK: Drawing

    /// In the middle of the canvas, or all of it when that is too small for a frame.
    func draw(in canvas: Canvas) {
        let wanted = Size(width, lines.count + (isTyped ? 6 : 5))
        guard canvas.columns >= wanted.columns, canvas.rows >= wanted.rows else {
            return drawSmall(in: canvas.on(.dialog))
        }
        let box = canvas[canvas.bounds.centred(wanted)].on(.dialog)
        box.fill(nil, " ", .dialog)
        let inner = box.box(isFocused: true, isDangerous ? .dialogDanger : .borderFocus)
        box.text(1, 0, " \(title) ", isDangerous ? .dialogDanger : .dialogTitle)
        if !badge.isEmpty { box.textRight(box.columns - 1, 0, " \(badge) ", badgeRole) }
        for (row, line) in lines.enumerated() {
            inner.text(2, row + 1, line.text, line.role)
        }
        if isTyped { drawPrompt(in: inner, 2, lines.count + 1) }
        drawButtons(in: inner, inner.rows - 1)
    }

    /// A sequence of lines, the last being the question.
    private func drawSmall(in canvas: Canvas) {
        canvas.fill(nil, " ", .dialog)
        let titleRole: Role = isDangerous ? .dialogDanger : .dialogTitle
        canvas.text(0, 0, "\(title) \(badge)", titleRole, cells: canvas.columns)
        let room = max(0, canvas.rows - 2)
        let body = lines.flatMap { line in
            TextWidth.wrapped(Untrusted.display(line.text), to: canvas.columns)
                .map { ($0, line.role) }
        }
        for (row, line) in body.prefix(room).enumerated() {
            canvas.text(0, row + 1, line.0, line.1)
        }
        let last = canvas.rows - 1
        if isTyped {
            drawPrompt(in: canvas, 0, last)
        } else {
            canvas.text(0, last, refusal ?? "y: \(action)  Esc: cancel", .dialogTyped)
            canvas.rest(0, last)
        }
    }

    private func drawPrompt(in canvas: Canvas, _ column: Int, _ row: Int) {
        guard case .typed(let word) = question else { return }
        let shown = Untrusted.display(word)
        let whole = "Type \(shown) to go on: "
        let wanted = TextWidth.of(whole) + TextWidth.of(shown) + 2
        let words = wanted <= canvas.columns - column ? whole : "\(shown)> "
        let taken = canvas.text(column, row, words, .inputPrompt)
        let room = max(1, canvas.columns - column - taken - 1)
        editor.draw(
            in: canvas, column + taken, row, cells: min(room, TextWidth.of(word) + 2),
            .dialogTyped)
    }

    private func drawButtons(in canvas: Canvas, _ row: Int) {
        let cancel = isActionFocused ? "  Cancel  " : "[ Cancel ]"
        var at = 2 + canvas.text(2, row, cancel, isActionFocused ? .button : .buttonFocus) + 2
        let words = isUnlocked ? action : "\(action) (\(refusal ?? "locked"))"
        let role: Role =
            !isUnlocked
            ? .buttonDisabled
            : isActionFocused ? .buttonFocus : isDangerous ? .buttonDanger : .button
        at += canvas.text(at, row, isActionFocused ? "[ \(words) ]" : "  \(words)  ", role)
        canvas.textRight(canvas.columns - 2, row, keys, .inputHint)
        if !isTyped { canvas.rest(isActionFocused ? at - 2 : 2, row) }
    }

    private var keys: String { isTyped ? "Esc cancel" : "y yes  Esc cancel" }

    private var isTyped: Bool {
        if case .typed = question { return true }
        return false
    }

    /// Of `LIVE+PAPER` the first: the gravest leads.
    private var badgeRole: Role {
        if badge.hasPrefix(TradingEnvironment.live.badge) { return .headerLive }
        return badge.hasPrefix(TradingEnvironment.testnet.badge) ? .headerTest : .badgePaper
    }

    /// Cells across, frame included.
    private var width: Int {
        var cells = lines.map { TextWidth.of(Untrusted.display($0.text)) }.max() ?? 0
        cells = max(cells, TextWidth.of(title) + TextWidth.of(badge) + 6)
        if case .typed(let word) = question { cells = max(cells, TextWidth.of(word) * 2 + 20) }
        let locked = refusal.map(TextWidth.of) ?? (isTyped ? 6 : 0)
        cells = max(cells, 10 + 4 + TextWidth.of(action) + locked + 7 + keys.count)
        return cells + 6
    }
}
