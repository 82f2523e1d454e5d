/// ATR Stop and Volatility Exit: rules that compare with the volatility at the entry.

import Store

/// The level is fixed at the decision: its close less m times its ATR, for a long.
final class ATRStop: LevelRule, CandleFollower, EntryVolatilityRule {
    static let kind = ComponentKind(
        "ATR Stop", .exit, [.exit],
        [
            .whole("period", 14, 1...500, "candles", "length of Wilder's smoothing"),
            .number("multiple", 2, 0.1...50, "ATR", "distance from the close that decided"),
        ],
        "Closes some average true ranges from the close that decided the entry.")

    private var range: AverageTrueRange
    private let multiple: Rate
    private let tick: Price
    let period: Int
    let isStop = true
    static let staysPut = true
    var warmUp: Int { period }

    init(_ setting: ComponentSetting) throws(TemplateError) {
        period = setting.whole("period")
        range = AverageTrueRange(period)
        multiple = Rate(nearest: setting.number("multiple"))
        tick = setting.tick
    }

    func follow(_ bar: Bar) { range.update(bar) }

    var currentATR: Double? { range.value }

    func level(for track: PositionTrack) -> Price? {
        guard let atr = track.entryATR else { return nil }
        let distance = atr.times(multiple)
        return track.stop(track.favourable(track.decisionClose, by: -distance), tick: tick)
    }

    var reading: String { "\(multiple) ATR from the decision" }
}

/// Triggers when the ATR reaches a multiple of the one at the entry.
final class VolatilityExit: CloseRule, CandleFollower, EntryVolatilityRule {
    static let kind = ComponentKind(
        "Volatility Exit", .exit, [.exit],
        [
            .whole("period", 14, 1...500, "candles", "length of Wilder's smoothing"),
            .number("multiple", 2, 1.01...50, "× entry ATR", "at or above closes"),
        ],
        "Closes when volatility has grown too much since the entry.")

    private var range: AverageTrueRange
    private let multiple: Double
    let period: Int
    var warmUp: Int { period }

    init(_ setting: ComponentSetting) throws(TemplateError) {
        period = setting.whole("period")
        range = AverageTrueRange(period)
        multiple = setting.number("multiple")
    }

    func follow(_ bar: Bar) { range.update(bar) }

    var currentATR: Double? { range.value }

    func triggers(for track: PositionTrack, _ decision: Decision) -> Bool {
        guard let atr = range.value, let entry = track.entryATR, entry.isPositive else {
            return false
        }
        return atr >= multiple * entry.double
    }

    var reading: String { "ATR \(range.value.reading(decimals: 4))" }
}
