/// The language between consoles and the engine: its version and its bounds.

import Store

/// Numbers that both sides agree on. **Source** <doc:SafetyRules#Bounds-of-the-socket>.
public enum EngineProtocol {
    /// Changes when an old console and a new engine could misunderstand each other.
    public static let version: Int64 = 1
    /// Bytes of one message on the wire. A longer answer travels in parts.
    public static let messageLimit = 64 * 1024
    /// From connecting to the greeting, on both sides.
    public static let greetingLimit = Span.seconds(2)
    /// For one message to get into the pipe: the other side reads each turn.
    static let sendLimit = Span.seconds(2)
    /// For the outcome of a command, where nothing else is said.
    public static let outcomeLimit = Span.seconds(30)
    public static let commandsPerSecond: Int64 = 20
    /// Messages of other kinds: greetings, pings.
    static let chatterPerSecond: Int64 = 200
    /// Bytes that wait for one slow reader before it is cut off.
    static let outboxLimit = 1024 * 1024
    /// Messages taken in one turn, shared by the connections that have some, at least one of each:
    /// no one starves the others, and a pause that comes meanwhile waits for no more than these.
    static let messagesPerTurn = 16
}
