/// Why the engine opens nothing in the whole fleet, whatever the bots want.
import Store

/// A fact about the machine under which no position may be opened. Exits and closes go on.
public enum EntryStop: String, CaseIterable, Sendable {
    /// The clock cannot be right, and nobody has accepted it.
    case clock
    /// The database is damaged, or was changed by other hands.
    case damage
    /// Too little room on the disk is left to write down what would follow.
    case diskFull = "disk_full"

    /// Short, for a row and for `why`.
    public var title: String {
        switch self {
        case .clock: "clock not trusted"
        case .damage: "database damaged"
        case .diskFull: "disk nearly full"
        }
    }
}
