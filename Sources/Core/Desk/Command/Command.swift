/// One request, whichever it is, and its way over the wire.
import Store

/// Made by the functions that stand beside each command: `Command.pause(.all, reason: nil)`.
/// Names are words of the caller: ids, labels or unique id prefixes.
public struct Command: Sendable, Equatable {
    let body: any CommandBody

    init(_ body: any CommandBody) { self.body = body }

    public static func == (one: Command, other: Command) -> Bool { one.body.isEqual(other.body) }

    /// The command with its fields; nil where it is one of another type.
    public func `as`<Body>(_ type: Body.Type) -> Body? { body as? Body }

    private var kind: any CommandBody.Type { type(of: body) }

    /// As on the command line, with a hyphen between words: `close-all`, `ticket-open`.
    public var verb: String { kind.verb }
    /// What it acts on, in the caller's words, for the audit.
    public var target: String { body.target }
    /// The bot that stands in front of the sentence which tells how it ended.
    public var subject: String? { body.subject }
    public var reason: String? { body.reason }
    var confirmation: Confirmation? { body.confirmation }
    /// What tells beforehand what it would do; nil where nothing has to.
    public var question: Command? { body.question.map { Command($0) } }
    var wantsPause: Bool? { body.wantsPause }

    /// Asks only; leaves neither a command row nor an audit row.
    public var isPreview: Bool { kind.effect == .nothing }
    var isOfRowsAlone: Bool { kind.effect == .rows }
    var isConfiguration: Bool { kind.effect == .configuration }
    /// How long the caller waits unless told otherwise.
    public var patience: Span { body.patience }
}

extension Command {
    /// It stops losses: it goes before everything and past the rate limit.
    public var isKillLane: Bool { kind.urgency == .stopsLosses }

    /// It stops losses, or shows what a close would do: neither waits for anything else.
    public var isOfKillLane: Bool { kind.urgency != .usual }

    /// Not begun after this long: expired. Nil: never.
    public var expiry: Span? { isKillLane ? Deadlines.killLane : nil }

    /// Held by whoever may ask; a resume of a latched kill switch needs risk.edit as well.
    public var permission: Permission { kind.permission }

    /// Only who acts for support: internal notes, assignments, resolving, answers as support.
    public var isForSupport: Bool { body.isForSupport }

    /// Pause, resume, restart, tickets and notes; nothing else.
    public var isOpenToStaff: Bool { kind.staff != .never }

    /// Acts of staff on a bot carry a reason.
    public var needsReasonFromStaff: Bool { kind.staff == .withReason }
}

extension Command {
    /// `{"verb":…,"args":{…}}`.
    public var request: JSON { ["verb": .string(verb), "args": arguments] }

    /// The arguments as an object; absent ones are left out.
    public var arguments: JSON { body.arguments }

    /// - Throws: ``Refusal`` `unknown_verb` or `bad_request`.
    public init(request: JSON) throws(Refusal) {
        guard let verb = request["verb"]?.text else {
            throw .badRequest(field: "verb", problem: "a word is expected")
        }
        try self.init(verb: verb, arguments: request["args"] ?? [:])
    }

    /// - Parameter arguments: fields that the verb does not know are ignored: who asks comes
    ///   from the kernel alone.
    /// - Throws: ``Refusal`` `unknown_verb` or `bad_request`, naming the field.
    public init(verb: String, arguments: JSON) throws(Refusal) {
        let fields = try CommandArguments(arguments)
        guard let kind = Self.kind(of: verb) else { throw .unknownVerb(verb) }
        self.init(try kind.init(fields))
    }
}

extension Gate {
    /// What can be decided before the fields of a request are read.
    /// - Throws: ``Refusal`` for a missing right.
    static func check(verb: String, for person: Operator) throws(Refusal) {
        guard let kind = Command.kind(of: verb) else { return }
        try check(kind.permission, for: person, act: verb)
        if person.isStaff, kind.staff == .never {
            throw .notForStaff(name: person.name, act: verb)
        }
    }

    /// Everything that can be decided before the bots, positions and tickets are known.
    /// - Throws: ``Refusal`` for a missing right, or a reason that staff did not give.
    public static func check(_ command: Command, for person: Operator) throws(Refusal) {
        // No role that could be asked for opens what is for support alone.
        if command.isForSupport, !person.actsForSupport {
            throw .supportOnly(name: person.name, act: command.verb)
        }
        try check(command.permission, for: person, act: command.verb)
        guard person.isStaff else { return }
        if !command.isOpenToStaff {
            throw .notForStaff(name: person.name, act: command.verb)
        }
        if command.needsReasonFromStaff, !TextRules.says(command.reason) {
            throw .reasonRequired(act: command.verb, why: .staff)
        }
    }
}
