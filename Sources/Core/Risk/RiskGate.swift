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

extension RiskDenial {
    fileprivate init(_ limit: RiskLimitName, _ words: String) {
        self.init(limit: limit.rawValue, words: words)
    }
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
        if let denial = positionDenial(bot, instrument.symbol, intent.side) {
            return .denied(denial)
        }
        if let denial = leverageDenial(intent.leverage, bot.limits, instrument) {
            return .denied(denial)
        }
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

    /// An entry that was approved and is on its way, under the limits of this moment. Slippage is
    /// the exchange's to watch. Nil for other orders, and where nothing stands against it.
    static func denial(
        of order: Order, _ bot: BotMachine, _ instrument: Instrument
    ) -> RiskDenial? {
        guard order.purpose == .entry else { return nil }
        let side: Side = order.side == .buy ? .long : .short
        return positionDenial(bot, order.symbol, side, before: order.id)
            ?? leverageDenial(order.leverage, bot.limits, instrument)
    }

    /// Entries under way count as positions, so that two candles do not enter twice.
    /// - Parameter before: counts those that were sent before this order; nil: all.
    private static func positionDenial(
        _ bot: BotMachine, _ symbol: String, _ side: Side, before: ID<Order>? = nil
    ) -> RiskDenial? {
        let limits = bot.limits
        let others = bot.orders.filter { order in
            order.purpose == .entry && before.map { order.id < $0 } ?? true
        }
        let here = bot.openPositions(symbol: symbol) + others.count { $0.symbol == symbol }
        if here >= limits.maxPositionsPerAsset {
            return RiskDenial(
                .maxPositionsPerAsset,
                "\(here) open of \(limits.maxPositionsPerAsset) allowed on this asset")
        }
        let total = bot.held.count + others.count
        if total >= limits.maxPositionsTotal {
            return RiskDenial(
                .maxPositionsTotal, "\(total) open of \(limits.maxPositionsTotal) allowed in all")
        }
        let opposes =
            bot.held.contains { $0.position.symbol == symbol && $0.position.side != side }
            || others.contains { $0.symbol == symbol && $0.side != side.opening }
        guard opposes else { return nil }
        // The exchange nets a symbol: the two would end each other, and neither could be closed.
        return RiskDenial(
            limit: "opposite_position", words: "a \(side.opposite.rawValue) is open on this asset")
    }

    private static func leverageDenial(
        _ leverage: Int, _ limits: RiskLimits, _ instrument: Instrument
    ) -> RiskDenial? {
        let allowed = min(limits.maxLeverage, instrument.maxLeverage)
        guard leverage > allowed else { return nil }
        return RiskDenial(
            .maxLeverage, "the template asks for \(leverage)x, \(allowed)x is allowed")
    }

    /// Nil when the size cannot be computed, as risk sizing without a stop.
    private static func size(
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

    private static func slippageDenial(
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
            .maxSlippage,
            "the book would fill \(slippage.percentText) % away from the decision, "
                + "\(limits.maxSlippage.percentText) % is allowed")
    }
}
