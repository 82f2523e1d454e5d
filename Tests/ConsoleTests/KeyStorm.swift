/// Random keys of one seed, and the judgement on every command that left because of them.
import Core
import Store

@testable import Console

/// What would a wrong key do? Nothing changes unless its dialog was open long enough to be read,
/// was on the last picture, and was answered by the key that it names.
final class KeyStorm {
    let console: LiveConsole
    private(set) var slips: [String] = []
    /// Commands that passed, by verb: a storm that confirms nothing proves nothing.
    private(set) var verbs: [String: Int] = [:]
    private(set) var presses = 0
    private var dice: Randomness
    /// The layers as they stood at the last picture, and since when.
    private var layers: [String] = []
    private var openSince: Instant
    /// Letters since the top layer opened; nil once they were edited in other ways.
    private var typed: String? = ""
    private var submits = 0

    init(_ console: LiveConsole, seed: UInt64) {
        self.console = console
        dice = Randomness(seed: seed)
        openSince = console.wall
        console.onSubmit = { [unowned self] in judge($0, because: $1, $2) }
    }

    // MARK: Judgement

    private func judge(_ command: Command, because event: ConsoleEvent, _ before: ConsoleState) {
        if command.verb.hasSuffix("-preview") { return }
        submits += 1
        verbs[command.verb, default: 0] += 1
        guard case .key(let key) = event else {
            return slips.append("\(command.verb) without a key: \(event)")
        }
        if let why = unconfirmed(command, key, before) {
            slips.append("\(command.verb) by \(key.name) after \(presses) keys: \(why)")
        }
    }

    /// Why a command should not have left; nil when it was asked for and confirmed.
    private func unconfirmed(_ command: Command, _ key: Key, _ before: ConsoleState) -> String? {
        let undo = before.around.undo
        if before.overlays.isEmpty, key == .character("u"), undo?.command == command { return nil }
        if command.verb.hasPrefix("ticket"), before.overlays.isEmpty {
            return before.top?.takesText == true ? nil : "no field was open"
        }
        guard let top = before.overlays.last else { return "no dialog was open" }
        guard layers.last == top.name else { return "\(top.name) was on no picture yet" }
        if command.verb.hasPrefix("ticket"), top is ListMenu { return nil }
        guard console.wall - openSince >= .milliseconds(300) else { return "too soon" }
        switch top {
        case is LineQuestion: return key == .character("y") ? nil : "not by y"
        case is ReasonPrompt:
            return key == .enter && typed?.isEmpty != true ? nil : "without a reason"
        case let dialog as ConfirmDialog: return unanswered(dialog.dialog, key)
        case let dialog as CloseDialog: return unanswered(dialog.dialog, key)
        default: return "\(top.name) is no question"
        }
    }

    private func unanswered(_ dialog: Dialog, _ key: Key) -> String? {
        switch dialog.question {
        case .confirm:
            // Enter confirms only where the person has moved to the button, never danger.
            if key == .enter, !dialog.isDangerous, dialog.focus == .action { return nil }
            return key == .character("y") ? nil : "not by y"
        case .typed(let word):
            guard key == .enter else { return "not by Enter" }
            guard dialog.focus == .action else { return "Enter was not on the button" }
            return typed == nil || typed == word ? nil : "typed \(typed ?? "")"
        case .again: return "the figures were void"
        }
    }

    /// The last picture.
    private var picture: Frame?

    /// Every colour that is seen is one whose contrast is checked.
    private static let checkedPairs = Set(DrawnPairs.all)

    // MARK: Pressing

    /// One event, then a picture, as the loop does it.
    func send(_ event: ConsoleEvent) throws {
        presses += 1
        let size = console.state.around.size
        try console.send(event)
        note(event)
        try look(at: console.frame(), was: size)
    }

    private func note(_ event: ConsoleEvent) {
        let now = console.state.overlays.map(\.name)
        if now != layers {
            layers = now
            openSince = console.wall
            typed = ""
            return
        }
        switch event {
        case .key(.character(let character)): typed?.append(character)
        case .key(.backspace): _ = typed?.popLast()
        case .key(.enter), .key(.tab), .key(.backTab), .tick, .board, .focus, .resize: break
        case .key, .paste: typed = nil
        default: break
        }
    }

    /// The picture is whole: every cell filled, no half of a wide character, the cursor on it.
    private func look(at frame: Frame, was size: Size) throws {
        let size = console.state.around.size
        // Traps where what changed would not be painted whole.
        _ = frame.changes(from: picture)
        picture = frame
        if frame.size != size { slips.append("a picture of \(frame.size) for \(size)") }
        if frame.cells.count != size.columns * size.rows { slips.append("cells are missing") }
        for pair in frame.visiblePairs.subtracting(Self.checkedPairs) {
            slips.append("\(pair.role.name) on \(pair.ground.name) is no pair of DrawnPairs")
        }
        for row in 0..<size.rows where TextWidth.of(frame.line(row)) != size.columns {
            slips.append("row \(row) is \(TextWidth.of(frame.line(row))) of \(size.columns) cells")
        }
        if let cursor = frame.cursor,
            !(0..<max(1, size.columns) ~= cursor.column && 0..<max(1, size.rows) ~= cursor.row)
        {
            slips.append("the cursor stands at \(cursor) of \(size)")
        }
        let changes = try console.commandCount()
        if changes > submits * 6 { slips.append("\(changes) changes by \(submits) commands") }
    }

    /// Until that many events were sent.
    func blow(_ count: Int) throws {
        while presses < count, slips.count < 5 {
            switch dice.integer(in: 0...99) {
            case 0..<45: try press(Self.common[dice.integer(in: 0...Self.common.count - 1)])
            case 45..<60: try press(anyKey())
            case 60..<75: try habit()
            case 75..<80: try send(.paste(junk()))
            case 80..<84: try resize()
            case 84..<88: try escapeSequence()
            case 88..<91: try send(.focus(dice.chance(1, in: 2)))
            case 91..<96: try wait()
            default: try weather()
            }
        }
    }

    private func press(_ key: Key) throws {
        console.pass(.milliseconds(Int64(dice.integer(in: 1...700))))
        try send(.key(key))
    }

    private static let common: [Key] =
        "jkhlgGpuXRxaDTUAZOyynq123490B-[]<>/:?svVS*z.cdwWMrENiPeft"
        .map { Key.character($0) } + [.enter, .enter, .escape, .escape, .tab, .space, .down, .up]

    private func anyKey() -> Key {
        switch dice.integer(in: 0...5) {
        case 0: .function(dice.integer(in: 1...12))
        case 1: .control(Character(Unicode.Scalar(UInt8(dice.integer(in: 97...122)))))
        case 2:
            [.backTab, .backspace, .delete, .insert, .pageUp, .pageDown, .home, .end]
                .randomElement(&dice)
        default: .character(scalar())
        }
    }

    private func scalar() -> Character {
        let value = UInt32(dice.integer(in: dice.chance(1, in: 2) ? 0x20...0x7E : 0xA0...0x1F9FF))
        return Unicode.Scalar(value).map(Character.init) ?? "\u{FFFD}"
    }

    private func junk() -> String {
        String((0..<dice.integer(in: 0...40)).map { _ in scalar() })
    }

    /// What people do: open a question and answer it, right or nearly right.
    private func habit() throws {
        for key in [Key.escape, .escape, .character("1")] { try press(key) }
        if dice.chance(2, in: 3) { try console.engine(runs: true) }
        let labels = console.state.around.fleet?.rows.map(\.label) ?? []
        let label = labels.isEmpty ? "x" : labels[dice.integer(in: 0...labels.count - 1)]
        let current = console.state.top?.currentBot(console.state.around)?.label ?? label
        let scripts = [
            ["p", "y"], ["u", "y"], ["R", "y"], ["a", "U", "y"], ["a", "O", "+", "<", "y"],
            ["X", current, "<"], ["X", label, "<"], ["a", "T", "y"], ["a", "T", "c", current, "<"],
            ["a", "T", "l", current, "<"], ["a", "D", "bot-\(presses)", "<", "y"],
            ["a", "A", "<", "y"],
            [":", "pause \(label)", "<", "y"], [":", "fleet", "<"], ["/", label, "<"],
            ["V", "j", "p", "y"], ["x", "y"], ["*", "X", "close \(labels.count)", "<"], ["p", "u"],
        ]
        for word in scripts[dice.integer(in: 0...scripts.count - 1)] {
            if word == "<" { try press(.enter) } else { for key in word { try type(key) } }
            if dice.chance(1, in: 12) { return }
        }
    }

    private func type(_ character: Character) throws {
        console.pass(.milliseconds(Int64(dice.integer(in: 250...600))))
        try send(.key(.character(character)))
    }

    private func resize() throws {
        let sizes = [(80, 24), (160, 48), (40, 12), (20, 5), (1, 1), (300, 100), (79, 23), (7, 3)]
        let some = sizes[dice.integer(in: 0...sizes.count - 1)]
        try send(.resize(Size(some.0, some.1)))
    }

    /// Bytes as a broken line sends them, through the decoder and the safeguard against pastes.
    private func escapeSequence() throws {
        var input = KeyInput()
        var now = Span.seconds(0)
        for _ in 0..<dice.integer(in: 1...12) {
            let bytes: [UInt8]
            switch dice.integer(in: 0...3) {
            case 0:
                bytes = (0..<dice.integer(in: 1...6)).map { _ in UInt8(dice.integer(in: 0...255)) }
            case 1: bytes = Array("\u{1B}O\(["A", "P", "x", "5C"].randomElement(&dice))".utf8)
            default: bytes = Array("\u{1B}[\(dice.integer(in: 0...300))~".utf8)
            }
            now = now + .milliseconds(Int64(dice.integer(in: 0...60)))
            input.expire(at: now)
            input.take(bytes, at: now)
        }
        var queue = InputQueue()
        queue.add(input.events(), at: now)
        while let event = queue.next(takesText: console.state.takesText) { try send(event) }
    }

    private func wait() throws {
        console.pass(.milliseconds(Int64(dice.integer(in: 100...40_000))))
        try send(.tick)
    }

    /// The world goes on; the engine goes and comes.
    private func weather() throws {
        switch dice.integer(in: 0...5) {
        case 0: try console.engine(runs: false)
        case 1: try console.advance(.minutes(Int64(dice.integer(in: 1...30))))
        case 2: try console.advance(.seconds(Int64(dice.integer(in: 1...60))))
        default: try console.engine(runs: true)
        }
        note(.tick)
    }
}

extension Array {
    fileprivate func randomElement(_ dice: inout Randomness) -> Element {
        self[dice.integer(in: 0...count - 1)]
    }
}
