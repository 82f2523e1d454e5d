/// The home's own facts.

/// One row a home.
public struct Workspace: Sendable, Equatable {
    /// `personal` or the organisation's slug.
    public var name: String
    /// Random at creation and at each restore; part of every client order id.
    public var generation: String
    public var seed: Int64
    /// World time of the last commit.
    public var clock: Instant
    public var createdAt: Instant
    /// `model` or `recorded`.
    public var market: String
    public var isDemo: Bool

    public init(
        name: String, generation: String, seed: Int64, clock: Instant, createdAt: Instant,
        market: String, isDemo: Bool
    ) {
        self.name = name
        self.generation = generation
        self.seed = seed
        self.clock = clock
        self.createdAt = createdAt
        self.market = market
        self.isDemo = isDemo
    }
}
