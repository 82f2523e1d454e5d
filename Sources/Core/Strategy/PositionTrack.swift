/// What exit rules need to know of a position: small enough to be kept on disk.

import Store

/// Rules are functions of this and of their indicators, so a restart forgets nothing.
public struct PositionTrack: Sendable, Equatable {
    public var side: Side
    /// Average price of the entry fills.
    public var entryPrice: Price
    /// The most favourable price since the entry.
    public var bestPrice: Price
    /// The most adverse price since the entry.
    public var worstPrice: Price
    /// Candles closed since the entry.
    public var candlesHeld: Int
    /// ``Strategy/entryATR`` at the close that decided the entry.
    public var entryATR: Price?
    /// The close that decided the entry.
    public var decisionClose: Price

    public init(
        side: Side, entryPrice: Price, bestPrice: Price? = nil, worstPrice: Price? = nil,
        candlesHeld: Int = 0, entryATR: Price? = nil, decisionClose: Price? = nil
    ) {
        self.side = side
        self.entryPrice = entryPrice
        self.bestPrice = bestPrice ?? entryPrice
        self.worstPrice = worstPrice ?? entryPrice
        self.candlesHeld = candlesHeld
        self.entryATR = entryATR
        self.decisionClose = decisionClose ?? entryPrice
    }

    /// Takes a traded price, or an extreme of a candle, into best and worst.
    @inlinable public mutating func see(_ price: Price) {
        if side == .long {
            if price > bestPrice { bestPrice = price }
            if price < worstPrice { worstPrice = price }
        } else {
            if price < bestPrice { bestPrice = price }
            if price > worstPrice { worstPrice = price }
        }
    }

    /// `base` moved by `distance` in the position's favour; against it when negative.
    @inlinable func favourable(_ base: Price, by distance: Price) -> Price {
        side == .long ? base + distance : base - distance
    }

    /// Whether the best price lies at least `rate` of the entry price in the position's favour.
    func hasGained(_ rate: Rate) -> Bool {
        let threshold = favourable(entryPrice, by: entryPrice.times(rate))
        return side == .long ? bestPrice >= threshold : bestPrice <= threshold
    }

    /// A stop on the grid, away from the market, so that rounding never stops out earlier:
    /// down for a long, up for a short. Nil for a level that is not a price.
    func stop(_ level: Price, tick: Price) -> Price? {
        level.isPositive ? tradable(level.rounded(to: tick, side == .long ? .down : .up)) : nil
    }

    /// A target on the grid, away from the market, so that rounding never gives profit away:
    /// up for a long, down for a short. Nil for a level that is not a price.
    func target(_ level: Price, tick: Price) -> Price? {
        guard level.isPositive else { return nil }
        let rounded = level.rounded(to: tick, side == .long ? .up : .down)
        return rounded.isPositive ? tradable(rounded) : nil
    }

    /// Nil for a level above every price that can be: nothing ever reaches it.
    private func tradable(_ level: Price) -> Price? {
        level <= Countable.largestPrice ? level : nil
    }
}
