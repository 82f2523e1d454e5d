/// The limit on what one trade may lose: the price at which a position has lost it.
import Store

extension Trading {
    /// Whether a position has lost what one trade may lose, with the mark at `price`.
    /// - Parameter equity: of the account, with that mark.
    func lossIsReached(
        _ bot: BotMachine, _ held: BookedPosition, at price: Price, _ equity: Money
    ) -> Bool {
        let rate = bot.limits.maxLossPerTrade
        guard held.contract.isPlain else { return held.loses(rate, of: equity, at: price) }
        let entry = held.position.entryPrice
        let isLong = held.position.side == .long
        let lost = (isLong ? entry - price : price - entry).raw
        guard lost >= 0, !isFarFromLimit(lost, held.position.quantity, equity, rate),
            let point = lossPoint(bot, held, rate)
        else { return false }
        return isLong ? price <= point : price >= point
    }

    /// Where a position is closed that has lost `rate` of the equity: on the tick, rounded against
    /// it; nil where there is no such price.
    func lossLevel(_ bot: BotMachine, _ held: BookedPosition, _ rate: Rate) -> Price? {
        lossPoint(bot, held, rate).map {
            against(held.position.side, $0, markets[held.symbol].instrument.tick)
        }
    }

    /// The price at which a position has lost `rate` of what the account is worth at that very
    /// price; nil where there is none. The equity moves with the price by all that the account
    /// holds in the symbol, so the present price has no part in it.
    func lossPoint(_ bot: BotMachine, _ held: BookedPosition, _ rate: Rate) -> Price? {
        guard let place = account(of: bot) else { return nil }
        guard held.contract.isPlain else {
            return held.point(losing: rate) { venue.paper.equity(at: place, held.symbol, mark: $0) }
        }
        let position = held.position
        let whole = venue.paper.quantity(at: place, held.symbol, position.side)
        let rest =
            whole.isZero
            ? venue.paper.equity(at: place) : venue.paper.equityWithoutWorth(at: place, held.symbol)
        return position.point(losing: rate, of: rest, and: whole)
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
        // In 10^-18 of quote currency. The equity is rounded by half a unit of money, hence the
        // 10^10.
        let loss = Int128(lost) &* Int128(quantity.raw)
        let allowed = Int128(equity.raw) &* Int128(rate.raw) &* 100
        return loss < allowed &- 10_000_000_000
    }

    /// The computation behind a close for the loss limit, in the feed.
    func tellLoss(_ bot: BotMachine, _ held: BookedPosition, at price: Price?) {
        let position = held.position
        guard journal.scope.contains(.activity), let price else { return }
        let equity = equity(bot).text(decimals: 2)
        let loss = (-position.unrealised(at: price, on: held.contract)).text(decimals: 2)
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

extension BookedPosition {
    /// Whether it has lost `rate` of an equity, both with the mark at a price. An account that is
    /// worth nothing may lose nothing.
    fileprivate func loses(_ rate: Rate, of equity: Money, at price: Price) -> Bool {
        let loss = Int128(-position.unrealised(at: price, on: contract).raw)
        return loss >= 0
            && loss * Int128(powerOfTen(Rate.scale)) >= Int128(equity.raw) * Int128(rate.raw)
    }

    /// The price at which it has lost `rate` of what the account is worth there, for contracts
    /// whose value no straight line gives: sought by halving, since the worse the price the more
    /// is lost and the less is left. Nil where there is none.
    fileprivate func point(losing rate: Rate, equity: (Price) -> Money) -> Price? {
        let isLong = position.side == .long
        var (reached, held) = (isLong ? 1 : Countable.largestPrice.raw, position.entryPrice.raw)
        func isReached(_ raw: Int64) -> Bool {
            loses(rate, of: equity(Price(raw: raw)), at: Price(raw: raw))
        }
        if isReached(held) { return position.entryPrice }
        guard isReached(reached) else { return nil }
        while reached.distance(to: held).magnitude > 1 {
            let middle = reached + (held - reached) / 2
            if isReached(middle) { reached = middle } else { held = middle }
        }
        return Price(raw: reached)
    }
}

extension Position {
    /// The price at which it has lost `rate` of the equity, which is `rest` and `whole` at that
    /// price: added for a long, taken away for a short. An account that is worth nothing at the
    /// entry may lose nothing. Nil where that is no price that can be counted.
    fileprivate func point(losing rate: Rate, of rest: Money, and whole: Quantity) -> Price? {
        // Long: quantity × (entry − p) = rate × (rest + whole × p). In 10^-26 over 10^-16.
        let unit = Int128(powerOfTen(Rate.scale))
        let (paid, isBeyond) = (Int128(quantity.raw) * Int128(entryPrice.raw))
            .multipliedReportingOverflow(by: unit)
        let (allowed, isTooMuch) = (Int128(rest.raw) * Countable.scale)
            .multipliedReportingOverflow(by: Int128(rate.raw) * Int128(-side.sign))
        let (sum, isOver) = paid.addingReportingOverflow(allowed)
        let weight = Int128(quantity.raw) * unit + Int128(rate.raw) * Int128(whole.raw)
        guard !isBeyond, !isTooMuch, !isOver, quantity.isPositive, weight > 0 else { return nil }
        let (quotient, remainder) = sum.quotientAndRemainder(dividingBy: weight)
        guard side == .short else {
            guard quotient > 0 else { return nil }
            return min(Price(raw: Int64(clamping: quotient)), entryPrice)
        }
        let up = quotient + (remainder > 0 ? 1 : 0)
        guard up <= Int128(Countable.largestPrice.raw) else { return nil }
        return max(Price(raw: Int64(clamping: up)), entryPrice)
    }
}
