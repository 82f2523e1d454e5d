/// What a symbol is worth at the instant of the world.
import Store

extension Department {
    /// What a symbol is worth now; nil before its first print.
    func mark(_ symbol: Int) -> Mark? {
        let market = markets[symbol]
        guard let price = market.lastPrice else { return nil }
        return Mark(
            market.instrument.id, price: price, bid: market.book?.bid,
            ask: market.book?.ask, fundingRate: market.fundingRate, at: now)
    }
}
