/// ATR: a risk gate that asks for enough, and not too much, volatility.

import Store

final class ATRGate: EntryCheck {
    static let kind = ComponentKind(
        "ATR", .volatility, [.gate],
        [
            .whole("period", 14, 1...500, "candles", "length of Wilder's smoothing"),
            .number("min", 0.2, 0...100, "% of price", "least volatility, inclusive"),
            .number("max", 100, 0...100, "% of price", "greatest volatility, inclusive"),
        ],
        "Average true range as a share of the price, within bounds.")

    private var indicator: AverageTrueRange
    private var close = 0.0
    private let least: Double
    private let greatest: Double
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        try setting.require("min", below: "max")
        warmUp = setting.whole("period")
        indicator = AverageTrueRange(warmUp)
        least = setting.number("min")
        greatest = setting.number("max")
    }

    func verdict(_ bar: Bar, _ context: MarketContext) -> Verdict {
        indicator.update(bar)
        guard indicator.isReady, bar.close > 0 else { return .noData }
        close = bar.close
        let scaled = 100 * indicator.current
        return Verdict(passes: scaled >= least * close && scaled <= greatest * close)
    }

    var reading: String {
        guard indicator.isReady else { return warmingUp }
        return (100 * indicator.current / close).text(decimals: 2, " % of price")
    }
}
