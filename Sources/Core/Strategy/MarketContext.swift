/// What the market offers at a candle's close besides the candle itself.

import Store

/// Nil says that the market does not offer it: a signal then counts 0, a filter, gate or guard
/// blocks. **Source** <doc:ProductRules#Missing-inputs>.
public struct MarketContext: Sendable, Equatable {
    /// Best ask less best bid, as a share of the middle.
    public var spread: Rate?
    /// The current funding rate per 8 hours; positive: longs pay.
    public var fundingRate: Rate?
    /// Open contracts, in base units.
    public var openInterest: Double?
    /// (bids − asks) / (bids + asks) over ``Strategy/bookDepth`` levels. **Range** -1...1.
    public var bookImbalance: Double?
    /// Fees in and out plus one spread, as a share of notional.
    public var roundTripCost: Rate?
    /// Candles closed since this symbol's last exit, 0 for an exit inside the candle that closes
    /// now; nil when there was none (which is not "no data").
    public var candlesSinceExit: Int?

    public init(
        spread: Rate? = nil, fundingRate: Rate? = nil, openInterest: Double? = nil,
        bookImbalance: Double? = nil, roundTripCost: Rate? = nil, candlesSinceExit: Int? = nil
    ) {
        self.spread = spread
        self.fundingRate = fundingRate
        self.openInterest = openInterest
        self.bookImbalance = bookImbalance
        self.roundTripCost = roundTripCost
        self.candlesSinceExit = candlesSinceExit
    }
}
