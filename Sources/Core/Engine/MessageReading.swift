/// What the engine reads in the messages of clients, and why it does not take one.

extension CommandRequest {
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
