/// What a key can mean: the commands that bindings name, <doc:ConsoleRules#Keys>.

/// The raw value is its name.
enum KeyCommand: String, CaseIterable, Hashable, Sendable {
    // Moving
    case up, down, left, right, first, last, open, back, quit, closeTop = "close-top"
    case halfPageUp = "half-page-up", halfPageDown = "half-page-down"
    case pageUp = "page-up", pageDown = "page-down"
    case nextPane = "next-pane", previousPane = "previous-pane"
    case fleet, positions, support, audit, billing
    case nextTab = "next-tab", previousTab = "previous-tab"
    case nextBot = "next-bot", previousBot = "previous-bot", lastView = "last-view"
    case nextMessage = "next-message", previousMessage = "previous-message"
    // Finding and seeing
    case filter
    case palette, help, actions, messages, alerts
    case sort, reverseSort = "reverse-sort", switchView = "switch-view", follow
    case cycleKind = "cycle-kind", freeze, zoom, refresh, repaint
    case copy, showPlain = "show-plain"
    // Marking
    case mark, markRange = "mark-range", invertMarks = "invert-marks", unmark = "unmark-all"
    // Acting on bots
    case pause, resume, closePosition = "close-position", closeAll = "close-all", restart
    case update, rollOut = "roll-out", deploy, start, stop
    case assignKey = "assign-key", sleepSchedule = "sleep-schedule"
    case why
    case topUp = "top-up"
    case changeTemplate = "change-template", cancelCommand = "cancel-command"
    case limitToDefault = "limit-to-default", saveLimits = "save-limits", goToBot = "go-to-bot"
    // Support
    case newTicket = "new-ticket", priority, reply, internalNote = "internal-note"
    case attachLog = "attach-log", closeTicket = "close-ticket", assign, editor
    case showClosed = "show-closed"
    // Menus, dialogs and panels
    case yes, no, save, more, fewer
    case closeFirst = "close-first", leaveOpen = "leave-open"
    // The program
    case cancel, suspend
}

extension KeyCommand {
    /// At the end of a list they do nothing, and nobody wonders.
    static let moving: Set<KeyCommand> = [
        .up, .down, .left, .right, .first, .last, .halfPageUp, .halfPageDown, .pageUp, .pageDown,
    ]

    /// How many lines it moves by in a text or a small list; nil for what does not move.
    /// - Parameter half: of half a page, where that is no half of one.
    func lines(page: Int, half: Int? = nil) -> Int? {
        switch self {
        case .down: 1
        case .up: -1
        case .halfPageDown: half ?? max(1, page / 2)
        case .halfPageUp: -(half ?? max(1, page / 2))
        case .pageDown: max(1, page)
        case .pageUp: -max(1, page)
        case .first: -1_000_000
        case .last: 1_000_000
        default: nil
        }
    }

    /// A place among `count` lines or entries after this command.
    func moved(_ place: Int, of count: Int, page: Int = 10, half: Int? = nil) -> Int {
        min(max(0, place + (lines(page: page, half: half) ?? 0)), max(0, count - 1))
    }

    /// Pauses and closes: they get through whatever else is broken.
    static let safe: Set<KeyCommand> = [.pause, .closePosition, .closeAll]
}

/// Where a binding holds. The raw value is its name.
enum KeyContext: String, CaseIterable, Hashable, Sendable {
    case everywhere, fleet, bot, positions, support, audit, billing
    /// The menu that `a` opens: rare and heavy acts, where no single slip reaches.
    case actions
    // Over a screen, where nothing holds but these.
    case menu, panel, why, question, stop, field, help, deploy, rollout, writing

    var isOverlay: Bool { Self.overlays.contains(self) }

    private static let overlays: Set<KeyContext> = [
        .menu, .panel, .why, .question, .stop, .field, .help, .deploy, .rollout, .writing,
    ]
}
