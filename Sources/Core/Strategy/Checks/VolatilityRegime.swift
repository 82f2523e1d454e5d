/// Volatility Regime Classifier: is the market calm, normal or wild, by its own recent past?

import Store

/// The regime is the percentile rank of the newest ATR (as a share of the price) among those of
/// the last `window` candles: the share of them that lie below it, ties counted half. Below 33 %
/// is low, below 80 % normal, otherwise high.
final class VolatilityRegime: EntryCheck {
    enum Regime: String, CaseIterable { case low, normal, high }

    static let kind = ComponentKind(
        "Volatility Regime Classifier", aliases: ["Regime", "Volatility Regime"], .volatility,
        [.gate, .filter],
        [
            .whole("window", 100, 10...1000, "candles", "past to rank against"),
            .whole("period", 14, 1...500, "candles", "length of the average true range"),
            .word(
                "allow",
                ["low+normal", "low", "normal", "high", "normal+high", "low+high"],
                "regimes in which entries pass"),
        ],
        "Rank of the present volatility among the recent: low, normal or high.")

    private var indicator: AverageTrueRange
    private var past: RingBuffer
    private var rank = 0.0
    private let allowsLow: Bool
    private let allowsNormal: Bool
    private let allowsHigh: Bool
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        let (window, period) = (setting.whole("window"), setting.whole("period"))
        indicator = AverageTrueRange(period)
        past = RingBuffer(capacity: window)
        let allowed = setting.word("allow").split(separator: "+")
        allowsLow = allowed.contains("low")
        allowsNormal = allowed.contains("normal")
        allowsHigh = allowed.contains("high")
        warmUp = period + window - 1
    }

    func verdict(_ bar: Bar, _ context: MarketContext) -> Verdict {
        indicator.update(bar)
        guard indicator.isReady, bar.close > 0 else { return .noData }
        let share = indicator.current / bar.close
        past.push(share)
        guard past.isFull else { return .noData }
        rank = past.percentileRank(of: share)
        switch regime {
        case .low: return Verdict(passes: allowsLow)
        case .normal: return Verdict(passes: allowsNormal)
        case .high: return Verdict(passes: allowsHigh)
        }
    }

    private var regime: Regime { rank < 33 ? .low : rank < 80 ? .normal : .high }

    var reading: String {
        past.isFull ? "\(regime.rawValue), rank \(rank.text(decimals: 0))" : warmingUp
    }
}

extension RingBuffer {
    /// The share of the numbers held that lie below `value`, ties counted half, in percent.
    func percentileRank(of value: Double) -> Double {
        var twice = 0
        for item in items { twice += (item < value ? 1 : 0) + (item <= value ? 1 : 0) }
        return 50 * Double(twice) / Double(items.count)
    }
}
