/// An exchange key: what it may trade, where, for which bot.

/// Where a key's orders go. **Source** <doc:ProductRules#API-keys>.
public enum TradingEnvironment: String, Sendable, CaseIterable, Codable {
    case paper, testnet, live
    /// `PAPER`, `TEST`, `LIVE`.
    public var badge: String {
        switch self {
        case .paper: "PAPER"
        case .testnet: "TEST"
        case .live: "LIVE"
        }
    }
}

/// One key; its secret lives sealed in a table of its own.
public struct APIKey: Sendable, Equatable, Identified, Codable {
    public static let idPrefix = "key"
    /// 0 until it is written.
    public var id: ID<APIKey>
    public var label: String
    /// `simulated`, `bitmex`, …
    public var exchange: String
    public var environment: TradingEnvironment
    public var contractType: ContractType
    /// Safe to show: `pk…3f`.
    public var masked: String
    public var isActive: Bool
    /// Symbols that the bot behind this key trades, sorted.
    public var instruments: [String]
    public var createdAt: Instant

    public init(
        id: ID<APIKey> = ID(0), label: String, exchange: String,
        environment: TradingEnvironment = .paper, contractType: ContractType = .linear,
        masked: String = "", isActive: Bool = true, instruments: [String], createdAt: Instant
    ) {
        self.id = id
        self.label = label
        self.exchange = exchange
        self.environment = environment
        self.contractType = contractType
        self.masked = masked
        self.isActive = isActive
        self.instruments = instruments
        self.createdAt = createdAt
    }

    /// Where its orders go.
    public var venue: VenueName { VenueName(exchange, environment) }
    /// What it trades, in the order of the symbols.
    public var instrumentIDs: [InstrumentID] { instruments.map { InstrumentID($0, on: venue) } }
}
