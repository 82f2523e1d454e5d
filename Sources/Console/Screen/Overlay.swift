/// Something over a screen that takes all keys until it closes: a dialog, a menu, help, palette.
import Core
import Store

/// Its keys come from the one table, as those of a screen do; text is typed where it has a field.
protocol Overlay: Sendable {
    /// `dialog`, `help`, `palette`: for tests and `plutarc screen`.
    var name: String { get }
    /// Whose keys hold in it, and no others.
    var keyContext: KeyContext { get }
    /// The key of this command opened it, and closes it again.
    var openedBy: KeyCommand? { get }
    var wants: [BoardRequest] { get }
    /// Letters are text here; a burst of them is no paste.
    var takesText: Bool { get }
    mutating func receive(_ board: Board, _ around: Surroundings) -> OverlayAnswer
    /// It is opened now (world): what it shows and does not read again is as of then.
    mutating func opened(at now: Instant)
    /// Something changed around it: what it says of other keys is looked up again.
    mutating func refresh(_ state: ConsoleState)
    /// A key that is its own before any command: the letter of an entry. Nil: it is none.
    mutating func takeOwn(_ key: Key, _ around: Surroundings) -> OverlayAnswer?
    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer
    /// A key that means no command here: text, where it has a field.
    mutating func type(_ key: Key, _ around: Surroundings) -> OverlayAnswer
    mutating func paste(_ text: String, _ around: Surroundings) -> OverlayAnswer
    mutating func tick(_ around: Surroundings) -> OverlayAnswer
    /// Hints for the last row while it is open; empty leaves the screen's.
    func hints(_ around: Surroundings) -> [KeyHint]
    /// Draws over the whole screen; `canvas` is all of it.
    func draw(in canvas: Canvas, _ around: Surroundings)
}

/// What an overlay made of an event.
struct OverlayAnswer: Sendable {
    /// It is done: take it away before its actions are performed.
    var closes: Bool
    var actions: [ScreenAction]

    static let stay = OverlayAnswer(closes: false, actions: [])
    static let close = OverlayAnswer(closes: true, actions: [])

    static func close(_ actions: ScreenAction...) -> OverlayAnswer {
        OverlayAnswer(closes: true, actions: actions)
    }

    static func stay(_ actions: ScreenAction...) -> OverlayAnswer {
        OverlayAnswer(closes: false, actions: actions)
    }
}

extension Overlay {
    var openedBy: KeyCommand? { nil }
    var wants: [BoardRequest] { [] }
    var takesText: Bool { false }
    mutating func receive(_ board: Board, _ around: Surroundings) -> OverlayAnswer { .stay }
    mutating func opened(at now: Instant) {}
    mutating func refresh(_ state: ConsoleState) {}
    mutating func takeOwn(_ key: Key, _ around: Surroundings) -> OverlayAnswer? { nil }
    mutating func type(_ key: Key, _ around: Surroundings) -> OverlayAnswer { .stay }
    mutating func paste(_ text: String, _ around: Surroundings) -> OverlayAnswer { .stay }
    mutating func tick(_ around: Surroundings) -> OverlayAnswer { .stay }
    func hints(_ around: Surroundings) -> [KeyHint] { [] }

    /// What a key means here, by the table.
    mutating func press(_ key: Key, _ around: Surroundings) -> OverlayAnswer {
        if let answer = takeOwn(key, around) { return answer }
        if let command = around.keymap.command(of: key, in: keyContext) {
            return handle(command, around)
        }
        if let openedBy, around.keymap.bindings.contains(where: {
            $0.command == openedBy && $0.keys.contains(key)
        }) { return .close }
        return type(key, around)
    }

    /// A hint in the keys of the table: `jk move`.
    func hint(_ commands: KeyCommand..., to label: String, _ around: Surroundings) -> KeyHint {
        KeyHint(
            keys: around.keymap.names(of: commands, in: keyContext), label: label,
            isDangerous: false)
    }
}
