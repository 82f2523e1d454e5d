/// The decimals in which prices and sizes of a symbol are shown: those of its tick and its lot.

import Store

public struct SymbolGrid: Sendable, Equatable, Codable {
    public var prices: Int
    public var sizes: Int

    public init(prices: Int, sizes: Int) {
        self.prices = prices
        self.sizes = sizes
    }
}

extension Reading {
    /// By symbol; none for a symbol of a market that is gone.
    func grids() throws(StoreError) -> [String: SymbolGrid] {
        var grids: [String: SymbolGrid] = [:]
        for market in try markets() {
            grids[market.instrument.symbol] = SymbolGrid(
                prices: market.instrument.priceDecimals, sizes: market.instrument.quantityDecimals)
        }
        return grids
    }
}
