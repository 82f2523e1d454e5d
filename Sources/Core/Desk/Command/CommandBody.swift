/// What every command says of itself: one type for each, in one file, listed in ``Command/all``.
import Store

/// One kind of request: its verb, its fields, who may give it, and what it does.
protocol CommandBody: Sendable, Equatable {
    /// As on the command line, with a hyphen between words: `close-all`, `ticket-open`.
    static var verb: String { get }
    /// Held by whoever may ask. **Source** <doc:ProductRules#Roles-and-permissions>.
    static var permission: Permission { get }
    static var staff: StaffRule { get }
    static var effect: CommandEffect { get }
    static var urgency: CommandUrgency { get }
    /// What tells how it ended.
    associatedtype Outcome: OutcomeDocument = OutcomeRows

    /// - Throws: ``Refusal`` `bad_request`, naming the field.
    init(_ fields: CommandArguments) throws(Refusal)
    /// The fields as an object; absent ones are left out.
    var arguments: JSON { get }

    /// What it acts on, in the caller's words, for the audit.
    var target: String { get }
    /// The bot that stands in front of the sentence which tells how it ended; nil where the
    /// sentence says it already, or several things are meant.
    var subject: String? { get }
    var reason: String? { get }
    /// What stands for its confirmation, where it takes one.
    var confirmation: Confirmation? { get }
    /// What tells beforehand what it would do; nil where nothing has to.
    var question: (any CommandQuestion)? { get }
    /// How long the caller waits unless told otherwise.
    var patience: Span { get }
    /// Only who acts for support may give it.
    var isForSupport: Bool { get }
    /// The pause flag that it asks for; nil when it speaks of something else.
    var wantsPause: Bool? { get }

    /// What it will do. Rights were checked.
    /// - Throws: ``Refusal``, or ``StoreError`` when a look into the store fails.
    func plan(at desk: Desk, by person: Operator) throws -> Plan
}

extension CommandBody {
    static var urgency: CommandUrgency { .usual }
    var subject: String? { nil }
    var reason: String? { nil }
    var confirmation: Confirmation? { nil }
    var question: (any CommandQuestion)? { nil }
    var patience: Span { EngineProtocol.outcomeLimit }
    var isForSupport: Bool { false }
    var wantsPause: Bool? { nil }

    func isEqual(_ other: any CommandBody) -> Bool { (other as? Self) == self }
}

/// A command that asks what another one would do: its answer is a value, and nothing is changed
/// but that a token is made.
protocol CommandQuestion: CommandBody {
    associatedtype Answer: AnswerDocument
    func answer(at desk: Desk, by person: Operator) throws -> Answer
}

extension CommandQuestion {
    static var effect: CommandEffect { .nothing }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        Plan(deeds: [], result: try answer(at: desk, by: person).json)
    }
}

/// A command that is drawn up from the last commit while the fleet is not loaded.
protocol EarlyCommand: CommandBody {
    func plan(in fleet: CommittedFleet, at desk: Desk, by person: Operator) throws -> Plan
}

/// A command that is accepted before the fleet is loaded, and carried out first of all.
protocol UrgentCommand: EarlyCommand {
    /// What is left to do for one bot. Nothing has happened in the world since it was accepted.
    func deed(
        for row: CommandRecord, of bot: BotMachine, at desk: Desk, by person: Operator
    ) throws -> Deed
}

/// A command whose work at the exchange is taken up again after a stop of the engine.
protocol ClosingCommand: CommandBody {
    static func resume(_ row: CommandRecord, of bot: BotMachine, in world: World)
}

/// Whether Plutarc's staff may give a command. **Source** <doc:ProductRules#Staff>.
enum StaffRule {
    case never, always
    /// Acts of staff on a bot carry a reason, and the owner is told of them.
    case withReason
}

/// What a command changes.
enum CommandEffect {
    /// It asks only; it leaves neither a command row nor an audit row.
    case nothing
    /// Rows and nothing in the world: undone with its transaction.
    case rows
    /// What a bot is told to do, and nothing at the exchange or at the provider: it waits where
    /// the bot is out of reach.
    case configuration
    case world
}

/// What goes before everything and past the rate limit.
enum CommandUrgency {
    case usual
    /// It stops losses. Not begun within a minute it expires, so that an old close never fires
    /// unasked.
    case stopsLosses
    /// It tells what a command would do that stops losses.
    case showsThat
}
