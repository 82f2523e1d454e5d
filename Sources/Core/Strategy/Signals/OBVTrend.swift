/// OBV Trend: on-balance volume above or below its own average.

import Store

final class OBVTrend: SignalComponent {
    static let kind = ComponentKind(
        "OBV Trend", aliases: ["OBV"], .volume, [.signal],
        [.whole("period", 20, 2...1000, "candles", "length of the average")],
        "Whether volume flows with rising or with falling closes.")

    private var indicator = OnBalanceVolume()
    private var average: RollingMean
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        let period = setting.whole("period")
        average = RollingMean(period)
        warmUp = period - 1
    }

    func vote(_ bar: Bar, _ context: MarketContext) -> Vote {
        indicator.update(bar)
        average.update(indicator.current)
        guard let value = average.value else { return .noData }
        return Vote(signOf: indicator.current - value)
    }

    var reading: String {
        guard let value = average.value else { return warmingUp }
        return "\(indicator.current.text(decimals: 0)) against \(value.text(decimals: 0))"
    }
}
