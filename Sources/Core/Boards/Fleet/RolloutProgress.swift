/// How far an update in cohorts has come, bot by bot: for whoever opens a console meanwhile.

import Store

public struct RolloutProgress: Sendable, Equatable, Codable {
    /// One bot of it.
    public struct Member: Sendable, Equatable, Identifiable, Codable {
        public var id: ID<Bot>
        public var label: String
        public var isCanary: Bool
        /// What it goes back to.
        public var oldVersion: String
        public var result: RolloutResult
    }

    public var rollout: Rollout
    /// Canaries first, then by label.
    public var members: [Member]

    public var version: String { rollout.version }
    public var isOver: Bool { rollout.stage.isOver }

    public init(rollout: Rollout, members: [Member]) {
        self.rollout = rollout
        self.members = members.sorted {
            ($0.isCanary ? 0 : 1, $0.label) < ($1.isCanary ? 0 : 1, $1.label)
        }
    }

    public func member(_ bot: ID<Bot>) -> Member? { members.first { $0.id == bot } }

    public func count(of result: RolloutResult) -> Int { members.count { $0.result == result } }

    /// `UPDATE 1.1.0: 2 canaries watched 08:12, 7 waiting`.
    public func words(now: Instant) -> String {
        let canaries = members.filter(\.isCanary)
        let done = canaries.count { $0.result == .updated }
        let some = "\(canaries.count) \(canaries.count == 1 ? "canary" : "canaries")"
        switch rollout.stage {
        case .canaries:
            return "UPDATE \(version): \(done) of \(some) done, \(count(of: .waiting)) waiting"
        case .watching:
            return "UPDATE \(version): \(some) watched \(watchLeft(now).countdownText), "
                + "\(count(of: .waiting)) waiting"
        case .rest: return "UPDATE \(version): \(count(of: .updated)) of \(members.count) done"
        case .done, .rolledBack: return "update \(version): \(rollout.detail)"
        }
    }

    /// What it means for one of its bots while it is under way, beyond the job that is seen anyway.
    public func words(of bot: ID<Bot>, now: Instant) -> String? {
        guard !isOver, let member = member(bot) else { return nil }
        switch (rollout.stage, member.result) {
        case (.watching, .updated):
            return "canary, watched \(watchLeft(now).countdownText)"
        case (_, .waiting): return "\(version) after canaries"
        default: return nil
        }
    }

    /// How long the canaries still have to stay well.
    public func watchLeft(_ now: Instant) -> Span {
        max((rollout.watchUntil ?? now) - now, .seconds(0))
    }

    public var json: JSON {
        [
            "version": .string(version), "stage": .string(rollout.stage.rawValue),
            "started_at": .time(rollout.startedAt), "watch_until": .time(rollout.watchUntil),
            "detail": .string(rollout.detail), "bots": .list(members) { $0.json },
        ]
    }

    /// Nil when none is under way, and none was begun in the last day.
    static func load(_ db: Reading, _ facts: FleetFacts) throws(StoreError) -> RolloutProgress? {
        guard let rollout = try db.newestRollout(),
            !rollout.stage.isOver || facts.now - rollout.startedAt < .days(1)
        else { return nil }
        let labels = facts.labels
        return RolloutProgress(
            rollout: rollout,
            members: try db.bots(of: rollout).map { one in
                Member(
                    id: one.botID, label: labels[one.botID] ?? one.botID.description,
                    isCanary: one.isCanary, oldVersion: one.oldVersion, result: one.result)
            })
    }
}

extension RolloutProgress.Member {
    var json: JSON {
        [
            "bot": .id(id), "label": .string(label), "canary": .bool(isCanary),
            "old_version": .string(oldVersion), "result": .string(result.rawValue),
        ]
    }
}
