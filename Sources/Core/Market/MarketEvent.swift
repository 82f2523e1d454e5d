/// All that the core sees of prices.
import Store

/// One thing that a market tells. **Source** <doc:ProductRules#Recorded-candles>.
public enum MarketEvent: Sendable, Equatable {
    /// A print. Seeded: each step. Recorded: the candle's open, at its open time.
    case trade(price: Price)
    /// Recorded only, at the candle's end: where the price went after the open. From here on the
    /// market is between prints.
    case range(high: Price, low: Price, close: Price)
    /// The candle that ended now: one minute (seeded), or the file's own span.
    case candle(Candle)
}

/// A market event with its moment.
public struct TimedMarketEvent: Sendable, Equatable {
    public var at: Instant
    public var event: MarketEvent

    @inlinable public init(at: Instant, event: MarketEvent) {
        self.at = at
        self.event = event
    }
}
