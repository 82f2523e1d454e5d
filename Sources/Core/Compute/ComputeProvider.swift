/// What the world asks of whoever runs the instances; a real provider would implement the same.
import Store

/// One step that the provider is to take for one bot.
public struct ComputeRequest: Sendable, Equatable {
    public let bot: ID<Bot>
    /// Counts the bot's jobs: the same request asked again is the same work.
    public let number: Int
    public let job: ComputeJob
    public let phase: JobPhase
    public let place: ComputePlace
    /// Begun at this instant of world time.
    public let at: Instant
}

/// When a step ends, and how. The world takes it as an event of its timeline.
public struct ComputeAnswer: Sendable, Equatable {
    public let at: Instant
    /// In words; nil for success.
    public let failure: String?
}

/// Two addresses that belong to one bot alone.
public struct ComputeAddresses: Sendable, Equatable {
    public let ipv4: String
    public let ipv6: String
}

/// A stretch of time in which a bot and the backend do not hear each other.
public struct NetworkOutage: Sendable, Equatable {
    public let from: Instant
    public let until: Instant
}

/// Values in, values out; nobody waits inside.
public protocol ComputeProvider: Sendable {
    var catalog: ComputeCatalog { get }
    func answer(to request: ComputeRequest) -> ComputeAnswer
    /// Reserves addresses that nobody in `taken` has.
    func addresses(of bot: ID<Bot>, number: Int, taken: Set<String>) -> ComputeAddresses
    /// Whether the instance of a bot is lost in this hour. **Requires** the start of an hour.
    func losesInstance(of bot: ID<Bot>, in hour: Instant) -> Bool
    /// When the network between bot and backend fails in this hour; nil when it does not.
    /// **Requires** the start of an hour.
    func outage(of bot: ID<Bot>, in hour: Instant) -> NetworkOutage?
}

extension ComputeJob {
    /// What is seen of it, in order. **Source** <doc:ProductRules#Jobs-of-the-provider>.
    var phases: [JobPhase] {
        switch self {
        case .deploy, .wake, .replace: [.provisioning, .installing, .connecting]
        case .restart: [.stopping, .starting, .reconciling]
        case .update: [.pausing, .cancelling, .pulling, .replacing, .reconciling, .resuming]
        case .rollback: [.replacing, .reconciling, .resuming]
        case .release: [.cancelling, .releasing]
        }
    }

    /// In a sentence: `an update is under way`.
    public var noun: String {
        switch self {
        case .deploy: "a deployment"
        case .wake: "a wake"
        case .restart: "a restart"
        case .update: "an update"
        case .rollback: "a rollback"
        case .replace: "a replacement of its instance"
        case .release: "a release"
        }
    }
}
