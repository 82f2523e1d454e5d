/// What the loop is asked to do to the world outside.
import Core

/// Returned by ``ConsoleState/update(_:at:)``; nothing in the state performs anything.
enum ConsoleEffect: Equatable, Sendable {
    /// From now on keep these boards fresh: read them now, and again at each bell.
    case watch([BoardRequest])
    /// Read again what is watched (`r`, F5).
    case refresh
    /// Send a command under this idempotency key; answers come as events.
    case submit(key: String, Command)
    case startEngine
    /// Take another theme by its code.
    case useTheme(String)
    /// Put a text on the clipboard by OSC 52.
    case copy(String)
    /// Let the person edit a text in `$EDITOR`; ``ConsoleEvent/edited(tag:text:)`` follows.
    case edit(tag: String, text: String)
    /// Remember a text under a name across runs (drafts, sort, filter); nil forgets it.
    /// ``ConsoleEvent/kept(problem:)`` follows within a second; found again in
    /// ``Surroundings/kept``.
    case keep(name: String, text: String?)
    case beep
    case repaint
    /// ^Z.
    case suspend
    case quit(QuitReason)
}

/// Why the console ends; gives its exit status.
enum QuitReason: Equatable, Sendable {
    case person
    /// SIGHUP, EOF or a dropped line: 129.
    case hangup
    /// A signal: 128 plus its number.
    case signal(Int32)

    var status: Int32 {
        switch self {
        case .person: 0
        case .hangup: 129
        case .signal(let number): 128 + number
        }
    }
}
