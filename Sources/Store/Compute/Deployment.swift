/// One life of a bot's instance, from provisioning to release.

/// A stopped bot keeps its deployments as history. **Source** <doc:ProductRules#Deployment>.
public struct Deployment: Sendable, Equatable, Identified, Codable {
    public static let idPrefix = "deployment"
    /// 0 until it is written.
    public var id: ID<Deployment>
    public var botID: ID<Bot>
    public var provider: String
    public var region: String
    public var ipv4: String
    public var ipv6: String
    public var startedAt: Instant
    /// When the instance was released; nil while it runs.
    public var endedAt: Instant?

    public init(
        id: ID<Deployment> = ID(0), botID: ID<Bot>, provider: String, region: String,
        ipv4: String, ipv6: String, startedAt: Instant, endedAt: Instant? = nil
    ) {
        self.id = id
        self.botID = botID
        self.provider = provider
        self.region = region
        self.ipv4 = ipv4
        self.ipv6 = ipv6
        self.startedAt = startedAt
        self.endedAt = endedAt
    }
}
