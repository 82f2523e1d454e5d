/// Whole-number arithmetic under the fixed-point numbers: exact where the result fits, else the end
/// of the range.

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

extension Int64 {
    /// The end of the range on a side.
    @inlinable static func end(isNegative: Bool) -> Int64 { isNegative ? -.max : .max }

    /// A binary number without its fraction; beyond the range its end, and 0 for no number.
    @inlinable public init(within value: Double) {
        // The first binary number that is too large; the largest whole one below it fits.
        let end = 9_223_372_036_854_775_808.0
        if value > -end, value < end {
            self = Int64(value)
        } else {
            self = value.isNaN ? 0 : .end(isNegative: value < 0)
        }
    }
}

@inlinable func sumWithinRange(_ first: Int64, _ second: Int64) -> Int64 {
    let (sum, isBeyond) = first.addingReportingOverflow(second)
    return isBeyond ? .end(isNegative: second < 0) : sum
}

@inlinable func differenceWithinRange(_ first: Int64, _ second: Int64) -> Int64 {
    let (difference, isBeyond) = first.subtractingReportingOverflow(second)
    return isBeyond ? .end(isNegative: second > 0) : difference
}

@inlinable func productWithinRange(_ first: Int64, _ second: Int64) -> Int64 {
    let (product, isBeyond) = first.multipliedReportingOverflow(by: second)
    return isBeyond ? .end(isNegative: (first < 0) != (second < 0)) : product
}

/// `value / divisor` with a named rounding; the end of the range for a divisor of zero.
/// **Requires** a divisor that is not negative.
@inlinable public func divide(_ value: Int64, by divisor: Int64, _ rounding: Rounding) -> Int64 {
    guard divisor > 0 else { return value == 0 ? 0 : .end(isNegative: value < 0) }
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

/// `first × second / divisor` through 128 bits; the end of the range where that does not fit.
/// **Requires** a divisor that is not negative.
@inlinable public func multiplyDivide(
    _ first: Int64, _ second: Int64, _ divisor: Int64, _ rounding: Rounding
) -> Int64 {
    let product = first.multipliedReportingOverflow(by: second)
    if !product.overflow { return divide(product.partialValue, by: divisor, rounding) }
    let isNegative = (first < 0) != (second < 0)
    return divideWide(
        first.magnitude.multipliedFullWidth(by: second.magnitude), by: divisor.magnitude, rounding,
        isNegative: isNegative) ?? .end(isNegative: isNegative)
}

/// The same; nil where it does not fit 64 bits.
public func exactlyMultiplyDivide(
    _ first: Int64, _ second: Int64, _ divisor: Int64, _ rounding: Rounding
) -> Int64? {
    guard divisor > 0 else { return nil }
    return divideWide(
        first.magnitude.multipliedFullWidth(by: second.magnitude), by: divisor.magnitude, rounding,
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
/// would take several. Nil when the result does not fit 64 bits.
@usableFromInline func divideWide(
    _ product: (high: UInt64, low: UInt64), by divisor: UInt64, _ rounding: Rounding,
    isNegative: Bool
) -> Int64? {
    guard product.high < divisor else { return nil }
    let (quotient, remainder) = divisor.dividingFullWidth(product)
    let goesAway =
        switch rounding {
        case .towardZero: false
        case .down: isNegative && remainder != 0
        case .up: !isNegative && remainder != 0
        case .nearest: remainder >= divisor - remainder
        }
    // One more than a quotient of all ones is no number of 64 bits either.
    guard quotient < UInt64(Int64.max) || (quotient == UInt64(Int64.max) && !goesAway) else {
        return nil
    }
    let magnitude = Int64(goesAway ? quotient + 1 : quotient)
    return isNegative ? -magnitude : magnitude
}
