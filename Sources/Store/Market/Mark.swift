/// The last price of a symbol, with its age.

/// What every screen values positions with.
public struct Mark: Sendable, Equatable, Codable {
    public var instrument: InstrumentID
    public var price: Price
    public var bid: Price?
    public var ask: Price?
    /// Per eight hours.
    public var fundingRate: Rate?
    public var at: Instant

    public init(
        _ instrument: InstrumentID, price: Price, bid: Price? = nil, ask: Price? = nil,
        fundingRate: Rate? = nil, at: Instant
    ) {
        self.instrument = instrument
        self.price = price
        self.bid = bid
        self.ask = ask
        self.fundingRate = fundingRate
        self.at = at
    }

    /// Of a symbol of the simulated exchange.
    public init(
        symbol: String, price: Price, bid: Price? = nil, ask: Price? = nil,
        fundingRate: Rate? = nil, at: Instant
    ) {
        self.init(
            InstrumentID(symbol, on: .simulated), price: price, bid: bid, ask: ask,
            fundingRate: fundingRate, at: at)
    }
}
/// How a symbol's market is made, and where it stands.
public struct MarketRecord: Sendable, Equatable {
    public var instrument: Instrument
    /// `model` or the path of a candle file.
    public var source: String
    /// Dice and numbers of the model, or the row of the file, as text.
    public var state: String

    public init(
        instrument: Instrument, source: String, state: String
    ) {
        self.instrument = instrument
        self.source = source
        self.state = state
    }
}
