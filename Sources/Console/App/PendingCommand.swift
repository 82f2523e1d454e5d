/// A command from the key press to its outcome.
import Core
import Store

struct PendingCommand: Equatable, Sendable {
    enum Phase: Equatable, Sendable {
        case sent
        /// Durable at the engine.
        case accepted(ID<CommandRecord>)
    }

    enum Purpose: Equatable, Sendable {
        case act
        /// Its answer opens a dialog.
        case preview(CloseSubject)
        /// Its answer completes the dialog that waits for it.
        case foresight
    }

    /// Idempotency key: the session's word and a number.
    var key: String
    var command: Command
    /// "Pausing btc-trend-01".
    var words: String
    /// Wall time of the key press.
    var sentAt: Instant
    var phase = Phase.sent
    var purpose = Purpose.act
    var undo: Undo?
    /// The person pressed a key since that could mean something else: what the answer opens would
    /// come under their fingers.
    var isLeft = false

    /// So long a question may take and still open its dialog, whatever was pressed meanwhile.
    static let promptness = Span.seconds(2)

    /// For the message line: `Closing btc-grid-09: running 3s`, with the phase of a long act, and
    /// with what helps where the engine hangs or is gone.
    func progress(_ around: Surroundings) -> String {
        guard !around.off.contains(.waitNamesRemedy) else { return step(around) }
        let state =
            switch around.engine {
            case .silent: ", engine silent: \(around.silenceRemedy)"
            case .stopped(let why): ", engine stopped: \(why)"
            case .absent, .starting, .running: ""
            }
        return step(around) + state
    }

    private func step(_ around: Surroundings) -> String {
        let elapsed = (around.wall - sentAt).ageText
        guard case .accepted(let id) = phase else {
            let isHeard = around.engine.isRunning || around.engine.isSilent
            return "\(words): \(isHeard ? "sending" : "waiting for the engine") \(elapsed)"
        }
        let rows = around.fleet?.rows ?? []
        guard let row = rows.first(where: { $0.instance?.commandID == id }),
            let job = row.job(now: around.now)
        else { return "\(words): running \(elapsed)" }
        return "\(words): \(job.stepWords), \(elapsed) so far"
    }
}
