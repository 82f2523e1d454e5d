/// Recorded candles in whose way nothing lies: most of them, passed in one step.
import Store

/// Prices between two bounds, both included.
struct PriceStretch {
    let low: Price
    let high: Price
}

extension Trading {
    /// Whether no order, level, limit or liquidation can be met by prices of a stretch, so that
    /// they change nothing but marks and excursions. **Requires** that bots look at prices.
    @inline(__always)
    func isQuiet(_ symbol: Int, _ prices: PriceStretch, _ watchers: [Watcher]) -> Bool {
        guard venue.paper.isQuiet(symbol, low: prices.low, high: prices.high) else { return false }
        for place in watchers.indices
        where !watchers[place].call({ bot, _ in isCalm(bot, symbol, prices) }) { return false }
        return true
    }

    /// What the range of a quiet candle changes, at once.
    /// - Parameter withOpen: its print too, which was not told before.
    @inline(__always)
    func passQuietly(_ symbol: Int, _ candle: Candle, _ watchers: [Watcher], withOpen: Bool) {
        venue.paper.endCandle(symbol, candle.close)
        for place in watchers.indices {
            watchers[place].call { bot, _ in
                bot.single?._withUnsafeGuaranteedRef { held in
                    held.see(candle)
                    if candle.low < held.newsBelow || candle.high > held.newsAbove {
                        seeExtremes(bot, held, candle, withOpen: withOpen)
                    }
                }
            }
        }
    }

    /// Shows the equity along the candle's way: the open may be a peak that the adverse extreme
    /// falls from, the favourable one a peak that the close falls from. Works out which prices
    /// would bring news from here.
    @inline(never)
    private func seeExtremes(
        _ bot: BotMachine, _ held: BookedPosition, _ candle: Candle, withOpen: Bool
    ) {
        guard let place = account(of: bot), isOn(.extremesAreSeen) else { return }
        let isLong = held.position.side == .long
        let best = isLong ? candle.high : candle.low
        if withOpen { bot.see(venue.paper.equityOfOnePosition(at: place, mark: candle.open)) }
        let worst = isLong ? candle.low : candle.high
        bot.see(venue.paper.equityOfOnePosition(at: place, mark: worst))
        let equity = venue.paper.equityOfOnePosition(at: place, mark: best)
        bot.see(equity)
        bot.see(venue.paper.equityOfOnePosition(at: place, mark: candle.close))
        guard let drawdown = bot.drawdown else { return }
        held.foresee(
            from: best, rise: drawdown.peak - equity, fall: equity - drawdown.floor)
    }

    /// Whether prices can make a bot neither close nor pause.
    @inline(__always)
    private func isCalm(_ bot: BotMachine, _ symbol: Int, _ prices: PriceStretch) -> Bool {
        guard let single = bot.single else { return !bot.isHolding }
        return single._withUnsafeGuaranteedRef { held in
            held.symbol == symbol && bot.runsExitRules && bot.record.killLatchedAt == nil
                && held.levelsAllow(prices) && lossesAllow(bot, held, prices)
        }
    }

    /// Whether the loss limits hold at the worst of the prices, and so at each of them: they were
    /// shown to hold at a price no better, and nothing but the price has changed since.
    @inline(__always)
    private func lossesAllow(
        _ bot: BotMachine, _ held: BookedPosition, _ prices: PriceStretch
    ) -> Bool {
        guard let place = account(of: bot), let basis = basis(bot, held, place) else {
            return false
        }
        let isLong = held.position.side == .long
        if held.basis == basis {
            if isLong ? prices.low >= held.shelter : prices.high <= held.shelter { return true }
        }
        return findShelter(bot, held, basis, isLong ? prices.low : prices.high, place)
    }

    @inline(__always)
    private func basis(_ bot: BotMachine, _ held: BookedPosition, _ place: Int) -> LossBasis? {
        guard let wallet = venue.paper.walletOfOnePosition(at: place) else { return nil }
        return LossBasis(
            wallet: wallet, dayStart: bot.record.dayStartEquity, dailyLoss: bot.limits.dailyLoss,
            lossPerTrade: bot.limits.maxLossPerTrade, entry: held.position.entryPrice,
            quantity: held.position.quantity)
    }

    /// Looks some way beyond the price first, so that this is seldom asked.
    private func findShelter(
        _ bot: BotMachine, _ held: BookedPosition, _ basis: LossBasis, _ price: Price, _ place: Int
    ) -> Bool {
        let room = Price(raw: price.raw / 32)
        let beyond = held.position.side == .long ? price - room : price + room
        for shelter in [beyond, price] where lossLimitsHold(bot, held, at: shelter, place) {
            if held.basis != basis { held.forgetNews() }
            held.basis = basis
            held.shelter = shelter
            return true
        }
        return false
    }

    /// Whether neither loss limit is reached with a mark at `price`. Where it is not, it is not at
    /// better prices either: the equity rises with them, and so does what may be lost.
    private func lossLimitsHold(
        _ bot: BotMachine, _ held: BookedPosition, at price: Price, _ place: Int
    ) -> Bool {
        let equity = venue.paper.equityOfOnePosition(at: place, mark: price)
        guard equity.isPositive, !lossIsReached(bot, held, at: price, equity) else { return false }
        return !dailyLossIsReached(bot, equity)
    }
}

extension BookedPosition {
    /// Whether prices meet neither the stop nor the target.
    @inline(__always) func levelsAllow(_ prices: PriceStretch) -> Bool {
        let isLong = position.side == .long
        if let stop = levels.stop, isLong ? prices.low <= stop.price : prices.high >= stop.price {
            return false
        }
        guard let target = levels.target else { return true }
        return isLong ? prices.high < target.price : prices.low > target.price
    }

    /// Works out the prices that change the equity by so much from where it is at `best`. Both
    /// lie a little nearer than they have to: whoever looks too early only looks again.
    func foresee(from best: Price, rise: Money, fall: Money) {
        // No two distances are worth the same there: each price is looked at.
        guard !contract.isInverse else { return forgetNews() }
        let isLong = position.side == .long
        let above = distance(isLong ? rise : fall) ?? Price(raw: .max)
        let below = distance(isLong ? fall : rise) ?? best
        let sum = best.raw.addingReportingOverflow(above.raw)
        newsAbove = Price(raw: sum.overflow ? .max : sum.partialValue)
        newsBelow = best - below
    }

    /// The price distance that is worth so much; nil for more than can be counted.
    private func distance(_ money: Money) -> Price? {
        guard money.raw > 1 else { return .zero }
        let distance = contract.countableDistance(
            earning: Money(raw: money.raw - 1), with: position.quantity)
        return distance.map { Price(raw: max($0.raw - 1, 0)) }
    }

    /// Takes both ends of a candle into the excursions.
    @inline(__always) func see(_ candle: Candle) {
        position.see(candle.low)
        position.see(candle.high)
    }
}
