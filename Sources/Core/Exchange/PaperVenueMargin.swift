/// What an account may bind: its free margin, asked for when an order comes and when it fills.
import Store

extension PaperVenue {
    /// What new positions may bind: wallet less the margins of positions and resting entries.
    public func availableMargin(_ key: ID<APIKey>) -> Money {
        accountIndex[key].map { available($0) } ?? .zero
    }

    private func available(_ index: Int) -> Money {
        var free = accounts[index].money.wallet - accounts[index].usedMargin
        guard accounts[index].openOrders > 0 else { return free }
        let key = accounts[index].money.keyID
        for index in markets.indices {
            for order in markets[index].resting where order.keyID == key && !order.reduceOnly {
                let price = order.limitPrice ?? order.decisionPrice
                free -= order.remaining.value(at: price).divided(by: Int64(order.leverage))
            }
        }
        return free
    }

    /// Why an order that comes now is not taken; nil where the free margin is enough for it.
    func marginRejection(of order: VenueOrder, _ account: Int) -> VenueRejection? {
        let price = order.limitPrice ?? expectedPrice(order)
        guard let needed = marginNeeded(order, order.quantity, at: price, account) else {
            return nil
        }
        let available = available(account)
        return needed > available
            ? .insufficientMargin(needed: needed, available: available) : nil
    }

    /// Whether an entry can be paid at the price that it fills at: when it came, another price
    /// was known, and other orders may have filled since. Nobody binds what he does not have.
    func canCarry(
        _ order: VenueOrder, _ quantity: Quantity, at price: Price, _ account: Int
    ) -> Bool {
        guard !order.reduceOnly, looksAtMarginAgain,
            let needed = marginNeeded(order, quantity, at: price, account)
        else { return true }
        return needed <= available(account)
    }

    /// Margin and fee of so much of an order, beyond what the position that it adds to has bound
    /// already; nil where it only makes a position smaller.
    private func marginNeeded(
        _ order: VenueOrder, _ quantity: Quantity, at price: Price, _ account: Int
    ) -> Money? {
        let held = accounts[account].held(order.symbol)
        let reduces = held.map { $0.side.closing == order.side } ?? false
        let reduced = reduces ? min(quantity, held?.quantity ?? .zero) : .zero
        let increase = quantity - reduced
        guard increase.isPositive else { return nil }
        var value = increase.value(at: price)
        let fee = value.times(instrument(order.symbol).takerFee)
        // Adding takes the new order's leverage for the whole position.
        if let held, !reduces { value += held.cost }
        return value.divided(by: Int64(order.leverage)) + fee - (held?.margin ?? .zero)
    }

    private func expectedPrice(_ order: VenueOrder) -> Price {
        let market = markets[order.symbol]
        if let book = market.book { return order.side == .buy ? book.ask : book.bid }
        return market.mark ?? order.decisionPrice
    }
}
