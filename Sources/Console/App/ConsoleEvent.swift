/// What happened: everything that can change what is on the screen.
import Core
import Store

/// Handed to ``ConsoleState/update(_:at:)`` one at a time, in the order in which they came.
enum ConsoleEvent: Sendable {
    case key(Key)
    /// Text between the brackets of a paste: never commands.
    case paste(String)
    /// A paste has begun, or has ended: no key means anything in between.
    case pasting(Bool)
    case resize(Size)
    /// Terminal gained or lost the focus.
    case focus(Bool)
    /// Time passed: ages, clocks and messages change by it.
    case tick
    /// A board that ``ConsoleEffect/watch(_:)`` asked for.
    case board(Board)
    /// A board could not be read; in words, never SQL.
    case unreadable(headline: String, remedy: String)
    /// Who this person is; nil when the account is no member.
    case person(Operator?)
    case engine(EngineState)
    /// What the engine said to the command under this idempotency key; more than once at times:
    /// accepted first, its outcome later.
    case answer(key: String, CommandAnswer)
    /// The command under this key could not be sent, or its fate is not known.
    case unanswered(key: String, ConnectionError)
    /// What went to the terminal's clipboard; nil: it has none. Nothing tells whether it arrived.
    /// Answers ``ConsoleEffect/copy(_:)``.
    case copied(Clipboard.Copy?)
    /// `$EDITOR` ended; without a text it failed, and why. Answers
    /// ``ConsoleEffect/edit(tag:text:)``.
    case edited(tag: String, text: String?, problem: String? = nil)
    /// What was to be remembered is on disk, or why it is not. Answers
    /// ``ConsoleEffect/keep(name:text:)``.
    case kept(problem: String?)
    /// A theme file was loaded, or could not be: then the reason.
    case themeChosen(String, problem: String?)
    /// The terminal said what its background is like; the loop takes the half of the theme for it.
    case background(TerminalGround)
    /// Something to tell once, as an unknown TERM.
    case notice(String)
    /// The line is gone.
    case hangup
    /// A signal that asks for the end, or for a stop: its number.
    case signal(Int32)
}

/// What is known of the engine of this home.
enum EngineState: Equatable, Sendable {
    /// A console without one: `--no-engine`, or a printed screen.
    case absent
    case starting
    case running(EngineGreeting)
    /// It ran or should run, and does not answer: why.
    case stopped(String)
    /// It is there and hangs: since when (wall) it has not beaten.
    case silent(since: Instant)

    /// What an engine is that nobody answered for: one that starts says so and beats.
    static func unanswered(_ status: Lease.Status, at wall: WallClock) -> EngineState {
        guard case .held(let holder) = status else { return .stopped("none runs") }
        if let silent = silent(status, at: wall) { return silent }
        return holder?.start != nil ? .starting : .stopped("it does not answer")
    }

    /// An engine that hangs, whoever is connected to it; nil while it beats.
    static func silent(_ status: Lease.Status, at wall: WallClock) -> EngineState? {
        guard case .held(let holder?) = status, let silence = holder.silence(at: wall) else {
            return nil
        }
        return .silent(since: wall.utc - silence)
    }

    /// Its bots have not beaten either, and have to before they are called late.
    var leavesBotsLate: Bool { isStarting || isSilent }

    /// What is told when it runs after this.
    var wordsOfReturn: String? {
        switch self {
        case .stopped: "the engine runs again"
        case .silent: "the engine beats again"
        default: nil
        }
    }

    var isSilent: Bool {
        if case .silent = self { return true }
        return false
    }

    var isStopped: Bool {
        if case .stopped = self { return true }
        return false
    }

    /// Whether only its details differ: another reason, another time.
    func isAs(_ other: EngineState) -> Bool {
        switch (self, other) {
        case (.absent, .absent), (.starting, .starting), (.running, .running),
            (.stopped, .stopped), (.silent, .silent):
            true
        default: false
        }
    }

    /// Not ready yet, whether or not it can be spoken to.
    var isStarting: Bool {
        switch self {
        case .starting: true
        case .running(let greeting): greeting.start != nil
        default: false
        }
    }

    var isRunning: Bool {
        if case .running = self { return true }
        return false
    }
}
