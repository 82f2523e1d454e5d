/// The language between consoles and the engine: its version and its bounds.

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
