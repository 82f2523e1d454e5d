/// Everything the console knows; a value, so that every picture can be made from it again.
import Core
import Store

/// Changed by ``update(_:at:)`` only; drawn by ``view(_:in:_:)``.
struct ConsoleState: Sendable {
    var around: Surroundings
    /// The section at the bottom, what was opened from it above; the last one is seen.
    var screens: [any Screen]
    /// Dialogs, menus, help; the last one takes the keys.
    var overlays: [any Overlay] = []
    /// The `/` prompt while it is open.
    var prompt: FilterPrompt?
    /// Sections as they were left, by name: cursor, sort and filter survive.
    var sections: [String: any Screen] = [:]
    /// The stack that `-` goes back to.
    var lastScreens: [any Screen] = []
    /// What the loop was told to watch.
    var watched: [BoardRequest] = []
    /// The newest board of each request that is watched, for screens that open meanwhile.
    var boards: [BoardRequest: Board] = [:]
    /// First part of every idempotency key; differs between consoles and runs.
    let session: String
    var commandCount = 0
    /// A dialog that waits for what the engine foresees.
    var waitingDialog: ConfirmDialog?
    /// When ^C was last pressed (wall).
    var interruptedAt: Instant?
    /// When the bell last rang (wall): at most one in ten seconds.
    var rungAt: Instant?
    /// A paste has begun and its end has not come.
    var isPasting = false
    /// Filters that were typed, the newest last.
    var filterHistory: [String] = []
    /// Gathered while one event is handled.
    var effects: [ConsoleEffect] = []

    /// - Parameters:
    ///   - session: unique among consoles that ever spoke to this engine.
    ///   - destination: the first screen; a bot's page stands on the fleet.
    init(size: Size, session: String, at destination: Destination = .fleet) {
        around = Surroundings(size: size)
        self.session = session
        screens = []
        start(at: destination)
    }

    /// Opens the first screens; used again when the destination of `--view` has been looked up.
    mutating func start(at destination: Destination) {
        screens = []
        if !destination.isRoot, let fleet = ScreenDirectory.screen(for: .fleet, around) {
            screens.append(fleet)
        }
        if let screen = ScreenDirectory.screen(for: destination, around) { screens.append(screen) }
    }

    var top: (any Screen)? { screens.last }

    /// What has to be read for the picture to be right, each once.
    var wants: [BoardRequest] {
        var result: [BoardRequest] = [.fleet]
        for want in (top?.wants(around) ?? []) + overlays.flatMap(\.wants)
        where !result.contains(want) {
            result.append(want)
        }
        return result
    }

    /// Why the person may not see the top screen: its first board, without which it is nothing.
    var refusalOfTop: Refusal? {
        guard let first = top?.wants(around).first, case .refused(_, let refusal)? = boards[first]
        else { return nil }
        return refusal
    }

    /// Letters go into a field now, so that a burst of them is no paste.
    var takesText: Bool {
        if let overlay = overlays.last { return overlay.takesText }
        return prompt != nil || top?.takesText == true
    }
}

/// The line in which a filter is typed; the view follows each key.
struct FilterPrompt: Equatable, Sendable {
    var editor: LineEditor
    /// What was in force before, for Esc.
    let before: String
    /// Index in the history while walking it with Up and Down; nil: what was typed.
    var historyIndex: Int?

    static let nothingHere = "there is nothing to filter here"

    init(_ text: String) {
        editor = LineEditor(text, limit: 200)
        before = text
    }
}
