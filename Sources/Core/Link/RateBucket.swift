/// How many messages one user may send in a second, over all its connections.

import Store

/// Fills with time, up to one second's worth; each message takes one.
struct RateBucket {
    /// A second's worth.
    let perSecond: Int64
    /// In thousandths, so that short spans count.
    private var level: Int64
    private var filledAt: Span

    init(perSecond: Int64, at boot: Span) {
        self.perSecond = perSecond
        level = perSecond * 1000
        filledAt = boot
    }

    /// Takes one if there is one.
    mutating func take(at boot: Span) -> Bool {
        fill(at: boot)
        guard level >= 1000 else { return false }
        level -= 1000
        return true
    }

    /// Whether nothing is owed: a new bucket would be the same.
    func isFull(at boot: Span) -> Bool {
        var copy = self
        copy.fill(at: boot)
        return copy.level == perSecond * 1000
    }

    private mutating func fill(at boot: Span) {
        let passed = min(max(0, boot.milliseconds - filledAt.milliseconds), 1000)
        level = min(perSecond * 1000, level + passed * perSecond)
        filledAt = boot
    }
}

/// The buckets of all users that spoke lately. **Source** TRUST 3.7.
struct VisitLimits {
    private var commands: [UInt32: RateBucket] = [:]
    private var chatter: [UInt32: RateBucket] = [:]

    mutating func allowsCommand(of uid: UInt32, at boot: Span) -> Bool {
        commands[
            uid, default: RateBucket(perSecond: EngineProtocol.commandsPerSecond, at: boot)
        ].take(at: boot)
    }

    mutating func allowsChatter(of uid: UInt32, at boot: Span) -> Bool {
        chatter[
            uid, default: RateBucket(perSecond: EngineProtocol.chatterPerSecond, at: boot)
        ].take(at: boot)
    }

    /// Drops full buckets: a new one would be the same.
    mutating func forgetTheQuiet(at boot: Span) {
        commands = commands.filter { !$0.value.isFull(at: boot) }
        chatter = chatter.filter { !$0.value.isFull(at: boot) }
    }
}
