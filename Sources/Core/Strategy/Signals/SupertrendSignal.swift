/// Supertrend: the direction of the trend that its band follows.

import Store

final class SupertrendSignal: SignalComponent {
    static let kind = ComponentKind(
        "Supertrend", .trend, [.signal],
        [
            .whole("period", 10, 1...500, "candles", "length of the average true range"),
            .number("multiple", 3, 0.1...20, "ATR", "distance of the band"),
        ],
        "Direction of a trailing band of average true range.")

    private var indicator: Supertrend
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        warmUp = setting.whole("period")
        indicator = Supertrend(warmUp, multiple: setting.number("multiple"))
    }

    func vote(_ bar: Bar, _ context: MarketContext) -> Vote {
        indicator.update(bar)
        return indicator.isReady ? (indicator.isUp ? .long : .short) : .noData
    }

    var reading: String {
        guard let band = indicator.value else { return warmingUp }
        return "\(indicator.isUp ? "up" : "down"), band \(band.text(decimals: 4))"
    }
}
