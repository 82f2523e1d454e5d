/// The numbers with which plutarc ends, as scripts test them.

/// A process that a signal ends leaves 128 plus the signal's number.
/// **Source** <doc:CommandLine#Exit-statuses>.
enum ExitStatus: Int32, Sendable, CaseIterable {
    case done = 0
    case failed = 1
    case usage = 2
    case notPermitted = 3
    case noSuchThing = 4
    case refused = 5
    case notFinished = 6
    case dataUnusable = 7
    case unanswered = 8

    /// One line for the help and the manual page.
    var meaning: String {
        switch self {
        case .done: "done"
        case .failed: "failed; the message says why and what to do"
        case .usage: "wrong usage"
        case .notPermitted: "not permitted: role, read-only, identity"
        case .noSuchThing: "no such thing, or ambiguous"
        case .refused: "refused by a rule; of several bots those that it names"
        case .notFinished: "not finished: no engine runs, or --timeout passed"
        case .dataUnusable: "data damaged, locked, of a newer version, or the disk is full"
        case .unanswered: "done or accepted, but the answer could not be written: look it up"
        }
    }

    /// The graver of two results, for commands that act on several bots.
    func worst(_ other: ExitStatus) -> ExitStatus {
        other == .done || (self != .done && rawValue >= other.rawValue) ? self : other
    }
}
