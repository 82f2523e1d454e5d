/// What a destructive act would do, bound to its confirmation.

/// Void after its ``lifetime``, or when the set grew or its value moved.
/// **Source** <doc:ProductRules#Previews>.
public struct Preview: Sendable, Equatable {
    public var token: String
    public var actorUID: Int64
    public var verb: String
    public var botIDs: [ID<Bot>]
    public var positionIDs: [ID<Position>]
    /// Client order ids of the resting orders, those unknown to the bots included; sorted.
    public var orderIDs: [String]
    public var notional: CurrencySums
    public var createdAt: Instant
    public var expiresAt: Instant

    public static let lifetime = Span.seconds(30)
    /// As people are told: `30 s`.
    public static let lifetimeWords = "\(lifetime.milliseconds / 1000) s"

    public init(
        token: String, actorUID: Int64, verb: String, botIDs: [ID<Bot>],
        positionIDs: [ID<Position>], orderIDs: [String] = [], notional: CurrencySums,
        createdAt: Instant, expiresAt: Instant
    ) {
        self.token = token
        self.actorUID = actorUID
        self.verb = verb
        self.botIDs = botIDs
        self.positionIDs = positionIDs
        self.orderIDs = orderIDs
        self.notional = notional
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}
