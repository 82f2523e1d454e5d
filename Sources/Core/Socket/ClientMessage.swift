/// What consoles and one-shot commands say to the engine.

/// A command as it travels: who sends it is the kernel's word, never a field in here.
public struct CommandRequest: Sendable, Equatable {
    /// Idempotency key, made by the client: sent again, it is no second command. **Range** 1 to
    /// 128 visible ASCII characters: the engine numbers the parts of a request behind it.
    public var key: String
    /// As on the command line: `pause`, `close-all`.
    public var verb: String
    /// An object; its members depend on the verb.
    public var args: JSON
    /// The sender leaves at the acknowledgement.
    public var noWait: Bool

    public init(key: String, verb: String, args: JSON = .object([]), noWait: Bool = false) {
        self.key = key
        self.verb = verb
        self.args = args
        self.noWait = noWait
    }

    /// Reads a `command` message; nil when a member is missing, of another kind, or there twice.
    public init?(_ json: JSON) {
        guard MessageFlaw.of(json) == nil, json["type"]?.text == "command",
            let key = json["key"]?.text,
            (1...128).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }),
            let verb = json["verb"]?.text, !verb.isEmpty,
            case .object = json["args"] ?? .object([])
        else { return nil }
        self.init(
            key: key, verb: verb, args: json["args"] ?? .object([]),
            noWait: json["no_wait"]?.flag ?? false)
    }
}

/// Everything that a client can say.
public enum ClientMessage: Sendable, Equatable {
    /// First on every connection.
    case hello(protocol: Int64, build: String, bells: Bool)
    case command(CommandRequest)
    /// From now on, say when something changed, or no longer.
    case bells(Bool)
    case ping

    /// - Parameter id: comes back with each answer.
    public func json(id: Int64) -> JSON {
        switch self {
        case .hello(let version, let build, let bells):
            [
                "type": "hello", "id": .int(id), "protocol": .int(version),
                "build": .string(build), "bells": .bool(bells),
            ]
        case .command(let request):
            [
                "type": "command", "id": .int(id), "key": .string(request.key),
                "verb": .string(request.verb), "args": request.args,
                "no_wait": .bool(request.noWait),
            ]
        case .bells(let wanted): ["type": "bells", "id": .int(id), "wanted": .bool(wanted)]
        case .ping: ["type": "ping", "id": .int(id)]
        }
    }
}

/// What is wrong with a message around that which it asks.
enum MessageFlaw {
    /// A member that stands twice, of which two readers could each take another one, or that is
    /// of another kind; nil where there is none. Absent and null are the same.
    static func of(_ message: JSON) -> Refusal? {
        guard case .object(let members) = message else { return nil }
        do throws(Refusal) { try CommandArguments.checkTwins(members) } catch { return error }
        for (key, words, fits) in kinds {
            guard let value = message[key], !value.isNull, !fits(value) else { continue }
            return .badRequest(field: key, problem: words)
        }
        return nil
    }

    private static let kinds: [(key: String, words: String, fits: @Sendable (JSON) -> Bool)] = [
        ("type", CommandArguments.wantsText, { $0.text != nil }),
        ("id", "a whole number is expected", { $0.integer != nil }),
        ("key", CommandArguments.wantsText, { $0.text != nil }),
        ("verb", CommandArguments.wantsText, { $0.text != nil }),
        ("args", CommandArguments.wantsObject, { if case .object = $0 { true } else { false } }),
        ("no_wait", CommandArguments.wantsFlag, { $0.flag != nil }),
        ("bells", CommandArguments.wantsFlag, { $0.flag != nil }),
        ("wanted", CommandArguments.wantsFlag, { $0.flag != nil }),
    ]
}

extension WireError {
    /// Why a message is not taken as it stands.
    init(misread message: JSON) {
        self = MessageFlaw.of(message).map { WireError($0) } ?? .garbled
    }
}
