/// Minimum potential move: an entry guard against markets too narrow to earn their costs.

import Store

/// The potential move is the width of the last candles' range as a share of the price.
final class MinimumMove: EntryCheck {
    static let asksMarket = true
    static let kind = ComponentKind(
        "Minimum potential move", aliases: ["Minimum move"], .execution, [.guardRole],
        [
            .number("times", 3, 0.1...100, "× round trip", "least range over cost, inclusive"),
            .whole("period", 20, 1...1000, "candles", "length of the range"),
        ],
        "Range of recent candles against the cost of going in and out.")

    private var channel: DonchianChannel
    private var ratio: Double?
    private let times: Double
    let warmUp: Int

    init(_ setting: ComponentSetting) throws(TemplateError) {
        let period = setting.whole("period")
        channel = DonchianChannel(period)
        times = setting.number("times")
        warmUp = period - 1
    }

    func verdict(_ bar: Bar, _ context: MarketContext) -> Verdict {
        channel.update(bar)
        guard channel.isReady, bar.close > 0, let cost = context.roundTripCost else {
            ratio = nil
            return .noData
        }
        let move = (channel.upper - channel.lower) / bar.close
        ratio = cost.isPositive ? move / cost.double : nil
        return Verdict(passes: move >= times * cost.double)
    }

    var reading: String { ratio.map { "\($0.text(decimals: 1)) × cost" } ?? "no cost known" }
}
