/// What every screen may look at: who, when, how large, which fleet, which keys.
import Core
import Store

/// Part of ``ConsoleState``; screens and overlays are handed it and cannot change it.
struct Surroundings: Sendable {
    /// The whole terminal.
    var size: Size
    /// Wall clock of the event being handled: for dialogs, messages and time-outs.
    var wall = Instant(milliseconds: 0)
    var clock = ConsoleClock()
    /// nil until it was looked up, or when the account is no member.
    var person: Operator?
    /// `--read-only`, `:ro`.
    var isReadOnly = false
    var engine = EngineState.absent
    /// F5 starts an engine: the home is the person's own, and the console may.
    var mayLaunch = true
    /// With which the home's own account told this console to start none.
    var launchOption: String?
    /// EDITOR or VISUAL is set.
    var hasEditor = false
    /// Safeguards that a test of the tests leaves out.
    var off: Switches<ScreenSafeguard> = []
    /// When the engine went away (wall), where this console saw it go.
    var lostAt: Instant?
    /// Until when (wall) late clocks are no news: bots of an engine started from here first have
    /// to beat.
    var settlesUntil = Instant(milliseconds: 0)
    /// The newest fleet board; nil while loading. All screens show its header figures.
    var fleet: FleetBoard?
    /// Wall time at which it arrived.
    var fleetAt: Instant?
    /// Why boards cannot be read now; nil when they can.
    var trouble: StatusLine.Message?
    var keymap = Keymap()
    /// Code of the theme in use.
    var theme = "default"
    /// Codes of all themes, for the palette.
    var themes: [String] = []
    var status = StatusLine()
    /// Commands on their way or running, oldest first.
    var pending: [PendingCommand] = []
    /// What `u` takes back, until when (wall); offered in the message line.
    var undo: Undo?
    var undoUntil = Instant(milliseconds: 0)
    /// The last command that the engine accepted, for tickets.
    var lastCommand: ID<CommandRecord>?
    /// Updates are held back since (wall): how many boards wait.
    var frozen: Frozen?
    /// Texts remembered across runs by name: drafts, sort orders.
    var kept: [String: String] = [:]
    var keeping = Keeping()

    /// How the texts that are remembered reach the disk.
    struct Keeping: Equatable, Sendable {
        /// When (wall) all of them were on disk.
        var writtenAt: Instant?
        /// Why the newest are not; nil when nothing went wrong.
        var problem: String?

        /// Whether a text that was changed then is on disk.
        func holds(changedAt: Instant?) -> Bool {
            guard problem == nil, let writtenAt, let changedAt else { return false }
            return writtenAt >= changedAt
        }
    }

    struct Frozen: Equatable, Sendable {
        /// World time that is shown.
        var at: Instant
        var waiting = 0
    }

    init(size: Size) { self.size = size }

    /// Whether F4 and `e` may be named: they need an editor that the person has chosen.
    var namesEditor: Bool { hasEditor || off.contains(.editorIsThere) }

    /// World time now: ages are measured against it.
    var now: Instant { frozen?.at ?? clock.now(at: wall) }

    /// Between crumb line and message line, where ``Screen/draw(in:_:)`` draws.
    var body: Size { ScreenLayout(size).body.size }

    /// An engine runs, so that what happens to the fleet is heard of.
    var seesFleet: Bool {
        off.contains(.unseenFleet) || (engine.isRunning && !engine.isStarting)
    }

    /// Since when nothing is heard of the fleet, by the wall; nil while it is seen.
    var unseenFor: Span? {
        guard !seesFleet else { return nil }
        if let fleet, let workspace = fleet.workspace,
            let age = workspace.age(
                of: fleet.now, at: wall, countsWorld: !off.contains(.worldBehind))
        {
            return age
        }
        return (lostAt ?? fleetAt).map { max(wall - $0, .seconds(0)) }
    }

    /// For how long (wall) the engine has not beaten, where it hangs.
    var silentFor: Span? {
        guard case .silent(let since) = engine else { return nil }
        return max(wall - since, .seconds(0))
    }

    /// `the engine has been silent for 12s; F5 ends it and starts another`.
    var silenceWords: String {
        let words = LeaseHolder.words(ofSilence: silentFor ?? .seconds(0))
        return "\(words); \(silenceRemedy)"
    }

    /// Until when (world) what is shown was true; nil while the fleet is seen as it goes on.
    var asOf: Instant? { frozen?.at ?? (seesFleet ? nil : fleet?.now) }

    /// How long ago something was: the world's time stands still while no engine runs, ages do not.
    func age(of instant: Instant) -> Span { now - instant + (unseenGrowth ?? .seconds(0)) }

    /// By how much ages have grown since the fleet was seen. A world that is ahead of the wall
    /// waits for it: its times are still to come, and get no older before.
    var unseenGrowth: Span? {
        guard !off.contains(.growingAges), let unseenFor else { return nil }
        guard let last = fleet?.now, !off.contains(.worldAhead) else { return unseenFor }
        return min(unseenFor, max(wall - last, .seconds(0)))
    }

    /// `15h02m ago`: how old what is shown is. Nil while the fleet is seen, and for a time that is
    /// still to come.
    var unseenWords: String? {
        guard let growth = unseenGrowth else { return nil }
        let isAhead = (asOf ?? wall) > wall && growth == .seconds(0)
        return isAhead ? nil : "\(growth.ageText) ago"
    }

    /// `as of 08-24 02:14Z, 15h02m ago`, and ever shorter; none while the fleet is seen.
    var asOfForms: [String] {
        guard let at = asOf else { return [] }
        let time = "\(at.clockText.prefix(5))Z"
        let dated = "as of \(at.dateText.dropFirst(5)) \(time)"
        return (unseenWords.map { ["\(dated), \($0)"] } ?? []) + [dated, "as of \(time)"]
    }

    /// Whether the engine has run long enough for a late clock to mean something.
    var judgesClocks: Bool { engine.isRunning && !engine.isStarting && wall >= settlesUntil }

    /// How long until then, `12:34`; nothing once it has passed.
    func countdown(to instant: Instant) -> String {
        max(instant - now, .seconds(0)).countdownText
    }

    func bot(_ id: ID<Bot>) -> BotRow? { fleet?.rows.first { $0.id == id } }

    /// Each once, in the order of the ids.
    func bots(_ ids: [ID<Bot>]) -> [BotRow] {
        let wanted = Set(ids)
        let rows = (fleet?.rows ?? []).filter { wanted.contains($0.id) }
        var found = Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
        return ids.compactMap { found.removeValue(forKey: $0) }
    }

    /// Whether the person holds a permission; nobody known holds none.
    func allows(_ permission: Permission) -> Bool {
        person.map { Gate.allows(permission, for: $0) } ?? false
    }

    /// Why a key does nothing now: read-only, role, engine; nil when it works.
    func refusal(of binding: Binding) -> String? {
        if let permission = binding.permission, !allows(permission) {
            return permission.shortHolders
        }
        guard binding.changes else { return nil }
        if isReadOnly { return "read-only" }
        // These wait for the engine that comes, and start one where none runs.
        let waits = KeyCommand.safe.contains(binding.command)
        switch engine {
        case .running: return nil
        case .starting: return waits ? nil : "engine starting"
        case .stopped where mayLaunch && waits: return nil
        case .absent, .stopped: return Self.engineStopped
        case .silent: return waits ? nil : Self.engineSilent
        }
    }

    private static let engineStopped = "engine stopped"
    private static let engineSilent = "engine silent"

    /// What helps where an engine hangs.
    var silenceRemedy: String {
        mayLaunch
            ? "F5 ends it and starts another"
            : EngineConnection.silenceRemedy(without: launchOption)
    }

    /// What helps where none runs.
    var absenceRemedy: String { 
        EngineConnection.absenceRemedy(mayLaunch: mayLaunch, option: launchOption)
    }

    /// What a key that does nothing now is answered with, and what can be done about it.
    func answer(_ key: String, refused reason: String) -> String {
        let remedies = [Self.engineStopped: absenceRemedy, Self.engineSilent: silenceRemedy]
        return "\(key): \(reason)" + (remedies[reason].map { "; \($0)" } ?? "")
    }
}

extension Permission {
    /// Who holds it, short enough for a hint: `owner/admin only`.
    var shortHolders: String {
        let names = holders.map(\.rawValue)
        return names.isEmpty ? "staff only" : names.joined(separator: "/") + " only"
    }
}

/// World time between two boards: the engine's clock runs at its speed while it runs.
struct ConsoleClock: Equatable, Sendable {
    private var world = Instant(milliseconds: 0)
    private var wall = Instant(milliseconds: 0)
    /// World milliseconds in a thousand of the wall.
    private var speed: Int64 = 0

    init() {}

    /// A clock that stands still, for pictures.
    init(stopped world: Instant) { self.world = world }

    func now(at wall: Instant) -> Instant {
        world + Span(milliseconds: (wall - self.wall).milliseconds * speed / 1000)
    }

    /// The engine said its time and speed (`1`, `60`, `0.5`); nil: it stands still.
    mutating func run(from world: Instant, speed text: String?, at wall: Instant) {
        self.world = world
        self.wall = wall
        let rate = text.flatMap { try? Rate.parse($0) } ?? .zero
        speed = rate.raw / 100_000
    }

    mutating func stop(at wall: Instant) {
        world = now(at: wall)
        self.wall = wall
        speed = 0
    }

    /// A board of `world` arrived: the clock never runs behind what is shown, nor far ahead.
    mutating func see(_ world: Instant, at wall: Instant) {
        let ahead = now(at: wall) - world
        let allowed = Span(milliseconds: max(15_000, 15 * speed))
        if ahead < .seconds(0) || ahead > allowed || speed == 0 {
            self.world = world
            self.wall = wall
        }
    }
}

extension Canvas {
    /// A panel in the middle; while nothing is known of now it says as of when it is.
    func panel(title: String, _ size: Size, _ around: Surroundings) -> Canvas {
        let box = raised(middle(size))
        let inner = box.box(title: title, isFocused: true)
        box.foot(around.asOfForms)
        return inner
    }

    /// In the lower edge of a frame the longest form for which there is room.
    /// - Parameter beside: cells that are taken at its end.
    func foot(_ forms: [String], beside taken: Int = 0) {
        let fits = { (form: String) in TextWidth.of(form) + 6 + taken <= columns }
        guard let words = forms.first(where: fits) else { return }
        text(2, rows - 1, " \(words) ", .textDim)
    }
}
