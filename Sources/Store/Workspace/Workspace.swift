/// The home's own facts.

/// One row a home.
public struct Workspace: Sendable, Equatable, Codable {
    /// `personal` or the organisation's slug.
    public var name: String
    /// Drawn at random when the home is made, and kept; part of every client order id.
    public var generation: String
    public var seed: Int64
    /// World time of the last commit.
    public var clock: Instant
    public var createdAt: Instant
    /// `model` or `recorded`.
    public var market: String
    public var isDemo: Bool
    /// Why the engine opens nothing, in words; nil when it may.
    public var entriesStopped: String?
    /// The machine's clocks as they were believed at the last commit; nil before they were first
    /// kept. The wall clock is the one that goes with boottime by the boot's first reading.
    public var machineClock: MachineClock?

    public init(
        name: String, generation: String, seed: Int64, clock: Instant, createdAt: Instant,
        market: String, isDemo: Bool, entriesStopped: String? = nil,
        machineClock: MachineClock? = nil
    ) {
        self.name = name
        self.generation = generation
        self.seed = seed
        self.clock = clock
        self.createdAt = createdAt
        self.market = market
        self.isDemo = isDemo
        self.entriesStopped = entriesStopped
        self.machineClock = machineClock
    }
}

/// What the clocks of a machine showed at one moment.
public struct MachineClock: Sendable, Equatable, Codable {
    /// Anybody with the right may set it.
    public var wall: Instant
    /// Since boot, sleep included; nobody can set it.
    public var boottime: Span
    /// Which boot ``boottime`` counts from.
    public var bootID: String

    public init(wall: Instant, boottime: Span, bootID: String) {
        self.wall = wall
        self.boottime = boottime
        self.bootID = bootID
    }
}
