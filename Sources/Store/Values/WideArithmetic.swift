/// Ratios of three numbers, through as many bits as they take: values of contracts need 192.

/// `first × second × third / divisor`; nil where that does not fit 64 bits, and over zero.
func wideRatio(
    _ first: UInt64, _ second: UInt64, _ third: UInt64, over divisor: UInt128,
    _ rounding: Rounding, isNegative: Bool
) -> Int64? {
    let pair = first.multipliedFullWidth(by: second)
    // Most are so small that one machine division does it.
    if pair.high == 0, let short = UInt64(exactly: divisor) {
        return divideWide(
            pair.low.multipliedFullWidth(by: third), by: short, rounding, isNegative: isNegative)
    }
    let whole = UInt128(pair.high) << 64 | UInt128(pair.low)
    return divideWide(
        whole.multipliedFullWidth(by: UInt128(third)), by: divisor, rounding,
        isNegative: isNegative)
}

/// A magnitude of 256 bits with a sign over one of 128; nil when the result does not fit 64 bits.
func divideWide(
    _ product: (high: UInt128, low: UInt128), by divisor: UInt128, _ rounding: Rounding,
    isNegative: Bool
) -> Int64? {
    guard product.high < divisor else { return nil }
    let (quotient, remainder) = divisor.dividingFullWidth((product.high, product.low))
    let goesAway =
        switch rounding {
        case .towardZero: false
        case .down: isNegative && remainder != 0
        case .up: !isNegative && remainder != 0
        case .nearest: remainder >= divisor - remainder
        }
    guard quotient < UInt128(Int64.max) || (quotient == UInt128(Int64.max) && !goesAway) else {
        return nil
    }
    let magnitude = Int64(quotient) + (goesAway ? 1 : 0)
    return isNegative ? -magnitude : magnitude
}
