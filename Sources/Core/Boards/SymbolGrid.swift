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
    /// By instrument; none for one whose market is gone.
    func grids() throws(StoreError) -> [InstrumentID: SymbolGrid] {
        var grids: [InstrumentID: SymbolGrid] = [:]
        for market in try markets() {
            grids[market.instrument.id] = SymbolGrid(of: market.instrument)
        }
        return grids
    }
}
