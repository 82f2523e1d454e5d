/// ADX / DMI: as a signal the stronger direction of a strong trend, as a filter the strength alone.

import Store

final class ADXComponent: SignalComponent, EntryCheck {
    static let kind = ComponentKind(
        "ADX / DMI", aliases: ["ADX", "DMI"], .trend, [.signal, .filter],
        [
            .whole("period", 14, 2...500, "candles", "length of Wilder's smoothing"),
            .number("min", 25, 0...100, "", "least strength, inclusive"),
            .number("max", 100, 0...100, "", "greatest strength, inclusive", in: [.filter]),
        ],
        "Strength of the trend, and which direction is the stronger.")

    private var indicator: DirectionalMovement
    private let least: Double
    private let greatest: Double
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        try setting.require("min", below: "max")
        let period = setting.whole("period")
        indicator = DirectionalMovement(period)
        least = setting.number("min")
        greatest = setting.number("max")
        warmUp = 2 * period - 1
    }

    func vote(_ bar: Bar, _ context: MarketContext) -> Vote {
        indicator.update(bar)
        guard indicator.isReady else { return .noData }
        guard indicator.current >= least else { return .neutral }
        return Vote(signOf: indicator.plusIndex - indicator.minusIndex)
    }

    func verdict(_ bar: Bar, _ context: MarketContext) -> Verdict {
        indicator.update(bar)
        guard indicator.isReady else { return .noData }
        return Verdict(passes: indicator.current >= least && indicator.current <= greatest)
    }

    var reading: String {
        guard indicator.isReady else { return warmingUp }
        let (plus, minus) = (indicator.plusIndex, indicator.minusIndex)
        return "ADX \(indicator.current.text(decimals: 1)), "
            + "+DI \(plus.text(decimals: 1)), -DI \(minus.text(decimals: 1))"
    }
}
