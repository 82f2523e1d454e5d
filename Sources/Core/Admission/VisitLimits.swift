/// The buckets of all accounts that spoke lately.

import Store

/// How much each account may still send just now.
/// **Source** <doc:SafetyRules#Bounds-of-the-socket>.
struct VisitLimits {
    /// The kill lane of one account for one verb: pausing without end must not stop a close.
    private struct Lane: Hashable {
        var uid: UInt32
        var verb: String
    }

    private var commands: [UInt32: RateBucket] = [:]
    private var chatter: [UInt32: RateBucket] = [:]
    private var strangers: [UInt32: RateBucket] = [:]
    private var members: [UInt32: RateBucket] = [:]
    private var lanes: [Lane: RateBucket] = [:]
    private var idle: [Lane: RateBucket] = [:]

    mutating func allowsCommand(of uid: UInt32, at boot: Span) -> Bool {
        let full = RateBucket(perSecond: EngineProtocol.commandsPerSecond, at: boot)
        return commands[uid, default: full].spend(at: boot)
    }

    mutating func allowsChatter(of uid: UInt32, at boot: Span) -> Bool {
        let full = RateBucket(perSecond: EngineProtocol.chatterPerSecond, at: boot)
        return chatter[uid, default: full].spend(at: boot)
    }

    /// Whether a message is read at all. Whoever may close positions is always listened to.
    mutating func allowsMessage(
        of uid: UInt32, _ standing: Admission.Standing, at boot: Span
    ) -> Bool {
        switch standing {
        case .stranger:
            let full = RateBucket(perSecond: EngineProtocol.commandsPerSecond, at: boot)
            return strangers[uid, default: full].spend(at: boot)
        case .member:
            let full = RateBucket(perSecond: 400, burst: 1000, at: boot)
            return members[uid, default: full].spend(at: boot)
        case .closer: return true
        }
    }

    /// The reserve of those who hold the right: a thousand positions closed one by one pass; what
    /// is refused or repeated is counted like any other command.
    mutating func allowsKillLane(of uid: UInt32, _ verb: String, at boot: Span) -> Bool {
        let lane = Lane(uid: uid, verb: verb)
        let some = RateBucket(perSecond: EngineProtocol.commandsPerSecond, at: boot)
        guard idle[lane, default: some].has(at: boot) else { return false }
        let many = RateBucket(perSecond: 100, burst: 1000, at: boot)
        return lanes[lane, default: many].spend(at: boot)
    }

    /// A command that the kill lane spared did nothing. Several may have come in one turn, before
    /// the first was counted: what they took too much shuts the lane for the next turns.
    mutating func countIdle(of uid: UInt32, _ verb: String, at boot: Span) {
        let full = RateBucket(perSecond: EngineProtocol.commandsPerSecond, at: boot)
        idle[Lane(uid: uid, verb: verb), default: full].owe(1, at: boot)
    }

    /// Rows that say that nothing was done cost as much as a command by the score: a pause of a
    /// thousand bots that are paused writes a thousand of them.
    private static let rowsPerCommand: Int64 = 20

    /// A command that passed has written rows of which each says that nothing was done.
    /// - Parameter lane: of the kill lane, where that spared it; nil for the usual limit.
    mutating func countIdleRows(
        _ rows: Int64, of uid: UInt32, lane verb: String?, at boot: Span
    ) {
        let owed = rows / Self.rowsPerCommand
        guard owed > 0 else { return }
        let full = RateBucket(perSecond: EngineProtocol.commandsPerSecond, at: boot)
        if let verb {
            idle[Lane(uid: uid, verb: verb), default: full].owe(owed, at: boot)
        } else {
            commands[uid, default: full].owe(owed, at: boot)
        }
    }

    /// Drops full buckets: a new one would be the same.
    mutating func forgetTheQuiet(at boot: Span) {
        commands = commands.filter { !$0.value.isFull(at: boot) }
        chatter = chatter.filter { !$0.value.isFull(at: boot) }
        strangers = strangers.filter { !$0.value.isFull(at: boot) }
        members = members.filter { !$0.value.isFull(at: boot) }
        lanes = lanes.filter { !$0.value.isFull(at: boot) }
        idle = idle.filter { !$0.value.isFull(at: boot) }
    }
}
