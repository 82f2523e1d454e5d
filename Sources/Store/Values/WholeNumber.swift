/// Whole numbers as people type them: digits alone, within a range.

public enum WholeNumber {
    /// - Parameter range: from zero up.
    /// - Throws: ``NumberError``, with words of their own for a sign, for zero and for what is
    ///   beyond the range.
    public static func parse(
        _ text: some StringProtocol, in range: ClosedRange<Int>
    ) throws(NumberError) -> Int {
        let digits = text.first == "+" || text.first == "-" ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            throw .notWhole(String(text))
        }
        if text.first == "+" { throw .plusSign(String(text)) }
        if text.first == "-" { throw .negative(String(text)) }
        guard let value = Int(String(digits)), value <= range.upperBound else {
            throw .outOfRange(String(text))
        }
        if value == 0, range.lowerBound > 0 { throw .zero(String(text)) }
        guard value >= range.lowerBound else { throw .tooSmall(String(text)) }
        return value
    }
}
