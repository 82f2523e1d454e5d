/// Spread: lets an entry pass while the book is tight.

import Store

final class SpreadCheck: EntryCheck {
    static let asksMarket = true
    static let kind = ComponentKind(
        "Spread", .orderFlow, [.filter, .guardRole],
        [.number("max", 5, 0.01...1000, "bps", "greatest spread, inclusive")],
        "Best ask less best bid, as a share of the price.")

    private let greatest: Rate
    private var spread: Rate?
    let warmUp = 0

    init(_ setting: ComponentSetting) throws(TemplateError) {
        greatest = setting.share("max", of: 10_000)
    }

    func verdict(_ bar: Bar, _ context: MarketContext) -> Verdict {
        spread = context.spread
        guard let spread else { return .noData }
        return Verdict(passes: spread <= greatest)
    }

    var reading: String {
        guard let spread else { return "not offered here" }
        return "\((spread.double * 10_000).text(decimals: 2)) bps"
    }
}
