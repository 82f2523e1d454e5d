/// ATR Breakout: follows a candle that moved much more than candles usually do.

import Store

/// The change of the close against the average true range as of the candle before, so that the
/// move is not measured with itself.
final class ATRBreakout: SignalComponent {
    static let kind = ComponentKind(
        "ATR Breakout", .volatility, [.signal],
        [
            .whole("period", 14, 1...500, "candles", "length of Wilder's smoothing"),
            .number("multiple", 1.5, 0.1...20, "ATR", "least change of the close, exclusive"),
        ],
        "A change of the close beyond the usual range.")

    private var indicator: AverageTrueRange
    private var previous = 0.0
    private var move: Double?
    private let multiple: Double
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        let period = setting.whole("period")
        indicator = AverageTrueRange(period)
        multiple = setting.number("multiple")
        warmUp = period + 1
    }

    func vote(_ bar: Bar, _ context: MarketContext) -> Vote {
        let usual = indicator.value
        let change = bar.close - previous
        indicator.update(bar)
        previous = bar.close
        guard let usual else { return .noData }
        move = usual > 0 ? change / usual : 0
        return change > multiple * usual ? .long : change < -multiple * usual ? .short : .neutral
    }

    var reading: String { move.reading(decimals: 2, unit: " ATR") }
}
