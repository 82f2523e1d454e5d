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
