/// Open Interest Divergence: is a move of the price carried by new positions, or not?

import Store

/// Where open interest has grown, the price's direction is confirmed and followed; where it has
/// shrunk, the move was made by closing positions and is faded.
final class OpenInterestDivergence: SignalComponent {
    static let asksMarket = true
    static let kind = ComponentKind(
        "Open Interest Divergence", aliases: ["Open Interest"], .derivatives, [.signal],
        [
            .whole("period", 12, 1...1000, "candles", "how far back it looks"),
            .number("threshold", 3, 0.01...1000, "%", "least change of open interest, inclusive"),
        ],
        "Follows moves with growing open interest, fades those with shrinking.")

    private var prices: RateOfChange
    private var interest: RateOfChange
    private let threshold: Double
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        warmUp = setting.whole("period")
        prices = RateOfChange(warmUp)
        interest = RateOfChange(warmUp)
        threshold = setting.number("threshold")
    }

    func vote(_ bar: Bar, _ context: MarketContext) -> Vote {
        prices.update(bar.close)
        guard let open = context.openInterest else {
            interest.removeAll()
            return .noData
        }
        interest.update(open)
        guard let change = interest.value, let move = prices.value else { return .noData }
        guard change.magnitude >= threshold else { return .neutral }
        return Vote(signOf: change > 0 ? move : -move)
    }

    var reading: String { interest.value.reading(decimals: 2, unit: " % open interest") }
}
