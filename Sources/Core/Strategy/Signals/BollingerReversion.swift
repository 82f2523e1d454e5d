/// Bollinger Reversion: fades a close outside the bands.

import Store

final class BollingerReversion: SignalComponent {
    static let kind = ComponentKind(
        "Bollinger Reversion", .meanReversion, [.signal],
        [
            .whole("period", 20, 2...1000, "candles", "length of mean and deviation"),
            .number("deviations", 2, 0.1...10, "σ", "distance of the bands"),
        ],
        "Long at or below the lower band, short at or above the upper one.")

    private var moments: RollingMoments
    private var position = 0.0
    private let deviations: Double
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        let period = setting.whole("period")
        moments = RollingMoments(period)
        deviations = setting.number("deviations")
        warmUp = period - 1
    }

    func vote(_ bar: Bar, _ context: MarketContext) -> Vote {
        moments.update(bar.close)
        guard moments.isReady else { return .noData }
        let width = moments.significantDeviation
        guard width > 0 else { return .neutral }
        position = (bar.close - moments.mean) / width
        return .reversion(position, low: -deviations, high: deviations)
    }

    var reading: String {
        moments.isReady ? "\(position.text(decimals: 2)) σ from the middle" : warmingUp
    }
}
