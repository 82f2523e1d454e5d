/// The engine's "no" as it travels, and what the connection itself refuses.

/// A "no" on the wire, as scripts see it. **Source** <doc:CommandLine#Errors>.
public struct WireError: Error, Sendable, Equatable {
    /// Stable snake_case word.
    public var code: String
    public var message: String
    public var remedy: String

    public init(code: String, message: String, remedy: String) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    public var headline: String { message }

    public var json: JSON {
        [
            "code": .string(code), "message": .string(Self.bounded(message)),
            "remedy": .string(Self.bounded(remedy)),
        ]
    }

    /// A refusal fits a packet, whatever names it quotes and however they are escaped.
    static let longest = 4096

    private static func bounded(_ text: String) -> String {
        guard text.utf8.count > longest else { return text }
        return String(decoding: text.utf8.prefix(longest), as: UTF8.self) + " …"
    }

    /// Nil when the words are missing.
    public init?(_ json: JSON?) {
        guard let code = json?["code"]?.text, let message = json?["message"]?.text else {
            return nil
        }
        self.init(code: code, message: message, remedy: json?["remedy"]?.text ?? "")
    }

    /// What the connection itself refuses.
    static let garbled = WireError(
        code: "garbled", message: "the message is not one of this protocol",
        remedy: "use a console of the same release as the engine")
    static let tooLarge = WireError(
        code: "message_too_large", message: "the message is longer than 64 KiB",
        remedy: "shorten the text")
    static let tooFast = WireError(
        code: "rate_limited", message: "more than 20 commands in one second",
        remedy: "wait a second; pauses and closes that do something are never held back")
    static let notGreeted = WireError(
        code: "no_handshake", message: "the first message must be a greeting",
        remedy: "use a console of the same release as the engine")
    static let tooManyConnections = WireError(
        code: "too_many_connections",
        message: "too many connections of this account, or of accounts with its rights, are "
            + "open; this one was silent for longest",
        remedy: "close consoles that are not in use")
    static let crowded = WireError(
        code: "too_many_connections", message: "the engine's machine has no descriptor left",
        remedy: "end programs that are not in use, then try again")
    /// Of pauses and closes.
    static let noRoomToWait = WireError(
        code: "engine_starting",
        message: "the engine is still starting, and too many pauses and closes wait for it "
            + "already; this one was not accepted",
        remedy: "those that wait are taken first; ask again in a moment: plutarc engine status")
    static let lateGreeting = WireError(
        code: "late_greeting", message: "no greeting came within 2 seconds",
        remedy: "use a console of the same release as the engine")
    public static let stopping = WireError(
        code: "engine_stopping", message: "the engine is about to end; nothing was accepted",
        remedy: "try again when it runs")

    /// The engine ends in peace, and another may follow it; nothing was accepted.
    public var isStopping: Bool { code == Self.stopping.code }

    /// Others needed the room more while nothing was said: whoever has something to say may come
    /// again.
    var isCrowded: Bool { code == Self.tooManyConnections.code }

    static func otherVersion(_ theirs: Int64?) -> WireError {
        WireError(
            code: "protocol_mismatch",
            message: "this engine speaks protocol \(EngineProtocol.version), the console "
                + (theirs.map(String.init) ?? "names none"),
            remedy: "use one release everywhere, then restart the engine: plutarc engine stop")
    }
}
