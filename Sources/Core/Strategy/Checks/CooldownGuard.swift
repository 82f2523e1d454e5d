/// Cooldown: an entry guard that waits some candles after an exit.

import Store

final class CooldownGuard: EntryCheck {
    static let asksMarket = true
    static let kind = ComponentKind(
        "Cooldown", .execution, [.guardRole],
        [.whole("candles", 3, 1...10_000, "candles", "closed since the exit, inclusive")],
        "No entry in the first candles after an exit.")

    private let candles: Int
    private var since: Int?
    let warmUp = 0

    init(_ setting: ComponentSetting) throws(TemplateError) {
        candles = setting.whole("candles")
    }

    func verdict(_ bar: Bar, _ context: MarketContext) -> Verdict {
        since = context.candlesSinceExit
        guard let since else { return .pass }
        return Verdict(passes: since >= candles)
    }

    var reading: String { since.map { "\($0) of \(counted(candles, "candle"))" } ?? "no exit yet" }
}
