/// How the commands of one request ended, thing by thing.
import Store

/// What became of one thing that was asked for.
public struct OutcomeRow: Sendable, Equatable {
    /// Why it was not done.
    public struct Fault: Sendable, Equatable {
        public var code: String
        public var message: String
        public var remedy: String?

        public init(code: String, message: String, remedy: String?) {
            self.code = code
            self.message = message
            self.remedy = remedy
        }
    }

    public var bot: ID<Bot>?
    public var target: String
    public var command: ID<CommandRecord>
    public var verb: String
    public var ticket: String?
    public var outcome: CommandOutcome
    /// False where nothing had to be done.
    public var changed: Bool
    public var message: String
    public var fault: Fault?

    public init(
        bot: ID<Bot>? = nil, target: String, command: ID<CommandRecord>, verb: String,
        ticket: String? = nil, outcome: CommandOutcome, changed: Bool, message: String,
        fault: Fault? = nil
    ) {
        self.bot = bot
        self.target = target
        self.command = command
        self.verb = verb
        self.ticket = ticket
        self.outcome = outcome
        self.changed = changed
        self.message = message
        self.fault = fault
    }

    init(_ row: CommandRecord) {
        let isAboutTicket = Command.kind(of: row.verb) is any AboutTicket.Type
        self.init(
            bot: row.botID, target: row.target, command: row.id, verb: row.verb,
            ticket: isAboutTicket ? row.target : nil, outcome: row.outcome,
            changed: row.changed, message: row.message,
            fault: row.errorCode.map {
                Fault(code: $0, message: row.message, remedy: row.remedy)
            })
    }
}

extension OutcomeRow {
    public var json: JSON {
        [
            "bot": .optional(bot?.description), "target": .string(target),
            "command_id": .string(command.description), "verb": .string(verb),
            "ticket": .optional(ticket), "outcome": .string(outcome.rawValue),
            "changed": .bool(changed), "message": .string(message),
            "error": fault.map { fault in
                [
                    "code": .string(fault.code), "message": .string(fault.message),
                    "remedy": .optional(fault.remedy),
                ]
            } ?? .null,
        ]
    }

    init?(_ json: JSON) {
        guard let target = json["target"]?.text,
            let command = json["command_id"]?.text.flatMap(ID<CommandRecord>.init(text:)),
            let verb = json["verb"]?.text,
            let outcome = json["outcome"]?.text.flatMap(CommandOutcome.init(rawValue:)),
            let changed = json["changed"]?.flag, let message = json["message"]?.text
        else { return nil }
        self.init(
            bot: json["bot"]?.text.flatMap(ID<Bot>.init(text:)), target: target,
            command: command, verb: verb, ticket: json["ticket"]?.text, outcome: outcome,
            changed: changed, message: message, fault: json["error"].flatMap(Fault.init))
    }
}

extension OutcomeRow.Fault {
    init?(_ json: JSON) {
        guard let code = json["code"]?.text, let message = json["message"]?.text else {
            return nil
        }
        self.init(code: code, message: message, remedy: json["remedy"]?.text)
    }
}

/// The outcome of most commands: a row for each thing.
public struct OutcomeRows: OutcomeDocument {
    public var rows: [OutcomeRow]

    public init(_ rows: [OutcomeRow]) { self.rows = rows }

    public init(_ commands: [CommandRecord], _ db: Reading) throws(StoreError) {
        rows = commands.map(OutcomeRow.init)
    }

    public var json: JSON { .array(rows.map(\.json)) }

    public init?(_ json: JSON) {
        guard let rows = json.values(OutcomeRow.init) else { return nil }
        self.rows = rows
    }
}

extension Command {
    /// How commands of one request ended.
    static func outcome(
        of commands: [CommandRecord], _ db: Reading
    ) throws(StoreError) -> any OutcomeDocument {
        guard let kind = commands.first.flatMap({ kind(of: $0.verb) }) else {
            return try OutcomeRows(commands, db)
        }
        return try kind.outcome(of: commands, db)
    }
}

extension CommandBody {
    fileprivate static func outcome(
        of commands: [CommandRecord], _ db: Reading
    ) throws(StoreError) -> any OutcomeDocument { try Outcome(commands, db) }
}

extension CommandReport {
    /// What became of each thing that was asked for, as far as it is known; nothing where the
    /// result says something else.
    public var rows: [OutcomeRow] { Self.rows(of: accepted.isNull ? result : accepted) }

    /// What is known of each thing to whom does not wait.
    public var acceptedRows: [OutcomeRow] { Self.rows(of: accepted) }

    /// Of a result that was kept without its report.
    public static func rows(of result: JSON) -> [OutcomeRow] {
        OutcomeRows(result)?.rows ?? ClosedPositions(result)?.commands ?? []
    }
}
