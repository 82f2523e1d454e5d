/// Binary numbers as short text for readings; never on the path of a candle.

import Store

extension Double {
    /// Text with a fixed count of decimals. **Range** of decimals 0...10.
    func text(decimals: Int) -> String {
        guard isFinite else { return "?" }
        let scaled = (magnitude * Double(powerOfTen(decimals))).rounded()
        guard scaled < 9e18 else { return "\(self)" }
        let (whole, part) = Int64(scaled).quotientAndRemainder(dividingBy: powerOfTen(decimals))
        let sign = self < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return "\(sign)\(whole)" }
        let digits = String(part)
        let zeros = String(repeating: "0", count: decimals - digits.utf8.count)
        return "\(sign)\(whole).\(zeros)\(digits)"
    }

    /// The shortest text that reads back as the same number, without a trailing `.0`; ten
    /// decimals at most for very small ones, so that there is no exponent.
    var shortText: String {
        var text = "\(self)"
        if text.contains("e") {
            text = self.text(decimals: 10)
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
    func reading(decimals: Int, unit: String = "") -> String {
        map { $0.text(decimals: decimals) + unit } ?? warmingUp
    }
}
