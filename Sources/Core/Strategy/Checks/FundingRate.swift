/// Funding Rate: as a gate a bound on what holding costs, as a signal a fade of the crowd.

import Store

final class FundingRate: SignalComponent, EntryCheck {
    static let asksMarket = true
    static let kind = ComponentKind(
        "Funding Rate", aliases: ["Funding"], .derivatives, [.gate, .signal],
        [
            .number("max", 0.03, 0...10, "% per 8 h", "greatest amount, inclusive", in: [.gate]),
            .number(
                "fade", 0.05, 0...10, "% per 8 h", "short at or above, long at its negative",
                in: [.signal]),
        ],
        "What longs pay shorts: blocks when dear, or trades against the side that pays.")

    private let greatest: Rate
    private let fade: Rate
    private var rate: Rate?
    let warmUp = 0

    init(_ setting: ComponentSetting) throws(TemplateError) {
        greatest = setting.share("max")
        fade = setting.share("fade")
    }

    func vote(_ bar: Bar, _ context: MarketContext) -> Vote {
        rate = context.fundingRate
        guard let rate else { return .noData }
        if rate.isZero { return .neutral }
        return rate >= fade ? .short : rate <= -fade ? .long : .neutral
    }

    func verdict(_ bar: Bar, _ context: MarketContext) -> Verdict {
        rate = context.fundingRate
        guard let rate else { return .noData }
        return Verdict(passes: rate.magnitude <= greatest)
    }

    var reading: String { rate.map { "\($0.percentText) % per 8 h" } ?? "not offered here" }
}
