/// Why an act does nothing now, in the few words that a menu has room for.
import Core
import Store

extension Refusal {
    /// Shorter than ``headline``: the bot is known where this stands.
    func note(at now: Instant) -> String {
        switch self {
        case .alreadyPaused: "it is paused"
        case .notPaused: "it is not paused"
        case .killSwitchLatched: Permission.riskEdit.shortHolders
        case .restartCooldown(_, _, let until): "ready in \((until - now).countdownText)"
        case .life(.underWay(_, let job, _, let left)):
            "\(job.rawValue) under way, \(left.countdownText)"
        case .life(.noUpdate): "runs the newest version"
        case .life(.wrongState(_, let state, _)), .wrongState(_, let state, _):
            "it is \(state.title)"
        default: headline
        }
    }
}
