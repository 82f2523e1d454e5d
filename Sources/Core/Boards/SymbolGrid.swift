/// The decimals in which prices and sizes of a symbol are shown: those of its tick and its lot.

import Store

public struct SymbolGrid: Sendable, Equatable, Codable {
    public var prices: Int
    public var sizes: Int

    public init(prices: Int, sizes: Int) {
        self.prices = prices
        self.sizes = sizes
    }

    init(of instrument: Instrument) {
        self.init(prices: instrument.priceDecimals, sizes: instrument.quantityDecimals)
    }
}

extension Reading {
    /// By symbol; none for a symbol of a market that is gone.
    func grids() throws(StoreError) -> [String: SymbolGrid] {
        var grids: [String: SymbolGrid] = [:]
        for market in try markets() {
            grids[market.instrument.symbol] = SymbolGrid(of: market.instrument)
        }
        return grids
    }
}
