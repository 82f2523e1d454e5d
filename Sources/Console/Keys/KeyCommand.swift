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
    // The program
    case cancel, suspend
}

extension KeyCommand {
    /// At the end of a list they do nothing, and nobody wonders.
    static let moving: Set<KeyCommand> = [
        .up, .down, .left, .right, .first, .last, .halfPageUp, .halfPageDown, .pageUp, .pageDown,
    ]

    /// Pauses and closes: they get through whatever else is broken.
    static let safe: Set<KeyCommand> = [.pause, .closePosition, .closeAll]
}

/// Where a binding holds. The raw value is its name.
enum KeyContext: String, CaseIterable, Hashable, Sendable {
    case everywhere, fleet, bot, positions, support, audit, billing
    /// The menu that `a` opens: rare and heavy acts, where no single slip reaches.
    case actions
}
