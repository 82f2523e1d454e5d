/// RSI: as a signal a fade of extremes, as a filter a band in which entries pass.

import Store

final class RSIComponent: SignalComponent, EntryCheck {
    static let kind = ComponentKind(
        "RSI", .momentum, [.signal, .filter],
        [
            .whole("period", 14, 1...500, "candles", "length of Wilder's smoothing"),
            .number("low", 30, 0...100, "", "long at or below; the filter's least value"),
            .number("high", 70, 0...100, "", "short at or above; the filter's greatest value"),
        ],
        "Wilder's index of gains against losses: fades extremes, or keeps to the middle.")

    private var indicator: RelativeStrength
    private let low: Double
    private let high: Double
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        try setting.require("low", below: "high")
        warmUp = setting.whole("period")
        indicator = RelativeStrength(warmUp)
        low = setting.number("low")
        high = setting.number("high")
    }

    func vote(_ bar: Bar, _ context: MarketContext) -> Vote {
        indicator.update(bar.close)
        guard indicator.isReady else { return .noData }
        // A price that never moved is not oversold.
        if indicator.isFlat { return .neutral }
        return .reversion(indicator.current, low: low, high: high)
    }

    func verdict(_ bar: Bar, _ context: MarketContext) -> Verdict {
        indicator.update(bar.close)
        guard indicator.isReady else { return .noData }
        return Verdict(passes: indicator.lies(from: low, to: high))
    }

    var reading: String { indicator.value.reading(decimals: 1) }
}
