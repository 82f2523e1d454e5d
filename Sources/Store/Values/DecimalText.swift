/// Decimal text to fixed point and back, exactly.

extension FixedPoint {
    /// The exact text, without trailing zeros: `12.5`, `-0.001`, `0`.
    public var description: String { text(decimals: 0, atMost: Self.scale) }

    /// Text with a fixed count of decimals, rounded to the nearest. **Range** 0...scale.
    public func text(decimals: Int) -> String { text(decimals: decimals, atMost: decimals) }

    /// Text with at least `decimals` and at most `atMost` digits after the point.
    public func text(decimals: Int, atMost: Int) -> String {
        let unit = powerOfTen(Self.scale - atMost)
        let counted = divide(raw, by: unit, .nearest)
        let (whole, part) = counted.magnitude.quotientAndRemainder(
            dividingBy: UInt64(powerOfTen(atMost)))
        var digits = atMost > 0 ? pad(Int64(part), atMost) : ""
        while digits.utf8.count > decimals, digits.utf8.last == 0x30 { digits.removeLast() }
        let sign = counted < 0 ? "-" : ""
        return digits.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(digits)"
    }

    /// The value that a decimal text names, exactly. Digits beyond the scale must be zeros.
    /// - Throws: ``NumberError``.
    public static func parse(_ text: some StringProtocol) throws(NumberError) -> Self {
        var raw: Int64 = 0
        var decimals = -1
        var digits = 0
        var bytes = Substring(text).utf8[...]
        let negative = bytes.first == 0x2D
        if negative || bytes.first == 0x2B { bytes.removeFirst() }
        for byte in bytes {
            if byte == 0x2E, decimals < 0 { decimals = 0; continue }
            guard byte >= 0x30, byte <= 0x39 else { throw .notANumber(String(text)) }
            digits += 1
            if decimals >= Self.scale {
                guard byte == 0x30 else {
                    throw .tooManyDecimals(String(text), allowed: Self.scale)
                }
                continue
            }
            raw = try shifted(raw, by: Int64(byte - 0x30), of: text)
            if decimals >= 0 { decimals += 1 }
        }
        guard digits > 0 else { throw .notANumber(String(text)) }
        let missing = powerOfTen(Self.scale - max(decimals, 0))
        let scaled = raw.multipliedReportingOverflow(by: missing)
        guard !scaled.overflow else { throw .outOfRange(String(text)) }
        return Self(raw: negative ? -scaled.partialValue : scaled.partialValue)
    }

    /// The value of an amount, a size or a price as a person types it: without a sign.
    /// - Throws: ``NumberError``, with words of their own for a sign and for zero.
    public static func parse(
        unsigned text: some StringProtocol, orZero isZeroAllowed: Bool = false
    ) throws(NumberError) -> Self {
        let value = try parse(text)
        if text.first == "+" { throw .plusSign(String(text)) }
        if text.first == "-" { throw .negative(String(text)) }
        if value.isZero, !isZeroAllowed { throw .zero(String(text)) }
        return value
    }

    private static func shifted(
        _ raw: Int64, by digit: Int64, of text: some StringProtocol
    ) throws(NumberError) -> Int64 {
        let tenfold = raw.multipliedReportingOverflow(by: 10)
        let sum = tenfold.partialValue.addingReportingOverflow(digit)
        guard !tenfold.overflow, !sum.overflow else { throw .outOfRange(String(text)) }
        return sum.partialValue
    }

    /// Digits after the point that this value needs: 2 for 12.50's 12.5 → 1, 3 for 0.001.
    public var decimals: Int {
        var value = raw.magnitude
        var count = Self.scale
        while count > 0, value % 10 == 0 { value /= 10; count -= 1 }
        return count
    }
}

extension NumberError {
    /// What the sign of a number says that was refused, or that it is zero; nil where neither is
    /// the matter with it.
    public init?(refused text: some StringProtocol) {
        let isSigned = text.first == "+" || text.first == "-"
        let digits = isSigned ? text.dropFirst() : text.dropFirst(0)
        guard digits.contains(where: { ("0"..."9").contains($0) }),
            digits.allSatisfy({ ("0"..."9").contains($0) || $0 == "." })
        else { return nil }
        switch text.first {
        case "+": self = .plusSign(String(text))
        case "-": self = .negative(String(text))
        case _ where digits.allSatisfy { $0 == "0" || $0 == "." }: self = .zero(String(text))
        default: return nil
        }
    }
}
