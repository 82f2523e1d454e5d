/// What an instrument is known by: the exchange that lists it, the environment, its symbol there.

/// One exchange, in one of its environments: what a key trades on.
public struct VenueName: Sendable, Hashable, Comparable, Codable {
    /// `simulated`, `bitmex`, …
    public var exchange: String
    public var environment: TradingEnvironment

    public init(_ exchange: String, _ environment: TradingEnvironment) {
        self.exchange = exchange
        self.environment = environment
    }

    /// The exchange that this program carries in itself.
    public static let simulated = VenueName("simulated", .paper)

    public static func < (left: VenueName, right: VenueName) -> Bool {
        (left.exchange, left.environment.rawValue) < (right.exchange, right.environment.rawValue)
    }
}

/// The same symbol at two exchanges, or in two environments of one, is two instruments.
public struct InstrumentID: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    public var venue: VenueName
    public var symbol: String

    public init(_ symbol: String, on venue: VenueName) {
        self.venue = venue
        self.symbol = symbol
    }

    public var description: String {
        "\(symbol) on \(venue.exchange) \(venue.environment.rawValue)"
    }

    public static func < (left: InstrumentID, right: InstrumentID) -> Bool {
        (left.venue, left.symbol) < (right.venue, right.symbol)
    }
}
