/// What the engine says to consoles and one-shot commands.

import Store

/// How a command ended, with whatever it has to show.
public struct CommandReport: Sendable, Equatable {
    public var command: ID<CommandRecord>
    public var outcome: CommandOutcome
    /// What happened, in one sentence.
    public var message: String
    /// Present when the outcome is not `done`.
    public var error: WireError?
    /// The document that `--json` prints; null when there is none.
    public var result: JSON
    /// Where nobody waits for the outcome: a row of each thing as it stood when it was accepted. It
    /// does not travel with the report.
    public var accepted: JSON = .null

    public init(
        command: ID<CommandRecord>, outcome: CommandOutcome, message: String,
        error: WireError? = nil, result: JSON = .null
    ) {
        self.command = command
        self.outcome = outcome
        self.message = message
        self.error = error
        self.result = result
    }

    init?(_ json: JSON) {
        guard let command = json["command_id"]?.text.flatMap(ID<CommandRecord>.init(text:)),
            let outcome = json["outcome"]?.text.flatMap(CommandOutcome.init(rawValue:)),
            let message = json["message"]?.text
        else { return nil }
        self.init(
            command: command, outcome: outcome, message: message,
            error: WireError(json["error"]), result: json["result"] ?? .null)
    }
}

/// Everything that the engine can say.
public enum EngineMessage: Sendable, Equatable {
    case hello(EngineGreeting)
    /// The command is durable; its outcome follows. To whom does not wait for it, all that came of
    /// the request: several things have an id and a row each, and some may be refused already.
    case accepted(ID<CommandRecord>, rows: JSON = .null)
    case outcome(CommandReport)
    /// Nothing was done.
    case refused(WireError)
    /// Something changed; read again what is on screen. Only the newest is kept.
    case bell(Int64)
    case pong
    /// Close the database and open it again: this client holds up its log.
    case letGo

    /// Without the id of the request, which the socket adds.
    public var json: JSON {
        switch self {
        case .hello(let greeting):
            .object([JSON.Member("type", "hello")] + greeting.members)
        case .accepted(let id, let rows):
            .object(
                [
                    JSON.Member("type", "accepted"),
                    JSON.Member("command_id", .string(id.description)),
                ] + (rows.isNull ? [] : [JSON.Member("commands", rows)]))
        case .outcome(let report):
            [
                "type": "outcome", "command_id": .string(report.command.description),
                "outcome": .string(report.outcome.rawValue), "message": .string(report.message),
                "error": report.error?.json ?? .null, "result": report.result,
            ]
        case .refused(let error): ["type": "refused", "error": error.json]
        case .bell(let sequence): ["type": "bell", "seq": .int(sequence)]
        case .pong: ["type": "pong"]
        case .letGo: ["type": "let_go"]
        }
    }

    /// Nil for anything that this release does not know: unknown words are never ignored.
    /// **Source** <doc:SafetyRules#Unknown-words>.
    public init?(_ json: JSON) {
        switch json["type"]?.text {
        case "hello":
            guard let greeting = EngineGreeting(json) else { return nil }
            self = .hello(greeting)
        case "accepted":
            guard let id = json["command_id"]?.text.flatMap(ID<CommandRecord>.init(text:)) else {
                return nil
            }
            let rows = json["commands"] ?? .null
            guard rows.isNull || rows.elements != nil else { return nil }
            self = .accepted(id, rows: rows)
        case "outcome":
            guard let report = CommandReport(json) else { return nil }
            self = .outcome(report)
        case "refused":
            guard let error = WireError(json["error"]) else { return nil }
            self = .refused(error)
        case "bell":
            guard let sequence = json["seq"]?.integer else { return nil }
            self = .bell(sequence)
        case "pong": self = .pong
        case "let_go": self = .letGo
        default: return nil
        }
    }
}

extension EngineMessage {
    /// For the one who counts; clients need not look at it.
    /// - Parameters:
    ///   - changed: false when the request did nothing: it came before, or all of it was refused.
    ///   - idle: rows that it wrote to say that nothing was done.
    func json(changed: Bool, idle: Int = 0) -> JSON {
        guard case .object(var members) = json else { return json }
        if !changed { members.append(JSON.Member("changed", false)) }
        if idle > 1 { members.append(JSON.Member("unchanged", .int(idle))) }
        return .object(members)
    }
}

extension JSON {
    /// An object with the id of the request that it answers; others stay as they are.
    func answering(_ request: Int64?) -> JSON {
        guard let request, case .object(let members) = self else { return self }
        return .object(members.filter { $0.key != "id" } + [Member("id", .int(request))])
    }
}
