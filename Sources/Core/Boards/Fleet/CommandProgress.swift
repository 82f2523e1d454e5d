/// How far a command is that takes its time: for whoever waits for it without a screen.

import Store

public struct CommandProgress: Sendable, Equatable, Codable {
    /// Changes only when something else begins: `btc-trend-01  update: pulling 3/6`.
    public var phase: String
    /// Until the phase ends; nil where nobody knows.
    public var left: Span?
    /// Why the exchange rejected the newest order of it that it rejected; nil where it did not.
    public var rejection: String?

    /// Nil when nothing of the request is under way any more.
    static func load(
        _ db: Reading, _ row: CommandRecord
    ) throws(StoreError) -> CommandProgress? {
        let rows = try db.commands(ofRequest: row)
        let open = rows.filter { !$0.outcome.isFinal }
        var progress = try standing(db, rows, open)
        progress?.rejection = try rejection(db, open)
        return progress
    }

    /// Orders that are looked through for one that was rejected: the newest of the fleet.
    private static let orders = 50

    private static func rejection(
        _ db: Reading, _ open: [CommandRecord]
    ) throws(StoreError) -> String? {
        let commands = Set(open.map(\.id))
        return try db.orders(limit: orders).first { order in
            order.status == .rejected && order.commandID.map { commands.contains($0) } == true
        }?.rejectReason
    }

    private static func standing(
        _ db: Reading, _ rows: [CommandRecord], _ open: [CommandRecord]
    ) throws(StoreError) -> CommandProgress? {
        guard let first = open.first else { return nil }
        let facts = try FleetFacts.load(db)
        let isRollout = first.verb == UpdateCommand.verb && rows.count > 1
        if isRollout, let rollout = try RolloutProgress.load(db, facts), !rollout.isOver {
            return CommandProgress(rollout, facts.now)
        }
        if rows.count > 1 { return many(rows, open, facts) }
        return one(first, facts)
    }

    private init(_ rollout: RolloutProgress, _ now: Instant) {
        let stage =
            switch rollout.rollout.stage {
            case .canaries: "canaries first"
            case .watching: "watching the canaries"
            default: "the rest follows"
            }
        phase =
            "update to \(rollout.version): \(stage), \(rollout.count(of: .updated)) of "
            + "\(rollout.members.count) run it"
        left = rollout.rollout.watchUntil.map { max($0 - now, .seconds(0)) }
    }

    public init(phase: String, left: Span? = nil) {
        (self.phase, self.left) = (phase, left)
    }

    private static func many(
        _ rows: [CommandRecord], _ open: [CommandRecord], _ facts: FleetFacts
    ) -> CommandProgress {
        let ended = "\(open[0].verb): \(rows.count - open.count) of \(rows.count) ended"
        guard open[0].verb == CloseAllCommand.verb else { return CommandProgress(phase: ended) }
        let bots = Set(open.compactMap(\.botID))
        let left = facts.positions.count { bots.contains($0.botID) }
        return CommandProgress(phase: "\(ended), \(counted(left, "position")) left")
    }

    private static func one(_ row: CommandRecord, _ facts: FleetFacts) -> CommandProgress {
        guard let bot = row.botID, let instance = facts.instances[bot] else {
            return CommandProgress(phase: "\(row.target)  \(row.verb): \(row.message)")
        }
        if instance.commandID == row.id, let job = JobView(instance, now: facts.now) {
            return CommandProgress(phase: "\(row.target)  \(job.phaseWords)", left: job.left)
        }
        let held = facts.positions.count { $0.botID == bot }
        let closes = [StopCommand.verb, CloseAllCommand.verb].contains(row.verb)
        let words = closes && held > 0 ? "\(counted(held, "position")) left to close" : row.message
        return CommandProgress(phase: "\(row.target)  \(row.verb): \(words)")
    }
}
