/// Order Book Imbalance: which side of the book is the heavier.

import Store

/// As a filter it blocks only the side against which the book is heavy.
final class OrderBookImbalance: SignalComponent, EntryCheck {
    static let asksMarket = true
    static let kind = ComponentKind(
        "Order Book Imbalance", aliases: ["Book Imbalance"], .orderFlow, [.signal, .filter],
        [
            .whole("depth", 10, 1...100, "levels", "levels on each side"),
            .number("threshold", 0.2, 0.01...1, "", "least imbalance, inclusive"),
        ],
        "(bids − asks) / (bids + asks) near the price.")

    private let threshold: Double
    private var imbalance: Double?
    /// Levels on each side that the context has to sum up.
    let depth: Int
    let warmUp = 0

    init(_ setting: ComponentSetting) throws(TemplateError) {
        depth = setting.whole("depth")
        threshold = setting.number("threshold")
    }

    func vote(_ bar: Bar, _ context: MarketContext) -> Vote {
        imbalance = context.bookImbalance
        guard let imbalance else { return .noData }
        return imbalance >= threshold ? .long : imbalance <= -threshold ? .short : .neutral
    }

    func verdict(_ bar: Bar, _ context: MarketContext) -> Verdict {
        imbalance = context.bookImbalance
        guard let imbalance else { return .noData }
        return Verdict(long: imbalance > -threshold, short: imbalance < threshold)
    }

    var reading: String { imbalance.map { $0.text(decimals: 2) } ?? "not offered here" }
}
