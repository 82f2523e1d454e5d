/// A question before something is done: Enter does what is lit, `y` or a typed word confirms.
import Core
import Store

/// Cancel has the focus when it opens. The right word moves the focus to the button; a wrong one
/// leaves it in the field, and Enter says so. Danger without a word is confirmed by `y` alone: its
/// button never gets the focus. For 300 ms after opening only Esc is taken: type-ahead cannot
/// answer.
struct Dialog: Equatable, Sendable {
    enum Question: Equatable, Sendable {
        /// `y` confirms.
        case confirm
        /// The word has to be typed: a bot's label, or `close 5`.
        case typed(String)
        /// What it showed is void; Enter looks again.
        case again
    }

    enum Result: Equatable, Sendable { case open, confirmed, cancelled }

    /// What Enter is about.
    enum Focus: Equatable, Sendable { case cancel, field, action }

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
    private(set) var question: Question
    /// What the other button says: "Close all".
    private(set) var action: String
    let isDangerous: Bool
    /// Why it cannot be confirmed now (read-only mode); nil when it can.
    let refusal: String?
    /// Until when (world) its figures were true; nil where it shows none.
    let asOf: Instant?
    /// What the last key did not do, and what does.
    private(set) var notice = ""
    private(set) var focus = Focus.cancel
    /// What is drawn as the focus.
    private var lit: Focus { off.contains(.litButton) ? .cancel : focus }
    private let off: Switches<ScreenSafeguard>
    private let keymap: Keymap
    private let openedAt: Instant
    private var editor = LineEditor(limit: 100)

    /// How long a new dialog takes no answer.
    static let typeAheadTime = Span.milliseconds(300)

    init(
        title: String, badge: String = "", lines: [Line], question: Question, action: String,
        isDangerous: Bool = false, refusal: String? = nil, asOf: Instant? = nil, at now: Instant,
        keymap: Keymap = Keymap(), off: Switches<ScreenSafeguard> = []
    ) {
        self.keymap = keymap
        self.title = title
        self.badge = badge
        self.lines = lines
        self.question = question
        self.action = action
        self.isDangerous = isDangerous
        self.refusal = refusal
        self.asOf = asOf
        self.off = off
        openedAt = now
    }

    /// The same with a word to be typed instead of a plain yes.
    func asking(for word: String, at now: Instant) -> Dialog {
        Dialog(
            title: title, badge: badge, lines: lines, question: .typed(word), action: action,
            isDangerous: true, refusal: refusal, asOf: asOf, at: now,
            keymap: keymap, off: off)
    }

    /// Whether the typed word is complete (always, when none is asked for).
    var isUnlocked: Bool {
        guard refusal == nil else { return false }
        if case .typed(let word) = question { return editor.text == word }
        return true
    }

    /// Its figures are void: the button looks again, and has the focus.
    mutating func expire(_ words: String) {
        question = .again
        action = "Look again"
        notice = words
        focus = .action
    }

    /// Letters are text where a word is typed.
    var keyContext: KeyContext { isTyped ? .field : .question }

    mutating func handle(_ command: KeyCommand, at now: Instant) -> Result {
        if command == .closeTop { return .cancelled }
        guard now - openedAt >= Self.typeAheadTime else { return .open }
        if question != .again { notice = "" }
        switch (command, question) {
        case (.nextPane, _), (.previousPane, _): moveFocus()
        case (.open, _): return enter()
        case (.yes, _):
            if isUnlocked { return .confirmed }
            notice = refusal ?? ""
        case (.no, .confirm): return .cancelled
        default: break
        }
        return .open
    }

    /// A key that is no command: part of the word, where one is typed.
    mutating func type(_ key: Key, at now: Instant) -> Result {
        guard now - openedAt >= Self.typeAheadTime else { return .open }
        if question != .again { notice = "" }
        if isTyped { type(key) }
        return .open
    }

    private mutating func enter() -> Result {
        switch focus {
        case .cancel: return .cancelled
        case .action: return isUnlocked ? .confirmed : .open
        case .field:
            notice = refusal ?? "not the word yet: type it as it stands"
            return .open
        }
    }

    private mutating func type(_ key: Key) {
        guard editor.handle(key) == .changed else { return }
        focus = editor.isEmpty ? .cancel : isUnlocked ? .action : .field
    }

    /// To the button where Enter may press it, else to the field; and back to Cancel.
    private mutating func moveFocus() {
        guard focus == .cancel else {
            focus = .cancel
            return
        }
        if isTyped {
            focus = isUnlocked ? .action : .field
        } else if isUnlocked, !isDangerous || question == .again {
            focus = .action
        } else {
            notice = refusal ?? "\(key(.yes)) confirms; \(key(.open)) never does here"
        }
    }

    /// A paste is refused: the word is there to make one look.
    mutating func paste(_ text: String) -> Result { .open }

    /// For the last line of the screen: what Enter does now.
    var hints: [KeyHint] {
        var hints = [KeyHint(keys: key(.open), label: enterWords, isDangerous: focus == .action)]
        if question == .confirm, focus != .action, isUnlocked {
            hints.append(
                KeyHint(keys: key(.yes), label: action.lowercased(), isDangerous: isDangerous))
        }
        return hints + [KeyHint(keys: key(.closeTop), label: "cancel", isDangerous: false)]
    }

    /// The first key of a command, as the table has it.
    func key(_ command: KeyCommand) -> String { keymap.names(of: [command], in: keyContext) }

    var enterWords: String {
        switch focus {
        case .cancel: "cancel"
        case .field: "check the word"
        case .action: action.lowercased()
        }
    }

    // MARK: Drawing

    /// In the middle of the canvas, or all of it when that is too small for a frame.
    func draw(in canvas: Canvas) {
        let wanted = Size(width, lines.count + (isTyped ? 6 : 5))
        let area = canvas.middle(wanted)
        guard area.size == wanted else { return drawSmall(in: canvas.on(.dialog)) }
        let box = canvas.raised(area)
        let inner = box.box(isFocused: true, isDangerous ? .dialogDanger : .borderFocus)
        box.text(1, 0, " \(title) ", isDangerous ? .dialogDanger : .dialogTitle)
        if !badge.isEmpty { box.textRight(box.columns - 1, 0, " \(badge) ", badgeRole) }
        for (row, line) in lines.enumerated() {
            inner.text(2, row + 1, line.text, line.role)
        }
        if isTyped { drawPrompt(in: inner, 2, lines.count + 1) }
        inner.text(
            2, inner.rows - 2,
            TextWidth.truncated(Untrusted.display(notice), to: inner.columns - 3),
            .inputError)
        drawButtons(in: inner, inner.rows - 1)
        if let asOf {
            box.textRight(
                box.columns - 2, box.rows - 1, " as of \(asOf.clockText)Z ", .textDim)
        }
    }

    func drawPrompt(in canvas: Canvas, _ column: Int, _ row: Int) {
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

    func drawButtons(
        in canvas: Canvas, _ row: Int, at column: Int = 2, hasKeys: Bool = true
    ) {
        let isOnCancel = lit == .cancel
        let isOnAction = lit == .action
        let cancel = isOnCancel ? "[ Cancel ]" : "  Cancel  "
        let cancelRole: Role = isOnCancel ? .buttonFocus : .button
        var at = column + canvas.text(column, row, cancel, cancelRole) + 2
        let words = isUnlocked ? action : "\(action) (\(refusal ?? "locked"))"
        let role: Role =
            !isUnlocked
            ? .buttonDisabled
            : isOnAction ? .buttonFocus : isDangerous ? .buttonDanger : .button
        at += canvas.text(at, row, isOnAction ? "[ \(words) ]" : "  \(words)  ", role)
        guard hasKeys else { return }
        canvas.textRight(canvas.columns - 2, row, keys, .inputHint)
        if !isTyped { canvas.rest(isOnAction ? at - 2 : column, row) }
    }

    private var keys: String {
        let leave = "\(key(.closeTop)) cancel"
        return question == .confirm
            ? "\(key(.yes)) yes  \(leave)" : "\(key(.open)) \(enterWords)  \(leave)"
    }

    var isTyped: Bool {
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
        let longest = max(keys.count, "Enter check the word  Esc cancel".count)
        cells = max(cells, 10 + 4 + TextWidth.of(action) + locked + 7 + longest)
        return cells + 6
    }
}
