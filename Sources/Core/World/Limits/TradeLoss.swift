/// The limit on what one trade may lose: the price at which a position has lost it.
import Store

extension World {
    /// The price at which a position has lost what one trade may lose, where `price` has reached
    /// it; nil otherwise.
    func lossLevel(
        _ bot: BotMachine, _ held: BookedPosition, _ equity: Money, reachedBy price: Price
    ) -> Price? {
        let side = held.position.side
        let entry = held.position.entryPrice
        let quantity = held.position.quantity
        let lost = (side == .long ? entry - price : price - entry).raw
        let rate = bot.limits.maxLossPerTrade
        guard lost >= 0, quantity.isPositive,
            !isFarFromLimit(lost, quantity, equity, rate)
        else { return nil }
        guard let level = lossPoint(held, equity, rate),
            side == .long ? price <= level : price >= level
        else { return nil }
        return level
    }

    /// Where a position is closed that has lost `rate` of the equity: on the tick, rounded against
    /// it; nil where there is no such price.
    func lossLevel(_ held: BookedPosition, _ equity: Money, _ rate: Rate) -> Price? {
        lossPoint(held, equity, rate).map {
            against(held.position.side, $0, markets[held.symbol].instrument.tick)
        }
    }

    /// The price at which a position has lost `rate` of the equity; nil where there is none.
    func lossPoint(_ held: BookedPosition, _ equity: Money, _ rate: Rate) -> Price? {
        let allowed = equity.times(rate)
        guard allowed.isPositive, held.position.quantity.isPositive,
            // So little cannot lose that much at any price that can be counted.
            let distance = Price.countable(paying: allowed, for: held.position.quantity)
        else { return nil }
        let entry = held.position.entryPrice
        guard held.position.side == .short else {
            return entry > distance ? entry - distance : nil
        }
        let sum = entry.raw.addingReportingOverflow(distance.raw)
        return sum.overflow ? nil : Price(raw: sum.partialValue)
    }

    /// A price on the tick, rounded against a side, and above zero.
    func against(_ side: Side, _ price: Price, _ tick: Price) -> Price {
        // There is no larger one to round to.
        guard price.raw <= .max - tick.raw else { return price }
        return max(price.rounded(to: tick, side == .long ? .down : .up), tick)
    }

    /// Whether a loss by `lost` price units is short of the limit by more than rounding can make
    /// up. Most prices are, and this needs no division.
    private func isFarFromLimit(
        _ lost: Int64, _ quantity: Quantity, _ equity: Money, _ rate: Rate
    ) -> Bool {
        // In 10^-18 of quote currency. The level is rounded twice: by half a unit of price and by
        // half a unit of money, hence the one price unit and the 10^10.
        let loss = (Int128(lost) &+ 1) &* Int128(quantity.raw)
        let allowed = Int128(equity.raw) &* Int128(rate.raw) &* 100
        return loss < allowed &- 10_000_000_000
    }

    /// The computation behind a close for the loss limit, in the feed.
    func tellLoss(_ bot: BotMachine, _ position: Position, at price: Price?) {
        guard journal.scope.contains(.activity), let price else { return }
        let equity = equity(bot).text(decimals: 2)
        let loss = (-position.unrealised(at: price)).text(decimals: 2)
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .risk, what: Self.lossPerTrade,
                detail: "\(position.symbol) loses \(loss) of \(equity), "
                    + "limit \(bot.limits.maxLossPerTrade.percentText) %",
                severity: .warning))
    }

    /// The reason that a close for this limit carries.
    static let lossPerTrade = RiskLimitName.maxLossPerTrade.rawValue
}
