/// Keltner Squeeze: volatility so low that the Bollinger bands lie inside the Keltner channel.

import Store

/// As a filter it passes while there is no squeeze. As a signal it votes after a squeeze has ended,
/// for the side of the middle on which the close then lay, until the close returns across the
/// middle or the next squeeze begins.
final class KeltnerSqueeze: SignalComponent, EntryCheck {
    static let kind = ComponentKind(
        "Keltner Squeeze", .volatility, [.signal, .filter],
        [
            .whole("period", 20, 2...500, "candles", "length of both bands"),
            .number("deviations", 2, 0.1...10, "σ", "width of the Bollinger bands"),
            .number("multiple", 1.5, 0.1...10, "ATR", "width of the Keltner channel"),
        ],
        "Release of a market that had become very quiet.")

    private var moments: RollingMoments
    private var channel: KeltnerChannel
    private var isSqueezed = false
    private var release = Vote.neutral
    private let deviations: Double
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        warmUp = setting.whole("period")
        moments = RollingMoments(warmUp)
        channel = KeltnerChannel(warmUp, multiple: setting.number("multiple"))
        deviations = setting.number("deviations")
    }

    func vote(_ bar: Bar, _ context: MarketContext) -> Vote {
        update(bar) ? release : .noData
    }

    func verdict(_ bar: Bar, _ context: MarketContext) -> Verdict {
        update(bar) ? Verdict(passes: !isSqueezed) : .noData
    }

    /// Whether both bands have a value.
    private func update(_ bar: Bar) -> Bool {
        moments.update(bar.close)
        channel.update(bar)
        guard moments.isReady, channel.isReady, let middle = channel.middle else { return false }
        let reach = deviations * moments.deviation
        let wasSqueezed = isSqueezed
        isSqueezed = moments.mean + reach < middle + channel.distance
            && moments.mean - reach > middle - channel.distance
        let side = Vote(signOf: bar.close - moments.mean)
        if isSqueezed {
            release = .neutral
        } else if wasSqueezed {
            release = side
        } else if side != release {
            release = .neutral
        }
        return true
    }

    var reading: String {
        channel.isReady ? (isSqueezed ? "squeezed" : "released \(release.text)") : warmingUp
    }
}
