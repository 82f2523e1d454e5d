/// What an account may bind: its free margin, asked for when an order comes and when it fills.
import Store

extension PaperVenue {
    /// What new positions may bind: wallet less what positions can cost, and less the margins of
    /// resting entries.
    func available(_ index: Int) -> Money {
        var free = accounts[index].money.wallet
        for held in accounts[index].positions {
            free -= atStake(held.cost, held.side, held.leverage, held.symbol)
        }
        guard accounts[index].openOrders > 0 else { return free }
        let key = accounts[index].money.keyID
        for index in markets.indices {
            let contract = markets[index].instrument.contract
            for order in markets[index].resting where order.keyID == key && !order.reduceOnly {
                let price = order.limitPrice ?? order.decisionPrice
                free -= contract.value(of: order.remaining, at: price)
                    .divided(by: Int64(order.leverage))
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

    /// What so much of an order can cost: its fee, and what is at stake with the position from then
    /// on, beyond what is already; nil where it only makes a position smaller.
    private func marginNeeded(
        _ order: VenueOrder, _ quantity: Quantity, at price: Price, _ account: Int
    ) -> Money? {
        let held = accounts[account].held(order.symbol)
        let reduces = held.map { $0.side.closing == order.side } ?? false
        let reduced = reduces ? min(quantity, held?.quantity ?? .zero) : .zero
        let increase = quantity - reduced
        guard increase.isPositive else { return nil }
        var value = contract(order.symbol).value(of: increase, at: price)
        let fee = value.times(instrument(order.symbol).takerFee)
        // Adding takes the new order's leverage for the whole position.
        if let held, !reduces { value += held.cost }
        let side: Side = order.side == .buy ? .long : .short
        let before = held.map { atStake($0.cost, $0.side, $0.leverage, $0.symbol) } ?? .zero
        return atStake(value, side, order.leverage, order.symbol) + fee - before
    }

    /// The most that a position can cost from here on: its margin, and the fee of a close where
    /// that is used up. Of what no account can pay only that it is more.
    private func atStake(_ cost: Money, _ side: Side, _ leverage: Int, _ symbol: Int) -> Money {
        let margin = cost.divided(by: Int64(leverage))
        guard reservesClosingFees else { return margin }
        let worth = Int128(contract(symbol).worth(side, cost: cost, profit: -margin).raw)
        let rate = Int128(instrument(symbol).takerFee.raw)
        let whole = Int128(powerOfTen(Rate.scale))
        // Rounded up: each of its fills rounds its fee for itself.
        let stake = Int128(margin.raw) + (worth * rate + whole - 1) / whole
        return Money(raw: Int64(min(stake, Int128(Countable.end) * 2)))
    }

    /// Where a market order would begin to fill.
    func expectedPrice(_ order: VenueOrder) -> Price {
        let market = markets[order.symbol]
        if let book = market.book { return order.side == .buy ? book.ask : book.bid }
        return market.mark ?? order.decisionPrice
    }
}
