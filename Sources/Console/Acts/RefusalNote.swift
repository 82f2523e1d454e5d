/// Why an act does nothing now, in the few words that a menu has room for.
import Core
import Store

extension Refusal {
    /// Shorter than ``headline``: the bot is known where this stands.
    /// - Parameter row: whose state is named only where it is known.
    func note(of row: BotRow, _ around: Surroundings) -> String {
        switch self {
        case .alreadyPaused: "it is paused"
        case .notPaused: "it is not paused"
        case .killSwitchLatched: Permission.riskEdit.shortHolders
        case .restartCooldown(_, _, let until): "ready in \((until - around.now).countdownText)"
        case .life(.underWay(_, let job, _, let left)):
            "\(job.rawValue) under way, \(left.countdownText)"
        case .life(.noUpdate): "runs the newest version"
        case .life(.wrongState(_, let state, _)), .wrongState(_, let state, _):
            row.isKnown(around) ? "it is \(state.title)" : "it was \(state.title)"
        default: headline
        }
    }

    /// The whole of it, for the message line; of an unknown state no more than what it was.
    func sentence(of row: BotRow, _ around: Surroundings) -> String {
        row.isKnown(around)
            ? sentence : "\(row.label): \(note(of: row, around))"
    }

    /// What was refused, and what to do in the console.
    var sentence: String { ConsoleState.sentence(headline, KeyRemedy.words(remedy)) }
}
