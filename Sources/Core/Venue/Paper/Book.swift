/// The offers around a price, as evenly spaced levels, and what an order takes from them.
import Store

/// Level i is `ask + i × levelStep` (or `bid − i × levelStep`), each holding the same quantity.
public struct Book: Sendable, Equatable {
    /// Levels that an order may walk; what remains beyond them finds no taker.
    public static let levels: Int64 = 50

    public var bid: Price
    public var ask: Price
    /// Distance from level to level. **Requires** a positive multiple of the tick.
    public var levelStep: Price
    /// On each bid level. **Requires** more than zero.
    public var bidDepth: Quantity
    /// On each ask level. **Requires** more than zero.
    public var askDepth: Quantity

    @inlinable public init(
        bid: Price, ask: Price, levelStep: Price, bidDepth: Quantity, askDepth: Quantity
    ) {
        self.bid = bid
        self.ask = ask
        self.levelStep = levelStep
        self.bidDepth = bidDepth
        self.askDepth = askDepth
    }

    /// (ask − bid) / middle.
    public var spread: Rate {
        Rate(
            raw: multiplyDivide(
                (ask - bid).raw, 2 * powerOfTen(Rate.scale), (bid + ask).raw, .nearest))
    }

    /// (bids − asks) / both. **Range** −1...1.
    public var imbalance: Double {
        let bids = bidDepth.double
        let asks = askDepth.double
        return (bids - asks) / (bids + asks)
    }

    /// What a market takes or gives: a quantity at one price.
    public struct Take: Sendable, Equatable {
        public var quantity: Quantity
        /// Average of the levels, rounded against the taker to the tick.
        public var price: Price
    }

    /// What an order finds here, at most `quantity`, no level worse than `worst`. Nil: nothing.
    public func take(
        _ side: OrderSide, _ quantity: Quantity, worst: Price?, tick: Price, lot: Quantity
    ) -> Take? {
        let best = side == .buy ? ask : bid
        let depth = side == .buy ? askDepth : bidDepth
        guard var open = levelsWithin(worst, of: best, side) else { return nil }
        if side == .sell { open = min(open, max((best.raw - 1) / levelStep.raw, 0)) }
        let offered = depth.raw.multipliedReportingOverflow(by: open + 1)
        let available = offered.overflow ? Int64.max : offered.partialValue
        let taken = Quantity(raw: min(quantity.raw, available)).rounded(to: lot, .down)
        guard taken.isPositive else { return nil }
        let (full, part) = taken.raw.quotientAndRemainder(dividingBy: depth.raw)
        // Level numbers weighted by what is taken there: 0 + 1 + … + (full − 1), then the part.
        let weighted = depth * (full * (full - 1) / 2) + Quantity(raw: part) * full
        let offset = Price(raw: multiplyDivide(levelStep.raw, weighted.raw, taken.raw, .up))
        let price =
            side == .buy
            ? (best + offset).rounded(to: tick, .up) : (best - offset).rounded(to: tick, .down)
        return Take(quantity: taken, price: price)
    }

    /// The number of the last level that an order may touch; nil when even the best is too dear.
    private func levelsWithin(_ worst: Price?, of best: Price, _ side: OrderSide) -> Int64? {
        guard let worst else { return Self.levels - 1 }
        let room = (worst - best).raw * side.sign
        guard room >= 0 else { return nil }
        return min(Self.levels - 1, room / levelStep.raw)
    }
}
