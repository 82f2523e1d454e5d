/// An update that goes in cohorts: a few bots first, the others once those have stayed well.

/// How far it is.
public enum RolloutStage: String, Sendable, CaseIterable, Codable {
    case canaries, watching, rest, done
    case rolledBack = "rolled_back"

    public var isOver: Bool { self == .done || self == .rolledBack }
}

/// At most one is under way. Its number is that of its first command.
public struct Rollout: Sendable, Equatable, Codable {
    public var number: Int64
    public var version: String
    public var stage: RolloutStage
    /// The canaries are watched until then; nil before and after.
    public var watchUntil: Instant?
    public var startedAt: Instant
    /// How it goes, in words.
    public var detail: String

    public init(
        number: Int64, version: String, stage: RolloutStage = .canaries,
        watchUntil: Instant? = nil, startedAt: Instant, detail: String = ""
    ) {
        self.number = number
        self.version = version
        self.stage = stage
        self.watchUntil = watchUntil
        self.startedAt = startedAt
        self.detail = detail
    }
}

/// What became of one bot in it.
public enum RolloutResult: String, Sendable, CaseIterable, Codable {
    case waiting, updating, updated, failed
    case rolledBack = "rolled_back"
}

/// One bot of the newest rollout that it took part in.
public struct RolloutBot: Sendable, Equatable {
    public var botID: ID<Bot>
    public var rollout: Int64
    public var commandID: ID<CommandRecord>
    public var isCanary: Bool
    /// What it goes back to.
    public var oldVersion: String
    public var result: RolloutResult

    public init(
        botID: ID<Bot>, rollout: Int64, commandID: ID<CommandRecord>, isCanary: Bool,
        oldVersion: String, result: RolloutResult
    ) {
        self.botID = botID
        self.rollout = rollout
        self.commandID = commandID
        self.isCanary = isCanary
        self.oldVersion = oldVersion
        self.result = result
    }
}
