/// The commands that stop losses, and what shows a close before it is confirmed.
import Store

/// Whoever holds the right is served first in each turn and has a reserve beyond the limit of
/// commands. An engine takes these commands before its fleet is loaded.
enum KillLane {
    /// What is done at once, by verb, with the right that it takes.
    static let acts = rights(of: [
        .pause(.named([]), reason: nil), .closePosition("", confirmation: nil),
        .closeAll(.named([]), confirmation: nil),
    ])
    /// What tells beforehand what an act would do.
    private static let previews = rights(of: [
        .previewClose(position: ""), .previewCloseAll(.named([])),
    ])

    /// By verb, so that a message is judged before it is read.
    private static func rights(of commands: [Command]) -> [String: Permission] {
        Dictionary(uniqueKeysWithValues: commands.map { ($0.verb, $0.permission) })
    }

    /// - Returns: what a verb of the lane takes; nil for other verbs.
    static func right(_ verb: String) -> Permission? { acts[verb] ?? previews[verb] }
}
