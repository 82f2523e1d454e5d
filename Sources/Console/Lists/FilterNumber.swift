/// A number as a row holds it and as a person types it: compared exactly, whatever its kind.
import Store

/// Money, prices and sizes meet what is typed as whole counts, never as binary numbers: with
/// those `>0.3` finds 0.30000000 in one row and not in the next.
struct FilterNumber: Comparable, Sendable {
    /// In 10^-18: more decimals than any number of a row has.
    private let raw: Int128

    private static let scale = 18
    /// Whole digits with which the count still fits.
    private static let wholeDigits = 19

    init(_ value: some FixedPoint) { raw = Self.raw(value.raw, decimals: type(of: value).scale) }

    /// A count: rows, seconds, leverage.
    init(_ count: some BinaryInteger) { raw = Self.raw(Int64(clamping: count), decimals: 0) }

    private static func raw(_ value: Int64, decimals: Int) -> Int128 {
        Int128(value) * Int128(powerOfTen(scale - decimals))
    }

    /// As `12`, `-0.5` or `+3`; nil for what is no decimal number.
    init?(typed text: String) {
        let isNegative = text.first == "-"
        let digits = isNegative || text.first == "+" ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.contains(where: { !$0.isEmpty }),
            let whole = Self.count(parts[0].drop(while: { $0 == "0" }), atMost: Self.wholeDigits),
            let part = Self.part(parts.count == 2 ? parts[1] : "")
        else { return nil }
        let magnitude = whole * Int128(powerOfTen(Self.scale)) + part
        raw = isNegative ? -magnitude : magnitude
    }

    /// What stands behind the point, zeros at its end not counted.
    private static func part(_ text: Substring) -> Int128? {
        var digits = text
        while digits.last == "0" { digits.removeLast() }
        guard let found = count(digits, atMost: scale) else { return nil }
        return found * Int128(powerOfTen(scale - digits.count))
    }

    private static func count(_ digits: Substring, atMost most: Int) -> Int128? {
        guard digits.utf8.count <= most else { return nil }
        var result: Int128 = 0
        for byte in digits.utf8 {
            guard (0x30...0x39).contains(byte) else { return nil }
            result = result * 10 + Int128(byte - 0x30)
        }
        return result
    }

    static func < (left: FilterNumber, right: FilterNumber) -> Bool { left.raw < right.raw }
}
