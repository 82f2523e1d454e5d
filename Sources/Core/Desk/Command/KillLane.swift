/// The commands that stop losses, and what shows a close before it is confirmed.
import Store

/// Whoever holds the right is served first in each turn and has a reserve beyond the limit of
/// commands. An engine takes these commands before its fleet is loaded.
enum KillLane {
    /// With the right that each takes; by verb, so that a message is judged before it is read.
    private static let rights: [String: Permission] = Dictionary(
        Command.all.filter { $0.urgency != .usual }.map { ($0.verb, $0.permission) }
    ) { first, _ in first }

    /// - Returns: what a verb of the lane takes; nil for other verbs.
    static func right(_ verb: String) -> Permission? { rights[verb] }
}
