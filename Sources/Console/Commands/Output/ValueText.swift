/// Money, prices, ages and times as people read them in the output of the command line.

import Core
import Store

enum ValueText {
    /// Two decimals with thousands separators: `12,345.67`.
    static func money(_ value: Money?) -> String? {
        value.map { grouped($0.text(decimals: 2)) }
    }

    /// As ``money(_:)``, with its sign also when it is a gain: `+12.50`.
    static func profit(_ value: Money?) -> String? {
        value.map { ($0.isPositive ? "+" : "") + grouped($0.text(decimals: 2)) }
    }

    /// All digits of a price or a quantity, with thousands separators.
    static func exact(_ value: (some FixedPoint)?) -> String? {
        value.map { grouped($0.description) }
    }

    /// A price in the decimals of its tick; all its digits where that is not known.
    static func price(_ value: Price?, _ grid: SymbolGrid?) -> String? {
        guard let grid else { return exact(value) }
        return value.map { grouped($0.text(decimals: grid.prices)) }
    }

    /// A size in the decimals of its lot.
    static func size(_ value: Quantity?, _ grid: SymbolGrid?) -> String? {
        guard let grid else { return exact(value) }
        return value.map { grouped($0.text(decimals: grid.sizes)) }
    }

    /// `12.5 %`.
    static func percent(_ value: Rate?, decimals: Int = 1) -> String? {
        value.map { ($0 * 100).text(decimals: decimals) + " %" }
    }

    /// `2.50`: a ratio.
    static func ratio(_ value: Rate?) -> String? { value.map { $0.text(decimals: 2) } }

    /// How long ago: `12s`, `3h07m`.
    static func age(_ at: Instant?, _ now: Instant) -> String? { at.map { (now - $0).ageText } }

    /// `2026-03-10 02:14:07Z`.
    static func time(_ at: Instant?) -> String? { at.map { "\($0.dateText) \($0.clockText)Z" } }

    /// `+0.80`.
    static func score(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e6 else { return "-" }
        let rate = Rate(nearest: value)
        return (rate.isNegative ? "" : "+") + rate.text(decimals: 2)
    }

    private static func grouped(_ text: String) -> String {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isNegative = parts[0].hasPrefix("-")
        let digits = Array(parts[0].drop { $0 == "-" })
        var whole = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { whole.append(",") }
            whole.append(digit)
        }
        return (isNegative ? "-" : "") + whole + (parts.count > 1 ? "." + parts[1] : "")
    }
}
