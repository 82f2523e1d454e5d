/// Sizes, distances and values that can be counted: so small that sums of some still fit.
import Store

extension Price {
    /// As ``Price/init(paying:for:)``; nil where that cannot be counted, as for a speck.
    @inline(__always)
    static func countable(paying money: Money, for quantity: Quantity) -> Price? {
        Countable.holds(money, over: quantity.raw) ? Price(paying: money, for: quantity) : nil
    }
}

extension Quantity {
    /// What money buys at a price; nil where that cannot be counted, as at a price of zero.
    static func countable(of money: Money, at price: Price) -> Quantity? {
        Countable.holds(money, over: price.raw) ? Quantity(of: money, at: price) : nil
    }

    /// Whether it can be counted, and what it is worth: below 11 thousand millions, or that times
    /// `factor`.
    func isCountable(at price: Price, times factor: Int128 = 1) -> Bool {
        raw < Countable.end
            && Int128(raw) &* Int128(price.raw) < Int128(Countable.end) &* Countable.scale &* factor
    }
}

/// What prices, sizes and amounts may be, so that whatever is computed from them can be counted.
enum Countable {
    /// Nothing is traded above it, and no level lies there.
    @inline(__always) static var largestPrice: Price { Price(raw: 9_000_000_000_000_000_000) }

    /// An eighth of what 64 bits can hold: no position is worth as much, and no sum of an account
    /// goes further. In money 11.5 thousand millions.
    @inline(__always) static var end: Int64 { 1 << 60 }
    /// Price times quantity, in units of money.
    @inline(__always) static var scale: Int128 { 10_000_000_000 }

    @inline(__always)
    static func holds(_ money: Money, over divisor: Int64) -> Bool {
        Int128(money.raw) &* scale < Int128(divisor) &* Int128(end)
    }
}

extension Money {
    /// Whether an account may hold, owe or have moved as much.
    @inline(__always) var isCountable: Bool { raw < Countable.end && raw > -Countable.end }
}
