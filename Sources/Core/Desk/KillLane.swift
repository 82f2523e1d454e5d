/// The commands that stop losses, and what shows a close before it is confirmed.
import Store

/// Whoever holds the right is served first in each turn and has a reserve beyond the limit of
/// commands. An engine takes these commands before its fleet is loaded.
enum KillLane {
    /// What is done at once, by verb, with the right that it takes.
    static let acts: [String: Permission] = [
        "pause": .botsPause, "close": .positionsCloseOne, "close-all": .positionsCloseAll,
    ]
    /// What tells beforehand what an act would do.
    private static let previews: [String: Permission] = [
        "close-preview": .positionsCloseOne, "close-all-preview": .positionsCloseAll,
    ]

    /// - Returns: what a verb of the lane takes; nil for other verbs.
    static func right(_ verb: String) -> Permission? { acts[verb] ?? previews[verb] }
}
