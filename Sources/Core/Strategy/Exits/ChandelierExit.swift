/// Chandelier Exit: a stop that hangs some average true ranges below the highest high.

import Store

/// For a long: highest high of the last n candles less m ATR(n); for a short: lowest low plus it.
/// The level follows its formula and may loosen when the range widens.
final class ChandelierExit: LevelRule, CandleFollower {
    static let kind = ComponentKind(
        "Chandelier Exit", aliases: ["Chandelier"], .exit, [.exit],
        [
            .whole("period", 22, 1...500, "candles", "length of extremes and of the true range"),
            .number("multiple", 3, 0.1...50, "ATR", "distance from the extreme"),
        ],
        "Hangs from the extreme of recent candles.")

    private var channel: DonchianChannel
    private var range: AverageTrueRange
    private let multiple: Double
    private let tick: Price
    let warmUp: Int
    let isStop = true

    init(_ setting: ComponentSetting) throws(TemplateError) {
        warmUp = setting.whole("period")
        channel = DonchianChannel(warmUp)
        range = AverageTrueRange(warmUp)
        multiple = setting.number("multiple")
        tick = setting.tick
    }

    func follow(_ bar: Bar) {
        channel.update(bar)
        range.update(bar)
    }

    func level(for track: PositionTrack) -> Price? {
        guard range.isReady else { return nil }
        let extreme = Price(nearest: track.side == .long ? channel.upper : channel.lower)
        let distance = Price(nearest: multiple * range.current)
        return track.stop(track.favourable(extreme, by: -distance), tick: tick)
    }

    var reading: String {
        guard range.isReady else { return warmingUp }
        let distance = Price(nearest: multiple * range.current).rounded(to: tick, .nearest)
        return "\(distance) from the extreme"
    }
}
