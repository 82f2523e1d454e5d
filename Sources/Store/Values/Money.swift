/// An amount of one settlement currency.

/// Money of the account's settlement currency (USDT for linear paper contracts).
/// **Units** 10^-8. **Range** ±92,233,720,368.
public struct Money: FixedPoint {
    @inlinable public static var scale: Int { 8 }
    public let raw: Int64
    @inlinable public init(raw: Int64) { self.raw = raw }

    /// Whole units: `Money.units(10_000)`.
    @inlinable public static func units(_ count: Int64) -> Money { Money(raw: 100_000_000) * count }

    /// `self / whole` as a rate; nil when the whole is zero.
    @inlinable public func share(of whole: Money) -> Rate? {
        guard whole.raw != 0 else { return nil }
        let part = whole.raw < 0 ? -self : self
        return Rate(
            raw: multiplyDivide(
                part.raw, powerOfTen(Rate.scale), whole.magnitude.raw, .nearest))
    }

    /// Whether this is at least `whole.times(rate)`, found without a division.
    /// **Requires** that neither of them is negative.
    @inlinable public func isAtLeast(_ rate: Rate, of whole: Money) -> Bool {
        // x ≥ round(z) is x + ½ > z for a whole x: halves round up.
        let product = Int128(whole.raw) &* Int128(rate.raw) &* 2
        return (Int128(raw) &* 2 &+ 1) &* Int128(powerOfTen(Rate.scale)) > product
    }

    /// This money divided by a positive whole number, rounded to the nearest.
    @inlinable public func divided(by count: Int64) -> Money {
        Money(raw: divide(raw, by: count, .nearest))
    }
}

extension Price {
    /// The average price of `quantity` that cost `money`. **Requires** a positive quantity.
    @inlinable public init(paying money: Money, for quantity: Quantity) {
        self.init(raw: multiplyDivide(money.raw, 10_000_000_000, quantity.raw, .nearest))
    }
}
