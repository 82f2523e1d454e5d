/// What all money-like numbers share: an integer with a written scale, and arithmetic that ends at
/// the ends of its range.

/// A decimal number kept as a whole count of its smallest part.
///
/// A result beyond the range stands at its end, as far above zero as below: nothing that a person,
/// a file or an exchange has chosen can trap here. What is booked or decided on is checked first,
/// with ``FixedPoint/plus(_:)`` and its like, or by ranges well inside this one; text from outside
/// is parsed with ``parse(_:)``, which throws.
public protocol FixedPoint: Sendable, Hashable, Comparable, CustomStringConvertible, Codable {
    /// Digits after the point that the raw value counts.
    static var scale: Int { get }
    /// The whole count of 10^-scale.
    var raw: Int64 { get }
    init(raw: Int64)
}

/// Text that is not the decimal number that was expected.
public enum NumberError: Error, Equatable, Sendable, Codable {
    case notANumber(String)
    case tooManyDecimals(String, allowed: Int)
    case notWhole(String)
    case outOfRange(String)
    case tooSmall(String)
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
            "\"\(text)\" has more than \(counted(allowed, "decimal"))"
        case .notWhole(let text): "\"\(text)\" is not a whole number"
        case .outOfRange(let text): "\"\(text)\" is too large"
        case .tooSmall(let text): "\"\(text)\" is too small"
        case .negative(let text): "\"\(text)\" is negative"
        case .zero(let text): "\"\(text)\" is zero; expected a number above zero"
        case .plusSign(let text): "\"\(text)\" begins with a plus sign; write it without one"
        }
    }

    /// It is a number, and beyond what is lawful.
    public var isBeyondRange: Bool {
        switch self {
        case .outOfRange, .tooSmall, .negative, .zero: true
        case .notANumber, .tooManyDecimals, .notWhole, .plusSign: false
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
    /// The ends of the range: beyond them nothing is counted.
    @inlinable public static var most: Self { Self(raw: .max) }
    @inlinable public static var least: Self { Self(raw: -.max) }
    @inlinable public static func + (left: Self, right: Self) -> Self {
        Self(raw: sumWithinRange(left.raw, right.raw))
    }
    @inlinable public static func - (left: Self, right: Self) -> Self {
        Self(raw: differenceWithinRange(left.raw, right.raw))
    }
    @inlinable public static prefix func - (value: Self) -> Self {
        Self(raw: differenceWithinRange(0, value.raw))
    }
    @inlinable public static func += (left: inout Self, right: Self) { left = left + right }
    @inlinable public static func -= (left: inout Self, right: Self) { left = left - right }
    @inlinable public static func * (left: Self, right: Int64) -> Self {
        Self(raw: productWithinRange(left.raw, right))
    }
    @inlinable public var magnitude: Self { raw < 0 ? -self : self }
    @inlinable public var isZero: Bool { raw == 0 }
    @inlinable public var isPositive: Bool { raw > 0 }
    @inlinable public var isNegative: Bool { raw < 0 }

    /// The nearest binary number: for indicators, ratios and drawing, never for money.
    @inlinable public var double: Double { Double(raw) / Double(powerOfTen(Self.scale)) }

    /// The fixed-point value nearest to a binary number; zero for one that is none.
    @inlinable public init(nearest value: Double) {
        self.init(raw: Int64(within: (value * Double(powerOfTen(Self.scale))).rounded()))
    }

    /// This value on a grid of `step`, as a tick or lot size. A zero step changes nothing.
    @inlinable public func rounded(to step: Self, _ rounding: Rounding) -> Self {
        guard step.raw > 0 else { return self }
        return Self(
            raw: productWithinRange(divide(raw, by: step.raw, rounding), step.raw))
    }

    /// Times a rate, rounded to the nearest.
    @inlinable public func times(_ rate: Rate) -> Self {
        Self(raw: multiplyDivide(raw, rate.raw, powerOfTen(Rate.scale), .nearest))
    }
}
