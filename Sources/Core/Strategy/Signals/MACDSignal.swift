/// MACD: its line above the signal line is long, below it short.

import Store

final class MACDSignal: SignalComponent {
    static let kind = ComponentKind(
        "MACD", .trend, [.signal],
        [
            .whole("fast", 12, 1...500, "candles", "length of the fast average"),
            .whole("slow", 26, 2...1000, "candles", "length of the slow average"),
            .whole("signal", 9, 1...500, "candles", "length of the signal line"),
            .on,
        ],
        "Distance of two averages against its own average.")

    private var indicator: ConvergenceDivergence
    private var cross = CrossDetector()
    private let onCross: Bool
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        try setting.require("fast", below: "slow")
        let (slow, signal) = (setting.whole("slow"), setting.whole("signal"))
        indicator = ConvergenceDivergence(fast: setting.whole("fast"), slow: slow, signal: signal)
        onCross = setting.onCross
        warmUp = slow + signal - 2 + (onCross ? 1 : 0)
    }

    func vote(_ bar: Bar, _ context: MarketContext) -> Vote {
        indicator.update(bar.close)
        guard indicator.isReady else { return .noData }
        let difference = indicator.histogram
        return onCross ? cross.update(difference) : Vote(signOf: difference)
    }

    var reading: String {
        indicator.isReady ? "histogram \(indicator.histogram.text(decimals: 4))" : warmingUp
    }
}
