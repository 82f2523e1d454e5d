/// Arithmetic that is exact or says that it is not: for whatever is refused rather than bounded.

extension FixedPoint {
    /// The exact sum; nil beyond the range.
    public func plus(_ other: Self) -> Self? { Self(raw.addingReportingOverflow(other.raw)) }

    /// The exact difference; nil beyond the range.
    public func minus(_ other: Self) -> Self? { Self(raw.subtractingReportingOverflow(other.raw)) }

    /// Times a whole number, exactly; nil beyond the range.
    public func times(exactly count: Int64) -> Self? {
        Self(raw.multipliedReportingOverflow(by: count))
    }

    /// Times a rate, rounded as named; nil beyond the range.
    public func times(exactly rate: Rate, _ rounding: Rounding) -> Self? {
        exactlyMultiplyDivide(raw, rate.raw, powerOfTen(Rate.scale), rounding).map(Self.init(raw:))
    }

    /// Over another number of its kind, rounded as named; nil beyond the range and for a divisor
    /// that is not above zero.
    public func divided(exactlyBy other: Self, _ rounding: Rounding) -> Self? {
        exactlyMultiplyDivide(raw, powerOfTen(Self.scale), other.raw, rounding)
            .map(Self.init(raw:))
    }

    private init?(_ result: (partialValue: Int64, overflow: Bool)) {
        // The range is as wide below zero as above it.
        guard !result.overflow, result.partialValue > .min else { return nil }
        self.init(raw: result.partialValue)
    }
}
