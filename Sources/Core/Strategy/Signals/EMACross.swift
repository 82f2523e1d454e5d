/// EMA Cross: a fast average above a slow one is long, below it short.

import Store

final class EMACross: SignalComponent {
    static let kind = ComponentKind(
        "EMA Cross", .trend, [.signal],
        [
            .whole("fast", 9, 1...500, "candles", "length of the fast average"),
            .whole("slow", 21, 2...1000, "candles", "length of the slow average"),
            .on,
        ],
        "Fast exponential average against a slow one.")

    private var fast: ExponentialAverage
    private var slow: ExponentialAverage
    private var cross = CrossDetector()
    private let onCross: Bool
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        try setting.require("fast", below: "slow")
        fast = ExponentialAverage(setting.whole("fast"))
        slow = ExponentialAverage(setting.whole("slow"))
        onCross = setting.onCross
        warmUp = setting.whole("slow") - 1 + (onCross ? 1 : 0)
    }

    func vote(_ bar: Bar, _ context: MarketContext) -> Vote {
        fast.update(bar.close)
        slow.update(bar.close)
        guard slow.isReady else { return .noData }
        let difference = fast.current - slow.current
        return onCross ? cross.update(difference) : Vote(signOf: difference)
    }

    var reading: String {
        guard let quick = fast.value, let steady = slow.value else { return warmingUp }
        return (100 * (quick - steady) / steady).text(decimals: 2, " % apart")
    }
}
