/// Rows of the simulated exchange that cannot be true: no order could be filled against them.
import Store

extension VenuePosition {
    /// Nil where it can be gone on with.
    func flaw(_ contract: Contract) -> String? {
        if !Position.leverages.contains(leverage) { return "its leverage is \(leverage)" }
        if entryPrice > Countable.largestPrice { return "nothing is traded at \(entryPrice)" }
        if !quantity.isPositive || !entryPrice.isPositive || !(cost?.isCountable ?? true)
            || !contract.isCountable(quantity, at: entryPrice, times: 2)
        {
            return "what it is worth cannot be counted"
        }
        let isBeyond =
            side == .long ? liquidationPrice > entryPrice : liquidationPrice < entryPrice
        return isBeyond ? "its liquidation price lies beyond its entry" : nil
    }

    /// What the books say of it, where the exchange's own row says what cannot be; nil for nothing.
    /// - Parameter books: of its key and symbol, oldest first.
    func rebuilt(from books: [Position], _ instrument: Instrument) -> VenuePosition? {
        var account = PaperAccount(
            money: VenueAccount(keyID: keyID, deposits: .zero, wallet: .zero))
        let contract = instrument.contract
        for book in books where contract.isCountable(book.quantity, at: book.entryPrice) {
            _ = account.apply(
                symbol: 0, side: book.side == .long ? .buy : .sell, quantity: book.quantity,
                price: book.entryPrice, leverage: max(1, min(book.leverage, 1000)),
                instrument: instrument)
        }
        guard let net = account.positions.first else { return nil }
        let found = VenuePosition(
            keyID: keyID, symbol: symbol, side: net.side, quantity: net.quantity,
            entryPrice: net.entryPrice, leverage: net.leverage,
            liquidationPrice: net.liquidationPrice, cost: net.cost)
        return found.flaw(contract) == nil ? found : nil
    }
}

extension VenueAccount {
    /// Nil where it can be gone on with.
    var flaw: String? {
        let sums = [deposits, wallet, realised, fees, funding, adjustments]
        return sums.allSatisfy(\.isCountable) ? nil : "its sums cannot be counted"
    }

    /// The same key's account with nothing in it.
    var emptied: VenueAccount {
        VenueAccount(keyID: keyID, currency: currency, deposits: .zero, wallet: .zero)
    }
}
