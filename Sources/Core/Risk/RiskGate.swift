/// The last door before an entry: intent in, approved order or denial out.
import Store

/// An entry that the strategy asks for.
struct EntryIntent {
    let side: Side
    let symbol: Int
    /// The price that the decision saw.
    let price: Price
    let leverage: Int
    /// The protective level that the position would have; sizing by risk needs it.
    let stop: Price?
}

/// An order that passed every limit. Only the gate makes one.
struct ApprovedOrder {
    let side: Side
    let quantity: Quantity
    let leverage: Int

    fileprivate init(side: Side, quantity: Quantity, leverage: Int) {
        self.side = side
        self.quantity = quantity
        self.leverage = leverage
    }
}

/// Which limit said no, and the computation behind it.
struct RiskDenial {
    /// As on the command line: `max_positions_total`.
    let limit: String
    let words: String
}

enum RiskVerdict {
    case approved(ApprovedOrder)
    case denied(RiskDenial)
}

enum RiskGate {
    /// Position and execution limits, in PRODUCT section 6's order. Loss limits act by pausing.
    static func judge(
        _ intent: EntryIntent, _ bot: BotMachine, _ instrument: Instrument, _ equity: Money,
        _ market: Market
    ) -> RiskVerdict {
        if let denial = positionDenial(bot, instrument.symbol) { return .denied(denial) }
        if let denial = leverageDenial(intent, bot.limits, instrument) { return .denied(denial) }
        guard let quantity = size(intent, bot.template?.sizing ?? .equityPercent(10), equity),
            quantity.rounded(to: instrument.lot, .down) >= instrument.minimumQuantity,
            quantity.rounded(to: instrument.lot, .down).isPositive
        else {
            return .denied(
                RiskDenial(limit: "size", words: "equity \(equity) is too small for one lot"))
        }
        let whole = quantity.rounded(to: instrument.lot, .down)
        if let denial = slippageDenial(intent, whole, bot.limits, market, instrument) {
            return .denied(denial)
        }
        return .approved(
            ApprovedOrder(side: intent.side, quantity: whole, leverage: intent.leverage))
    }

    private static func positionDenial(_ bot: BotMachine, _ symbol: String) -> RiskDenial? {
        let limits = bot.limits
        let here = bot.openPositions(symbol: symbol) + bot.entriesUnderWay(symbol: symbol)
        if here >= limits.maxPositionsPerAsset {
            return RiskDenial(
                limit: "max_positions_per_asset",
                words: "\(here) open of \(limits.maxPositionsPerAsset) allowed on this asset")
        }
        let total = bot.held.count + bot.entriesUnderWay()
        guard total >= limits.maxPositionsTotal else { return nil }
        return RiskDenial(
            limit: "max_positions_total",
            words: "\(total) open of \(limits.maxPositionsTotal) allowed in all")
    }

    private static func leverageDenial(
        _ intent: EntryIntent, _ limits: RiskLimits, _ instrument: Instrument
    ) -> RiskDenial? {
        let allowed = min(limits.maxLeverage, instrument.maxLeverage)
        guard intent.leverage > allowed else { return nil }
        return RiskDenial(
            limit: "max_leverage",
            words: "the template asks for \(intent.leverage)x, \(allowed)x is allowed")
    }

    /// Nil when the size cannot be computed, as risk sizing without a stop.
    static func size(
        _ intent: EntryIntent, _ sizing: Sizing, _ equity: Money
    ) -> Quantity? {
        guard equity.isPositive, intent.price.isPositive else { return nil }
        switch sizing {
        case .quantity(let quantity): return quantity
        case .notional(let notional): return Quantity(of: notional, at: intent.price)
        case .equityPercent(let percent):
            return Quantity(of: equity.times(Rate(nearest: percent / 100)), at: intent.price)
        case .riskPercent(let percent):
            guard let stop = intent.stop else { return nil }
            let distance = (intent.price - stop).magnitude
            guard distance.isPositive else { return nil }
            return Quantity(of: equity.times(Rate(nearest: percent / 100)), at: distance)
        }
    }

    static func slippageDenial(
        _ intent: EntryIntent, _ quantity: Quantity, _ limits: RiskLimits, _ market: Market,
        _ instrument: Instrument
    ) -> RiskDenial? {
        guard let book = market.book,
            let take = book.take(
                intent.side.opening, quantity, worst: nil, tick: instrument.tick,
                lot: instrument.lot)
        else { return nil }
        let slippage = take.price.change(from: intent.price) * intent.side.sign
        guard slippage > limits.maxSlippage else { return nil }
        return RiskDenial(
            limit: "max_slippage_pct",
            words: "the book would fill \(slippage.percentText) % away from the decision, "
                + "\(limits.maxSlippage.percentText) % is allowed")
    }
}
