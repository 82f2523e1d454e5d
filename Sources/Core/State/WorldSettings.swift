/// What a world is told once, at its birth.
import Store

public struct WorldSettings: Sendable {
    /// Part of every client order id; drawn at random when the home is made.
    /// **Source** <doc:SafetyRules#Intent-before-sending>.
    public var generation: String
    /// The engine's turn on the lease; written on every order.
    /// **Source** <doc:SafetyRules#The-epoch>.
    public var epoch: Int64
    /// Time from the bot to the exchange; zero over recorded candles.
    public var latency: Span
    /// Background duties of a real bot: heartbeats, reconciliation, snapshots.
    public var keepsHouse: Bool
    /// How often equity is written down.
    public var snapshotEvery: Span

    /// That, unless a world is told otherwise.
    static let snapshotSpacing = Span.minutes(15)

    public init(
        generation: String, epoch: Int64 = 1, latency: Span = .milliseconds(80),
        keepsHouse: Bool = true, snapshotEvery: Span? = nil
    ) {
        self.generation = generation
        self.epoch = epoch
        self.latency = latency
        self.keepsHouse = keepsHouse
        self.snapshotEvery = snapshotEvery ?? Self.snapshotSpacing
    }
}
