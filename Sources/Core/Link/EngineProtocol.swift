/// The language between consoles and the engine: version, bounds, and how to say no.

import Store

/// Numbers that both sides agree on. **Source** TRUST 3.7 for the bounds.
public enum EngineProtocol {
    /// Changes when an old console and a new engine could misunderstand each other.
    public static let version: Int64 = 1
    /// Bytes of one message on the wire. A longer answer travels in parts.
    public static let messageLimit = 64 * 1024
    public static let connectionsPerUser = 32
    public static let connectionsInAll = 64
    public static let commandsPerSecond: Int64 = 20
    /// Messages of other kinds: greetings, pings.
    static let chatterPerSecond: Int64 = 200
    /// Bytes that wait for one slow reader before it is cut off.
    static let outboxLimit = 1024 * 1024
    /// Messages taken from one connection in one turn, so that no one starves the others.
    static let messagesPerTurn = 16

    /// Verbs that stop losses: never rate-limited, and first in each turn.
    /// **Source** TRUST D8, 4.3.
    public static func isKillLane(_ verb: String) -> Bool {
        verb == "pause" || verb == "close" || verb == "close-all"
    }
}

/// A "no" on the wire, as scripts see it. **Source** CLI, Everywhere.
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
        ["code": .string(code), "message": .string(message), "remedy": .string(remedy)]
    }

    /// Nil when the words are missing.
    public init?(_ json: JSON?) {
        guard let code = json?["code"]?.text, let message = json?["message"]?.text else {
            return nil
        }
        self.init(code: code, message: message, remedy: json?["remedy"]?.text ?? "")
    }

    /// What the link itself refuses.
    static let garbled = WireError(
        code: "garbled", message: "the message is not one of this protocol",
        remedy: "use a console of the same release as the engine")
    static let tooLarge = WireError(
        code: "message_too_large", message: "the message is longer than 64 KiB",
        remedy: "shorten the text")
    static let tooFast = WireError(
        code: "rate_limited", message: "more than 20 commands in one second",
        remedy: "wait a second; pausing and closing are never limited")
    static let notGreeted = WireError(
        code: "no_handshake", message: "the first message must be a greeting",
        remedy: "use a console of the same release as the engine")
    static let tooManyConnections = WireError(
        code: "too_many_connections",
        message: "32 connections of one user, or 64 in all, are open already",
        remedy: "close consoles that are not in use")
    static let stopping = WireError(
        code: "engine_stopping", message: "the engine is about to end; nothing was accepted",
        remedy: "try again when it runs")

    static func otherVersion(_ theirs: Int64?) -> WireError {
        WireError(
            code: "protocol_mismatch",
            message: "this engine speaks protocol \(EngineProtocol.version), the console "
                + (theirs.map(String.init) ?? "names none"),
            remedy: "use one release everywhere, then restart the engine: plutarc engine stop")
    }
}

/// What an engine says of itself when a console connects.
public struct EngineGreeting: Sendable, Equatable {
    /// One fleet, one build: shown on screen. **Source** TRUST 2, Knight.
    public var build: String
    public var pid: Int32
    /// Of the lease; 0 before the database gave one.
    public var epoch: Int64
    /// The world's time when the greeting was sent.
    public var worldClock: Instant
    /// World seconds per second, as a decimal: `1`, `60`, `0.5`.
    public var speed: String

    public init(build: String, pid: Int32, epoch: Int64, worldClock: Instant, speed: String) {
        self.build = build
        self.pid = pid
        self.epoch = epoch
        self.worldClock = worldClock
        self.speed = speed
    }

    var members: [JSON.Member] {
        [
            JSON.Member("protocol", .int(EngineProtocol.version)),
            JSON.Member("build", .string(build)), JSON.Member("pid", .int(pid)),
            JSON.Member("epoch", .int(epoch)),
            JSON.Member("world_clock", .string(worldClock.description)),
            JSON.Member("speed", .string(speed)),
        ]
    }

    init?(_ json: JSON) {
        guard let build = json["build"]?.text,
            let pid = json["pid"]?.integer.flatMap(Int32.init(exactly:)),
            let epoch = json["epoch"]?.integer,
            let clock = json["world_clock"]?.text.flatMap(Instant.init(text:)),
            let speed = json["speed"]?.text
        else { return nil }
        self.init(build: build, pid: pid, epoch: epoch, worldClock: clock, speed: speed)
    }
}
