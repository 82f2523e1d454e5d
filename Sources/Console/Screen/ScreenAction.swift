/// What a screen or an overlay asks of the console around it.
import Core
import Store

/// Performed by the root reducer in the order given.
enum ScreenAction: Sendable {
    /// Opens a destination on top of this one; the four sections replace the whole stack.
    case go(Destination)
    /// One level back.
    case back
    case open(any Overlay)
    /// Sends a command. `words` say what is being done, as "Pausing btc-trend-01".
    /// `undo` is offered for ten seconds once it is done.
    case submit(Command, words: String, undo: Undo? = nil)
    /// Asks the engine what closing would do, then opens the dialog that confirms it.
    case previewClose(CloseSubject)
    /// Asks the engine what a change would do to open positions; its answer goes into the dialog,
    /// which then opens.
    case foresee(Command, ConfirmDialog)
    /// A line for the message line; also in the history (F8).
    case say(StatusLine.Level, String)
    /// As if the person had pressed the key of this command: menus and the palette use it.
    case run(KeyCommand)
    /// Hands a choice to the screen below: ``Screen/choose(_:_:)``.
    case choose(String)
    case setReadOnly(Bool)
    case setFilter(String)
    case perform(ConsoleEffect)
    /// Ends the console without asking.
    case quit
}

/// Where one can go. The screen for each is made by ``ScreenDirectory``.
enum Destination: Hashable, Sendable {
    case fleet, positions, support, audit
    case bot(ID<Bot>, BotTab)
    case ticket(ID<Ticket>)
    /// A new ticket that tells where it was asked for.
    case newTicket(TicketOrigin)
    /// What was asked of one bot, or of all.
    case commands(ID<Bot>?)
    case billing

    /// The four sections of keys 1 to 4 are roots: going there empties the stack.
    var isRoot: Bool {
        switch self {
        case .fleet, .positions, .support, .audit: true
        default: false
        }
    }
}

/// The tabs of the bot page. **Source** <doc:ProductRules#Bot-page>.
enum BotTab: String, CaseIterable, Hashable, Sendable {
    case template, risk, activity

    var title: String {
        switch self {
        case .template: "Template"
        case .risk: "Risk limits"
        case .activity: "Activity"
        }
    }
}

/// The opposite of what was just done, as `u` offers it.
struct Undo: Equatable, Sendable {
    var command: Command
    /// "resume".
    var verb: String
    /// "Resuming btc-trend-01".
    var words: String
}

/// What is to be closed.
enum CloseSubject: Equatable, Sendable {
    case position(ID<Position>)
    /// By id, in the order shown.
    case bots([ID<Bot>])
}

/// A command that has ended, for the screens that may have sent it.
struct SettledCommand: Equatable, Sendable {
    var command: Command
    /// nil: it never reached the engine, or its fate is not known.
    var outcome: CommandOutcome?
    /// What happened, or why not.
    var message: String
    /// Stable word of the refusal.
    var errorCode: String?
    var result: JSON

    var isDone: Bool { outcome == .done }
    /// What became of each thing that was asked for.
    var rows: [OutcomeRow] { CommandReport.rows(of: result) }
}
