/// What the console asks of a terminal: show a picture, tell what the person did.
import Core
import Store

/// Two kinds exist: `NcursesTerminal` and the scripted one of the tests.
protocol Terminal: AnyObject {
    /// Cells across and lines down, as last reported.
    var size: Size { get }
    /// What lines and graphs are drawn with.
    var glyphs: GlyphSet { get }
    /// How many colours a theme may use.
    var depth: ColourDepth { get }
    /// Readable when ``readEvents(at:)`` has something to give; for poll(2). -1 when there is none.
    var inputDescriptor: Int32 { get }
    /// When what was read so far has to be decided, as an ESC with nothing behind it; nil: never.
    var inputDeadline: Span? { get }
    /// A paste has begun and its end has not come: no key means anything meanwhile.
    var isPasting: Bool { get }
    /// Writable when ``writeOn()`` can go on; for poll(2).
    var outputDescriptor: Int32 { get }
    /// What was presented is not written yet: a frame now would wait behind it.
    var isBusy: Bool { get }

    /// Shows a frame; writes only what changed since the last one, and waits for nobody.
    func present(_ frame: Frame)
    /// Goes on writing what the terminal did not take yet.
    func writeOn()
    /// Everything that waits, without waiting for more.
    func readEvents(at now: Span) -> [TerminalEvent]
    /// Takes another theme; the next frame is drawn in it.
    func use(_ theme: Theme)
    /// Forgets what is on the screen, so that the next frame is drawn whole (^L).
    func repaint()
    /// Takes over the size that the terminal has now (after SIGWINCH); true if it is another.
    func resize() -> Bool
    /// It knows OSC 52, or swallows it: others would show the letters.
    var hasClipboard: Bool { get }
    /// Sends a control sequence between two frames, as OSC 52 is.
    func send(_ sequence: String)
    /// Rings the bell once.
    func ring()
    /// Gives the terminal back as it was: for ^Z, `$EDITOR` and the end.
    func suspend()
    /// Takes the terminal again after ``suspend()``.
    func resume()
    /// Gives the terminal back for good. May be called twice.
    func close()
}

/// What came from the terminal.
enum TerminalEvent: Equatable, Sendable {
    case key(Key)
    /// Text between the brackets of a paste, never commands: <doc:ConsoleRules#Pasted-text>.
    case paste(String)
    case resize(Size)
    case focus(Bool)
    /// Something to tell about what was typed.
    case notice(String)
    /// The terminal said what its background is like.
    case background(TerminalGround)
    /// The line is gone: EOF, EIO or POLLHUP. The program ends now:
    /// <doc:ConsoleRules#A-dropped-line>.
    case hangup
}

/// A terminal that cannot be used; the program ends with status 2.
struct TerminalError: Error, Equatable, Sendable {
    var headline: String
    var remedy: String
}
