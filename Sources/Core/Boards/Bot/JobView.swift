/// What is being done to a bot's instance, as people see it: the job, its phase, what is left.
import Store

public struct JobView: Sendable, Equatable {
    public let job: ComputeJob
    public let phase: JobPhase
    /// Of this phase. **Range** 0 or more.
    public let left: Span

    /// Nil while nothing is under way.
    public init?(_ instance: Instance?, now: Instant) {
        guard let job = instance?.job, let phase = instance?.phase,
            let end = instance?.phaseEndsAt
        else { return nil }
        (self.job, self.phase) = (job, phase)
        left = max(end - now, .seconds(0))
    }

    /// `update: pulling 2/6, 14s`.
    public var words: String { "\(phaseWords), \(left.countdownText)" }

    /// In the 24 cells of a card: `update reconciling 59s`.
    public var shortWords: String {
        let whole = words
        return whole.utf8.count <= 24
            ? whole : "\(job.rawValue) \(phase.rawValue) \(left.countdownText)"
    }

    /// `pulling 2/6, 14s left`, where the job stands beside it.
    public var stepWords: String { "\(step), \(left.countdownText) left" }

    /// `update: pulling 2/6`.
    var phaseWords: String { "\(job.rawValue): \(step)" }

    private var step: String {
        let phases = job.phases
        let number = (phases.firstIndex(of: phase) ?? 0) + 1
        return "\(phase.rawValue) \(number)/\(phases.count)"
    }

    var json: JSON {
        [
            "job": .string(job.rawValue), "phase": .string(phase.rawValue),
            "phases": .list(job.phases) { .string($0.rawValue) }, "left_ms": .span(left),
        ]
    }
}

extension BotRow {
    public func job(now: Instant) -> JobView? { JobView(instance, now: now) }

    /// When it may be restarted again; nil when it may be now.
    /// **Source** <doc:ProductRules#Restarts>.
    public func restartReady(now: Instant) -> Instant? {
        guard let at = instance?.restartReady(every: LifeRules.restartSpacing), at > now else {
            return nil
        }
        return at
    }
}
