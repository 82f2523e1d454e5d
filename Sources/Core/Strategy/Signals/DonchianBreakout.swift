/// Donchian Breakout: a close beyond every candle of the recent past.

import Store

/// Compares with the channel of the candles before the current one, which it could never leave.
final class DonchianBreakout: SignalComponent {
    static let kind = ComponentKind(
        "Donchian Breakout", aliases: ["Donchian"], .trend, [.signal],
        [.whole("period", 20, 1...1000, "candles", "length of the channel")],
        "Long above the highest high of the candles before, short below the lowest low.")

    private var channel: DonchianChannel
    private var upper: Double?
    private var lower = 0.0
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        warmUp = setting.whole("period")
        channel = DonchianChannel(warmUp)
    }

    func vote(_ bar: Bar, _ context: MarketContext) -> Vote {
        upper = channel.isReady ? channel.upper : nil
        lower = channel.isReady ? channel.lower : 0
        channel.update(bar)
        guard let upper else { return .noData }
        return bar.close > upper ? .long : bar.close < lower ? .short : .neutral
    }

    var reading: String {
        guard let upper else { return warmingUp }
        return "\(lower.text(decimals: 4)) to \(upper.text(decimals: 4))"
    }
}
