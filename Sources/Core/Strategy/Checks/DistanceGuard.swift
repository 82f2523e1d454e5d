/// Distance from moving average: an entry guard against chasing a price that has run away.

import Store

/// Blocks a long above, and a short below, the average by more than the bound; the other side
/// passes, since the price has moved in its favour.
final class DistanceGuard: EntryCheck {
    static let kind = ComponentKind(
        "Distance from moving average", aliases: ["Distance", "Distance from MA"], .execution,
        [.guardRole],
        [
            .whole("period", 50, 1...1000, "candles", "length of the exponential average"),
            .number("max", 2, 0.1...100, "ATR", "greatest distance, inclusive"),
            .whole("atr", 14, 1...500, "candles", "length of the average true range"),
        ],
        "Blocks entries that chase a price far from its average.")

    private var average: ExponentialAverage
    private var range: AverageTrueRange
    private var distance = 0.0
    private let greatest: Double
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        let (period, atr) = (setting.whole("period"), setting.whole("atr"))
        average = ExponentialAverage(period)
        range = AverageTrueRange(atr)
        greatest = setting.number("max")
        warmUp = max(period - 1, atr)
    }

    func verdict(_ bar: Bar, _ context: MarketContext) -> Verdict {
        average.update(bar.close)
        range.update(bar)
        guard average.isReady, range.isReady else { return .noData }
        let gap = bar.close - average.current
        distance = range.current > 0 ? gap / range.current : 0
        return Verdict(long: distance <= greatest, short: distance >= -greatest)
    }

    var reading: String {
        guard average.isReady, range.isReady else { return warmingUp }
        return "\(distance.text(decimals: 2)) ATR from average"
    }
}
