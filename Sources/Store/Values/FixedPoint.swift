/// What all money-like numbers share: an integer with a written scale and checked arithmetic.

import Glibc

/// A decimal number kept as a whole count of its smallest part.
///
/// Arithmetic traps on overflow; text from outside is parsed with ``parse(_:)``, which throws.
public protocol FixedPoint: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Digits after the point that the raw value counts.
    static var scale: Int { get }
    /// The whole count of 10^-scale.
    var raw: Int64 { get }
    init(raw: Int64)
}

/// Text that is not the decimal number that was expected.
public enum NumberError: Error, Equatable, Sendable {
    case notANumber(String)
    case tooManyDecimals(String, allowed: Int)
    case outOfRange(String)
    /// Where a number above zero, or from zero up, was expected.
    case negative(String)
    /// Where a number above zero was expected.
    case zero(String)
    case plusSign(String)

    /// What is wrong, in words, with what was expected.
    public var headline: String {
        switch self {
        case .notANumber(let text):
            "\"\(text)\" is not a decimal number; expected digits with at most one point, as 12.5"
        case .tooManyDecimals(let text, let allowed):
            "\"\(text)\" has more than \(allowed) decimals"
        case .outOfRange(let text): "\"\(text)\" is too large"
        case .negative(let text): "\"\(text)\" is negative"
        case .zero(let text): "\"\(text)\" is zero; expected a number above zero"
        case .plusSign(let text): "\"\(text)\" begins with a plus sign; write it without one"
        }
    }
}

/// How a result that does not fit the scale is brought onto it.
public enum Rounding: Sendable {
    /// To the nearest, halves away from zero.
    case nearest
    /// Toward negative infinity.
    case down
    /// Toward positive infinity.
    case up
    /// Toward zero.
    case towardZero
}

extension FixedPoint {
    @inlinable public static var zero: Self { Self(raw: 0) }
    @inlinable public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
    @inlinable public static func + (left: Self, right: Self) -> Self {
        Self(raw: left.raw + right.raw)
    }
    @inlinable public static func - (left: Self, right: Self) -> Self {
        Self(raw: left.raw - right.raw)
    }
    @inlinable public static prefix func - (value: Self) -> Self { Self(raw: -value.raw) }
    @inlinable public static func += (left: inout Self, right: Self) { left = left + right }
    @inlinable public static func -= (left: inout Self, right: Self) { left = left - right }
    @inlinable public static func * (left: Self, right: Int64) -> Self {
        Self(raw: left.raw * right)
    }
    @inlinable public var magnitude: Self { raw < 0 ? Self(raw: -raw) : self }
    @inlinable public var isZero: Bool { raw == 0 }
    @inlinable public var isPositive: Bool { raw > 0 }
    @inlinable public var isNegative: Bool { raw < 0 }

    /// The nearest binary number: for indicators, ratios and drawing, never for money.
    @inlinable public var double: Double { Double(raw) / Double(powerOfTen(Self.scale)) }

    /// The fixed-point value nearest to a binary number. **Traps** when out of range or not finite.
    @inlinable public init(nearest value: Double) {
        self.init(raw: Int64((value * Double(powerOfTen(Self.scale))).rounded()))
    }

    /// This value on a grid of `step`, as a tick or lot size. A zero step changes nothing.
    @inlinable public func rounded(to step: Self, _ rounding: Rounding) -> Self {
        guard step.raw > 0 else { return self }
        return Self(raw: divide(raw, by: step.raw, rounding) * step.raw)
    }

    /// Times a rate, rounded to the nearest.
    @inlinable public func times(_ rate: Rate) -> Self {
        Self(raw: multiplyDivide(raw, rate.raw, powerOfTen(Rate.scale), .nearest))
    }
}

/// 10^exponent. **Range** 0...18.
@inlinable public func powerOfTen(_ exponent: Int) -> Int64 {
    switch exponent {
    case 0: 1
    case 1: 10
    case 2: 100
    case 3: 1000
    case 4: 10_000
    case 8: 100_000_000
    case 10: 10_000_000_000
    default: (0..<exponent).reduce(Int64(1)) { value, _ in value * 10 }
    }
}

/// `value / divisor` with a named rounding. **Requires** a positive divisor.
@inlinable public func divide(_ value: Int64, by divisor: Int64, _ rounding: Rounding) -> Int64 {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    guard remainder != 0 else { return quotient }
    switch rounding {
    case .towardZero: return quotient
    case .down: return value < 0 ? quotient - 1 : quotient
    case .up: return value > 0 ? quotient + 1 : quotient
    case .nearest:
        let twice = remainder.magnitude.multipliedReportingOverflow(by: 2)
        let away = twice.overflow || twice.partialValue >= divisor.magnitude
        return away ? (value < 0 ? quotient - 1 : quotient + 1) : quotient
    }
}

/// `first × second / divisor` through 128 bits. **Traps** when the result does not fit 64 bits.
@inlinable public func multiplyDivide(
    _ first: Int64, _ second: Int64, _ divisor: Int64, _ rounding: Rounding
) -> Int64 {
    let product = first.multipliedReportingOverflow(by: second)
    if !product.overflow { return divide(product.partialValue, by: divisor, rounding) }
    return divideWide(
        first.magnitude.multipliedFullWidth(by: second.magnitude), by: UInt64(divisor), rounding,
        isNegative: (first < 0) != (second < 0))
}

/// `first × second / 10^10` to the nearest without a 128-bit division, which every look at a
/// position would pay; nil for products from 2^74 on.
@inlinable public func nearestTenBillionth(_ first: UInt64, _ second: UInt64) -> Int64? {
    let product = first.multipliedFullWidth(by: second)
    guard product.high < 1024 else { return nil }
    // 10^10 is 2^10 × 5^10: the lowest ten bits come down first, then a constant divides.
    let upper = product.high << 54 | product.low >> 10
    let quotient = upper / 9_765_625
    let remainder = (upper - quotient * 9_765_625) << 10 | product.low & 1023
    return Int64(remainder >= 5_000_000_000 ? quotient + 1 : quotient)
}

/// A 128-bit magnitude with a sign over a 64-bit divisor: one machine division, where `Int128`
/// would take several. **Traps** when the result does not fit 64 bits.
@usableFromInline func divideWide(
    _ product: (high: UInt64, low: UInt64), by divisor: UInt64, _ rounding: Rounding,
    isNegative: Bool
) -> Int64 {
    precondition(product.high < divisor, "the quotient does not fit 64 bits")
    let (quotient, remainder) = divisor.dividingFullWidth(product)
    let goesAway =
        switch rounding {
        case .towardZero: false
        case .down: isNegative && remainder != 0
        case .up: !isNegative && remainder != 0
        case .nearest: remainder >= divisor - remainder
        }
    let magnitude = goesAway ? quotient + 1 : quotient
    return isNegative ? -Int64(magnitude) : Int64(magnitude)
}
