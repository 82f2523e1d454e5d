/// Rate of Change: follows a move that is large enough.

import Store

final class RateOfChangeSignal: SignalComponent {
    static let kind = ComponentKind(
        "Rate of Change", aliases: ["ROC"], .momentum, [.signal],
        [
            .whole("period", 10, 1...1000, "candles", "how far back it looks"),
            .number("threshold", 1, 0...1000, "%", "long at or above, short at its negative"),
        ],
        "Change of the close against the one some candles ago.")

    private var indicator: RateOfChange
    private let threshold: Double
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        warmUp = setting.whole("period")
        indicator = RateOfChange(warmUp)
        threshold = setting.number("threshold")
    }

    func vote(_ bar: Bar, _ context: MarketContext) -> Vote {
        indicator.update(bar.close)
        guard let change = indicator.value else { return .noData }
        if change == 0 { return .neutral }
        return change >= threshold ? .long : change <= -threshold ? .short : .neutral
    }

    var reading: String { indicator.value.reading(decimals: 2, unit: " %") }
}
