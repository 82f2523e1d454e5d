/// VWAP Deviation: fades a close far from the day's volume-weighted average price.

import Store

/// The session is the UTC day. Its first candles say nothing: their deviation is not one yet.
final class VWAPDeviation: SignalComponent {
    static let kind = ComponentKind(
        "VWAP Deviation", aliases: ["VWAP"], .meanReversion, [.signal],
        [
            .number("deviations", 1.5, 0.1...10, "σ", "long at or below, short at or above"),
            .whole("settle", 5, 2...500, "candles", "candles of the day before it votes"),
        ],
        "Deviations of the close from the day's average price by volume.")

    private var average = SessionAverage()
    private var position = 0.0
    private let deviations: Double
    private let settle: Int
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        deviations = setting.number("deviations")
        settle = setting.whole("settle")
        warmUp = settle - 1
    }

    func vote(_ bar: Bar, _ context: MarketContext) -> Vote {
        average.update(bar)
        guard average.candles >= settle, let value = average.value,
            let width = average.deviation
        else { return average.candles < settle ? .neutral : .noData }
        position = width > 1e-10 * value.magnitude ? (bar.close - value) / width : 0
        return .reversion(position, low: -deviations, high: deviations)
    }

    var reading: String {
        guard average.candles >= settle, average.value != nil else { return warmingUp }
        return "\(position.text(decimals: 2)) σ from the day's average"
    }
}
