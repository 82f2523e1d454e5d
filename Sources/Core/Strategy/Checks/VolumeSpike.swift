/// Volume Spike: volume against its own average, as a gate or as a signal.

import Store

/// The average is that of the candles before the current one.
final class VolumeSpike: SignalComponent, EntryCheck {
    static let kind = ComponentKind(
        "Volume Spike", .volume, [.gate, .signal],
        [
            .whole("period", 20, 1...1000, "candles", "length of the average"),
            .number("min", 0.5, 0...100, "× average", "least volume, inclusive", in: [.gate]),
            .number(
                "spike", 2, 0.1...100, "× average", "least volume of a spike, inclusive",
                in: [.signal]),
        ],
        "Enough volume to enter; or a spike, in the direction of its candle.")

    private var average: RollingMean
    private var ratio: Double?
    private let least: Double
    private let spike: Double
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        warmUp = setting.whole("period")
        average = RollingMean(warmUp)
        least = setting.number("min")
        spike = setting.number("spike")
    }

    func vote(_ bar: Bar, _ context: MarketContext) -> Vote {
        update(bar)
        guard let ratio else { return .noData }
        return ratio >= spike ? Vote(signOf: bar.close - bar.open) : .neutral
    }

    func verdict(_ bar: Bar, _ context: MarketContext) -> Verdict {
        update(bar)
        guard let ratio else { return .noData }
        return Verdict(passes: ratio >= least)
    }

    private func update(_ bar: Bar) {
        ratio = average.value.map { $0 > 0 ? bar.volume / $0 : 0 }
        average.update(bar.volume)
    }

    var reading: String { ratio.reading(decimals: 2, unit: " × average") }
}
