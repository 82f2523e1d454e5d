/// Whether a process of a bot runs, and what of it is heard.
import Store

extension BotMachine {
    /// There is an instance, and the process on it runs.
    var hasProcess: Bool {
        record.state.isProvisioned && instance.since != nil && !instance.isLost && !isDown
    }

    /// The same, and the backend hears of it.
    var isReachable: Bool { hasProcess && !link.isCut }

    /// Its row as the backend knows it: what its clocks said when it was heard of last.
    /// **Source** <doc:ProductRules#Four-clocks>.
    var reported: Bot {
        guard let lost = link.lostAt else { return record }
        var seen = record
        seen.evaluatedAt = seen.evaluatedAt.map { min($0, lost) }
        seen.exchangeAckAt = seen.exchangeAckAt.map { min($0, lost) }
        seen.reconciledAt = seen.reconciledAt.map { min($0, lost) }
        return seen
    }
}
