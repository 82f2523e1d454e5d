/// Sizes, distances and values that can be counted: so small that sums of some still fit.
import Store

extension Contract {
    /// The distance of prices over which so many linear contracts earn so much; nil where that
    /// cannot be counted, as for a speck. **Requires** a linear contract: over an inverse one no
    /// two distances are worth the same.
    @inline(__always)
    func countableDistance(earning money: Money, with quantity: Quantity) -> Price? {
        guard isPlain else {
            return price(of: quantity, worth: money).flatMap { $0.raw < Countable.end ? $0 : nil }
        }
        return Countable.holds(money, over: quantity.raw)
            ? Price(paying: money, for: quantity) : nil
    }

    /// How many contracts so much money is worth at a price; nil where that cannot be counted, as
    /// at a price of zero.
    func countableQuantity(worth money: Money, at price: Price) -> Quantity? {
        guard isPlain else { return quantity(worth: money, at: price).flatMap(\.ifCountable) }
        return Countable.holds(money, over: price.raw) ? Quantity(of: money, at: price) : nil
    }

    /// How many lose so much from one price to another; nil where that cannot be counted.
    func countableQuantity(
        losing money: Money, from entry: Price, to stop: Price
    ) -> Quantity? {
        guard isInverse else {
            return countableQuantity(worth: money, at: (entry - stop).magnitude)
        }
        return quantity(losing: money, from: entry, to: stop).flatMap(\.ifCountable)
    }

    /// Whether a number of contracts can be counted, and what they are worth: below 11 thousand
    /// millions, or that times `factor`.
    func isCountable(_ quantity: Quantity, at price: Price, times factor: Int128 = 1) -> Bool {
        guard quantity.raw < Countable.end else { return false }
        if isPlain {
            return Int128(quantity.raw) &* Int128(price.raw)
                < Int128(Countable.end) &* Countable.scale &* factor
        }
        guard let value = exactValue(of: quantity, at: price, .down) else { return false }
        return Int128(value.raw) < Int128(Countable.end) &* factor
    }
}

extension Quantity {
    fileprivate var ifCountable: Quantity? { raw < Countable.end ? self : nil }
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
