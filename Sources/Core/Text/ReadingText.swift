/// Binary numbers as short text for readings; never on the path of a candle.

import Store

extension Double {
    /// Text with a fixed count of decimals. **Range** of decimals 0...10.
    func text(decimals: Int) -> String { text(decimals: decimals, "") }

    /// The same with a unit behind it.
    func text(decimals: Int, _ unit: StaticString) -> String {
        guard isFinite else { return "?\(unit)" }
        let scaled = (magnitude * Double(powerOfTen(decimals))).rounded()
        guard scaled < 9e18 else { return "\(self)\(unit)" }
        return Self.text(of: UInt64(scaled), decimals, isNegative: self < 0 && scaled > 0, unit)
    }

    /// A count of the smallest part, written from its last digit on: at least one digit before
    /// the point.
    private static func text(
        of count: UInt64, _ decimals: Int, isNegative: Bool, _ unit: StaticString
    ) -> String {
        // Twenty digits, a point and a sign at most; filled from the end.
        var bytes = InlineArray<24, UInt8>(repeating: 0x30)
        var start = 24
        var rest = count
        while rest > 0 || 24 - start <= decimals + (decimals > 0 ? 1 : 0) {
            if decimals > 0, 24 - start == decimals {
                start -= 1
                bytes[start] = 0x2E
            }
            start -= 1
            bytes[start] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        if isNegative {
            start -= 1
            bytes[start] = 0x2D
        }
        let digits = 24 - start
        return String(unsafeUninitializedCapacity: digits + unit.utf8CodeUnitCount) { text in
            for index in 0..<digits { text[index] = bytes[start + index] }
            for index in 0..<unit.utf8CodeUnitCount { text[digits + index] = unit.utf8Start[index] }
            return digits + unit.utf8CodeUnitCount
        }
    }

    /// The shortest text that reads back as the same number, without a trailing `.0`; ten
    /// decimals at most for very small ones, so that there is no exponent. Beyond what is counted
    /// one stays.
    var shortText: String {
        var text = "\(self)"
        if text.contains("e") {
            text = self.text(decimals: 10)
            if text.contains("e") { return text }
            while text.last == "0" { text.removeLast() }
            if text.last == "." { text += "0" }
        }
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

/// The reading of a component that has no value yet.
let warmingUp = "warming up"

extension Optional where Wrapped == Double {
    /// The value with a unit, or that it is not there yet.
    func reading(decimals: Int, unit: StaticString = "") -> String {
        map { $0.text(decimals: decimals, unit) } ?? warmingUp
    }
}
