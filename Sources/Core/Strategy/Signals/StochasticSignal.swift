/// Stochastic: fades a close at the edge of its range.

import Store

/// State: long while %K lies at or below `low`, short while at or above `high`. Cross: long on the
/// candle on which %K rises above %D while %D lies at or below `low`; short the other way round.
final class StochasticSignal: SignalComponent {
    static let kind = ComponentKind(
        "Stochastic", .momentum, [.signal],
        [
            .whole("period", 14, 2...500, "candles", "length of the range"),
            .whole("smoothing", 3, 1...100, "candles", "mean of %K"),
            .whole("signal", 3, 1...100, "candles", "mean that makes %D"),
            .number("low", 20, 0...100, "", "oversold at or below"),
            .number("high", 80, 0...100, "", "overbought at or above"),
            .on,
        ],
        "Where the close lies in the range of recent candles.")

    private var indicator: StochasticOscillator
    private var cross = CrossDetector()
    private let low: Double
    private let high: Double
    private let onCross: Bool
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        try setting.require("low", below: "high")
        let (period, smoothing) = (setting.whole("period"), setting.whole("smoothing"))
        let signal = setting.whole("signal")
        indicator = StochasticOscillator(period, smoothing: smoothing, signal: signal)
        low = setting.number("low")
        high = setting.number("high")
        onCross = setting.onCross
        warmUp = period + smoothing + signal - 3 + (onCross ? 1 : 0)
    }

    func vote(_ bar: Bar, _ context: MarketContext) -> Vote {
        indicator.update(bar)
        guard let k = indicator.k, let d = indicator.d else { return .noData }
        if onCross {
            switch cross.update(k - d) {
            case .long: return d <= low ? .long : .neutral
            case .short: return d >= high ? .short : .neutral
            case .neutral, .noData: return .neutral
            }
        }
        // A market without any range is not oversold.
        return indicator.isFlat ? .neutral : .reversion(k, low: low, high: high)
    }

    var reading: String {
        guard let k = indicator.k, let d = indicator.d else { return warmingUp }
        return "%K \(k.text(decimals: 1)), %D \(d.text(decimals: 1))"
    }
}
