/// Z-Score: fades a close that lies many deviations from its mean.

import Store

final class ZScoreSignal: SignalComponent {
    static let kind = ComponentKind(
        "Z-Score", .meanReversion, [.signal],
        [
            .whole("period", 50, 2...1000, "candles", "length of mean and deviation"),
            .number("threshold", 2, 0.1...10, "σ", "long at or below its negative, short at it"),
        ],
        "Deviations of the close from its mean.")

    private var moments: RollingMoments
    private var score = 0.0
    private let threshold: Double
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        let period = setting.whole("period")
        moments = RollingMoments(period)
        threshold = setting.number("threshold")
        warmUp = period - 1
    }

    func vote(_ bar: Bar, _ context: MarketContext) -> Vote {
        moments.update(bar.close)
        guard moments.isReady else { return .noData }
        let width = moments.significantDeviation
        score = width > 0 ? (bar.close - moments.mean) / width : 0
        return .reversion(score, low: -threshold, high: threshold)
    }

    var reading: String { moments.isReady ? score.text(decimals: 2) : warmingUp }
}
