/// The closed candles that indicators start from when they start in the middle of a market.
import Store

/// Read before anything is written: a look into the store from within a transaction fails, and a
/// template without a past would hold positions by rules that know no level yet.
struct Past {
    /// By symbol.
    private let candles: [String: [Candle]]

    /// Of no symbol.
    init() { candles = [:] }

    init(_ candles: [String: [Candle]]) { self.candles = candles }

    /// Oldest first; empty for a symbol that was not asked for.
    subscript(symbol: String) -> [Candle] { candles[symbol] ?? [] }
}
