/// What a key can mean: the commands that bindings name, <doc:ConsoleRules#Keys>.

/// Its name says what it is; an act on bots declares its own beside its other words.
struct KeyCommand: Hashable, Sendable {
    let rawValue: String

    init(_ name: String) { rawValue = name }
}

extension KeyCommand {
    // Moving
    static let up = KeyCommand("up")
    static let down = KeyCommand("down")
    static let left = KeyCommand("left")
    static let right = KeyCommand("right")
    static let first = KeyCommand("first")
    static let last = KeyCommand("last")
    static let open = KeyCommand("open")
    static let back = KeyCommand("back")
    static let quit = KeyCommand("quit")
    static let closeTop = KeyCommand("close-top")
    static let halfPageUp = KeyCommand("half-page-up")
    static let halfPageDown = KeyCommand("half-page-down")
    static let pageUp = KeyCommand("page-up")
    static let pageDown = KeyCommand("page-down")
    static let nextPane = KeyCommand("next-pane")
    static let previousPane = KeyCommand("previous-pane")
    static let fleet = KeyCommand("fleet")
    static let positions = KeyCommand("positions")
    static let support = KeyCommand("support")
    static let audit = KeyCommand("audit")
    static let billing = KeyCommand("billing")
    static let nextTab = KeyCommand("next-tab")
    static let previousTab = KeyCommand("previous-tab")
    static let nextBot = KeyCommand("next-bot")
    static let previousBot = KeyCommand("previous-bot")
    static let lastView = KeyCommand("last-view")
    static let nextMessage = KeyCommand("next-message")
    static let previousMessage = KeyCommand("previous-message")
    // Finding and seeing
    static let filter = KeyCommand("filter")
    static let palette = KeyCommand("palette")
    static let help = KeyCommand("help")
    static let actions = KeyCommand("actions")
    static let messages = KeyCommand("messages")
    static let alerts = KeyCommand("alerts")
    static let sort = KeyCommand("sort")
    static let reverseSort = KeyCommand("reverse-sort")
    static let switchView = KeyCommand("switch-view")
    static let follow = KeyCommand("follow")
    static let cycleKind = KeyCommand("cycle-kind")
    static let freeze = KeyCommand("freeze")
    static let zoom = KeyCommand("zoom")
    static let refresh = KeyCommand("refresh")
    static let repaint = KeyCommand("repaint")
    static let copy = KeyCommand("copy")
    static let showPlain = KeyCommand("show-plain")
    // Marking
    static let mark = KeyCommand("mark")
    static let markRange = KeyCommand("mark-range")
    static let invertMarks = KeyCommand("invert-marks")
    static let unmark = KeyCommand("unmark-all")
    // Acting on bots
    static let pause = KeyCommand("pause")
    static let resume = KeyCommand("resume")
    static let closePosition = KeyCommand("close-position")
    static let closeAll = KeyCommand("close-all")
    static let restart = KeyCommand("restart")
    static let update = KeyCommand("update")
    static let rollOut = KeyCommand("roll-out")
    static let deploy = KeyCommand("deploy")
    static let start = KeyCommand("start")
    static let stop = KeyCommand("stop")
    static let assignKey = KeyCommand("assign-key")
    static let sleepSchedule = KeyCommand("sleep-schedule")
    static let why = KeyCommand("why")
    static let topUp = KeyCommand("top-up")
    static let changeTemplate = KeyCommand("change-template")
    static let cancelCommand = KeyCommand("cancel-command")
    static let limitToDefault = KeyCommand("limit-to-default")
    static let saveLimits = KeyCommand("save-limits")
    static let goToBot = KeyCommand("go-to-bot")
    // Support
    static let newTicket = KeyCommand("new-ticket")
    static let priority = KeyCommand("priority")
    static let reply = KeyCommand("reply")
    static let internalNote = KeyCommand("internal-note")
    static let attachLog = KeyCommand("attach-log")
    static let closeTicket = KeyCommand("close-ticket")
    static let assign = KeyCommand("assign")
    static let editor = KeyCommand("editor")
    static let showClosed = KeyCommand("show-closed")
    // Menus, dialogs and panels
    static let yes = KeyCommand("yes")
    static let no = KeyCommand("no")
    static let save = KeyCommand("save")
    static let more = KeyCommand("more")
    static let fewer = KeyCommand("fewer")
    static let closeFirst = KeyCommand("close-first")
    static let leaveOpen = KeyCommand("leave-open")
    static let otherSide = KeyCommand("other-side")
    // The program
    static let cancel = KeyCommand("cancel")
    static let suspend = KeyCommand("suspend")
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
    // In the place of a screen's own keys, while something is written there.
    case message, ticket

    var isOverlay: Bool { Self.overlays.contains(self) }

    private static let overlays: Set<KeyContext> = [
        .menu, .panel, .why, .question, .stop, .field, .help, .deploy, .rollout, .writing,
        .message, .ticket,
    ]
}
