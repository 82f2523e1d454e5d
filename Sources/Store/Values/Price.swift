/// Price and quantity, and the only lawful ways in which they meet.

/// Quote currency for one unit of base. **Units** 10^-10 quote. **Range** up to 922,337,203.
public struct Price: FixedPoint {
    @inlinable public static var scale: Int { 10 }
    public let raw: Int64
    @inlinable public init(raw: Int64) { self.raw = raw }
}

/// An amount of base currency, or of contracts. **Units** 10^-8. **Range** up to 92,233,720,368.
public struct Quantity: FixedPoint {
    @inlinable public static var scale: Int { 8 }
    public let raw: Int64
    @inlinable public init(raw: Int64) { self.raw = raw }

    /// The value of this quantity at a price, in quote currency.
    @inlinable public func value(at price: Price, _ rounding: Rounding = .nearest) -> Money {
        if rounding == .nearest, raw >= 0, price.raw >= 0,
            let nearest = nearestTenBillionth(UInt64(price.raw), UInt64(raw))
        {
            return Money(raw: nearest)
        }
        return Money(raw: multiplyDivide(price.raw, raw, 10_000_000_000, rounding))
    }

    /// The largest quantity that `money` buys at a positive price.
    @inlinable public init(of money: Money, at price: Price) {
        self.init(raw: multiplyDivide(money.raw, 10_000_000_000, price.raw, .down))
    }
}

/// A share of something. **Units** 10^-8, 1.0 is 100 %.
public struct Rate: FixedPoint {
    @inlinable public static var scale: Int { 8 }
    public let raw: Int64
    @inlinable public init(raw: Int64) { self.raw = raw }

    /// A rate from percent: `percent(5)` is 0.05.
    @inlinable public static func percent(_ value: Int64) -> Rate { Rate(raw: 1_000_000) * value }

    /// A rate from basis points: `basisPoints(5)` is 0.0005.
    @inlinable public static func basisPoints(_ value: Int64) -> Rate { Rate(raw: 10_000) * value }

    /// The share that a decimal text names as parts of a whole, to the nearest: "2.5" of 100 is
    /// 0.025. Nil for what is no number, or none of this range.
    /// **Requires** an even whole above zero.
    public init?(_ text: String, of whole: Int64) {
        let point = text.firstIndex(of: ".") ?? text.endIndex
        let end = text.index(point, offsetBy: Self.scale + 1, limitedBy: text.endIndex)
        // Digits beyond the scale do not reach half of a part.
        let cut = end ?? text.endIndex
        guard text[cut...].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let parts = try? Rate.parse(text[..<cut])
        else { return nil }
        self.init(raw: divide(parts.raw, by: whole, .nearest))
    }

    /// This rate as percent text: 0.05 → "5".
    public var percentText: String {
        (self * 100).text(decimals: 0, atMost: 6)
    }
}

extension Price {
    /// The share by which `self` lies above a positive `other`; negative below.
    @inlinable public func change(from other: Price) -> Rate {
        Rate(
            raw: multiplyDivide(
                (self - other).raw, powerOfTen(Rate.scale), other.raw, .nearest))
    }
}
