/// Numbers as screens show them: thousands apart, signs always, decimals by magnitude.
import Core
import Store

extension FixedPoint {
    /// `12,345.60` with a fixed count of decimals.
    func grouped(_ decimals: Int) -> String { Figures.grouped(text(decimals: decimals)) }
}

extension Money {
    /// `21,640.35`.
    var money: String { grouped(2) }
    /// `+1,284.20`, `-96.11`, `0.00`.
    var signed: String { (isPositive && text(decimals: 2) != "0.00" ? "+" : "") + grouped(2) }
    /// Whole units with a sign: `+21,118`.
    var wholeSigned: String { (isPositive ? "+" : "") + grouped(0) }
    /// Colour of a profit.
    var role: Role { isPositive ? .gain : isNegative ? .loss : .flat }
}

extension Price {
    /// In the decimals of its tick; without one, by its size.
    func figure(on grid: SymbolGrid?) -> String { grid.map { grouped($0.prices) } ?? figure }

    /// As many decimals as a price of this size needs: five figures and more one, hundreds two.
    var figure: String {
        let units = raw / powerOfTen(Self.scale)
        let decimals =
            switch abs(units) {
            case 10_000...: 1
            case 100...: 2
            case 10...: 3
            case 1...: 4
            default: 5
            }
        return grouped(decimals)
    }
}

extension Quantity {
    /// In the decimals of its lot; without one, by its size.
    func figure(on grid: SymbolGrid?) -> String { grid.map { grouped($0.sizes) } ?? figure }

    /// At least one decimal under a hundred, none above unless needed: `0.1200`, `9,000`.
    var figure: String {
        let units = abs(raw / powerOfTen(Self.scale))
        return Figures.grouped(text(decimals: units >= 1000 ? 0 : units >= 10 ? 3 : 4))
    }
}

extension Rate {
    /// `74 %` without decimals.
    var wholePercent: String { "\((self * 100).text(decimals: 0)) %" }
    /// `1.25 %`.
    var percent: String { "\((self * 100).text(decimals: 2)) %" }
}

enum Figures {
    /// Commas every three digits of the whole part.
    static func grouped(_ text: String) -> String {
        let isNegative = text.hasPrefix("-")
        let digits = isNegative ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = Array(parts[0])
        var result = isNegative ? "-" : ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return parts.count > 1 ? "\(result).\(parts[1])" : result
    }

    /// `0.4s` under ten seconds, then whole units.
    static func fineAge(_ span: Span) -> String {
        let milliseconds = max(0, span.milliseconds)
        guard milliseconds < 10_000 else { return span.ageText }
        return "\(milliseconds / 1000).\(milliseconds % 1000 / 100)s"
    }
}

extension Double {
    /// `+0.35`, `-0.05`; for scores and weights, never for money.
    func score(_ decimals: Int = 2, signed: Bool = true) -> String {
        guard isFinite, abs(self) < 1_000_000 else { return "?" }
        let text = Rate(nearest: self).text(decimals: decimals)
        return (signed && self > 0 ? "+" : "") + text
    }
}

extension Instant {
    /// `03-10 02:14:07Z`: for tables of records.
    var shortStamp: String { "\(dateText.dropFirst(5)) \(clockText)Z" }

    /// `03-10 02:14`: where seconds have no room.
    var minuteStamp: String { "\(dateText.dropFirst(5)) \(clockText.prefix(5))" }

    /// Eleven cells: `   02:14:07` of today, `03-09 23:14` of another day.
    func stamp(today now: Instant) -> String {
        dateText == now.dateText
            ? "   \(clockText)" : "\(dateText.dropFirst(5)) \(clockText.prefix(5))"
    }
}
