/// Higher-Timeframe Trend: lets an entry pass only with the trend of a longer timeframe.

import Store

/// Aggregates closed candles by the clock (UTC multiples) and uses completed ones only. A longer
/// candle is complete when its last part has closed, or when a part of a later one does.
final class HigherTimeframeTrend: EntryCheck {
    static let kind = ComponentKind(
        "Higher-Timeframe Trend", aliases: ["HTF Trend"], .trend, [.filter],
        [
            .word("timeframe", ["4h", "5m", "15m", "1h", "1d"], "the longer timeframe"),
            .whole("period", 50, 1...500, "longer candles", "length of the average"),
        ],
        "Close of a longer timeframe above its average passes longs, below it shorts.")

    private var average: ExponentialAverage
    private var lastClose = 0.0
    /// The start of the longer candle that is being built, and its close so far; nil: none.
    private var bucket: Int64?
    private var pending = 0.0
    private let part: Int64
    private let whole: Int64
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        let longer = Timeframe(rawValue: setting.word("timeframe")) ?? .fourHours
        guard longer > setting.timeframe else {
            throw setting.error(
                "timeframe", "\(longer.rawValue) is not longer than the template's own timeframe",
                "Choose one that is longer than \(setting.timeframe.rawValue).")
        }
        part = setting.timeframe.span.milliseconds
        whole = longer.span.milliseconds
        let period = setting.whole("period")
        average = ExponentialAverage(period)
        // The first longer candle may have begun before the first candle seen.
        warmUp = (period + 1) * Int(whole / part) - 1
    }

    func verdict(_ bar: Bar, _ context: MarketContext) -> Verdict {
        collect(bar)
        guard average.isReady else { return .noData }
        return Verdict(long: lastClose > average.current, short: lastClose < average.current)
    }

    private func collect(_ bar: Bar) {
        let start = bar.openTime - bar.openTime % whole
        if let bucket, bucket != start { complete() }
        bucket = start
        pending = bar.close
        if bar.openTime + part >= start + whole { complete() }
    }

    private func complete() {
        lastClose = pending
        average.update(pending)
        bucket = nil
    }

    var reading: String {
        guard let value = average.value else { return warmingUp }
        return "\((100 * (lastClose - value) / value).text(decimals: 2)) % from average"
    }
}
