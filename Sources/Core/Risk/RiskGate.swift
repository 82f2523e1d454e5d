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
    /// The bot holds what it may hold: nothing is wrong, and nobody has to act.
    var isOrdinary: Bool { EntryLimit(rawValue: limit)?.isOrdinary == true }

    fileprivate init(_ limit: RiskLimitName, _ words: String) {
        self.init(limit: limit.rawValue, words: words)
    }
}

enum RiskVerdict {
    case approved(ApprovedOrder)
    case denied(RiskDenial)
}

enum RiskGate {
    /// Position and execution limits, in the order of ``EntryLimit``. Loss limits act by pausing.
    static func judge(
        _ intent: EntryIntent, _ bot: BotMachine, _ instrument: Instrument, _ equity: Money,
        _ market: Market, without off: Switches<Safeguard> = []
    ) -> RiskVerdict {
        let positions = positionDenials(bot, instrument.symbol, intent.side)
        if let denial = off.first(positions) { return .denied(denial) }
        if let denial = leverageDenial(intent.leverage, bot.limits, instrument),
            !off.contains(.leverage)
        {
            return .denied(denial)
        }
        let sizing = bot.template?.sizing ?? .equityShare(.percent(10))
        let size = size(intent, sizing, equity, instrument.contract)
        guard let whole = size?.rounded(to: instrument.lot, .down),
            whole >= instrument.minimumQuantity, whole.isPositive
        else {
            return .denied(
                RiskDenial(
                    limit: EntryLimit.size.rawValue,
                    words: sizeWords(intent, sizing, equity, isKnown: size != nil)))
        }
        if let denial = notionalDenial(intent, whole, instrument) { return .denied(denial) }
        if let denial = slippageDenial(intent, whole, bot.limits, market, instrument),
            !off.contains(.slippage)
        {
            return .denied(denial)
        }
        return .approved(
            ApprovedOrder(side: intent.side, quantity: whole, leverage: intent.leverage))
    }

    /// An entry that was approved and is on its way, under the limits of this moment. Slippage is
    /// the exchange's to watch. Nil for other orders, and where nothing stands against it.
    static func denial(
        of order: Order, _ bot: BotMachine, _ instrument: Instrument,
        without off: Switches<Safeguard> = []
    ) -> RiskDenial? {
        guard order.purpose == .entry else { return nil }
        let side: Side = order.side == .buy ? .long : .short
        let positions = positionDenials(bot, order.symbol, side, before: order.id)
        let leverage = leverageDenial(order.leverage, bot.limits, instrument)
        return off.first(positions + (leverage.map { [$0] } ?? []))
    }

    /// Entries under way count as positions, so that two candles do not enter twice.
    /// - Parameter before: counts those that were sent before this order; nil: all.
    static func positionDenials(
        _ bot: BotMachine, _ symbol: String, _ side: Side, before: ID<Order>? = nil
    ) -> [RiskDenial] {
        var denials: [RiskDenial] = []
        let limits = bot.limits
        let count = PositionCount(bot, symbol, side, before: before)
        if count.here >= limits.maxPositionsPerAsset {
            denials.append(
                RiskDenial(
                    .maxPositionsPerAsset,
                    "\(count.here) open of \(limits.maxPositionsPerAsset) allowed on this asset"))
        }
        if count.total >= limits.maxPositionsTotal {
            denials.append(
                RiskDenial(
                    .maxPositionsTotal,
                    "\(count.total) open of \(limits.maxPositionsTotal) allowed in all"))
        }
        guard count.opposes else { return denials }
        // The exchange nets a symbol: the two would end each other, and neither could be closed.
        let words = "a \(side.opposite.rawValue) is open on this asset"
        return denials + [RiskDenial(limit: EntryLimit.oppositePosition.rawValue, words: words)]
    }

    static func leverageDenial(
        _ leverage: Int, _ limits: RiskLimits, _ instrument: Instrument
    ) -> RiskDenial? {
        let allowed = min(limits.maxLeverage, instrument.maxLeverage)
        guard leverage > allowed else { return nil }
        return RiskDenial(
            .maxLeverage, "the template asks for \(leverage)x, \(allowed)x is allowed")
    }

    /// Nil when the size cannot be computed, as risk sizing without a stop, or is larger than an
    /// account can be.
    static func size(
        _ intent: EntryIntent, _ sizing: Sizing, _ equity: Money, _ contract: Contract
    ) -> Quantity? {
        guard equity.isPositive, intent.price.isPositive else { return nil }
        let quantity: Quantity?
        switch sizing {
        case .quantity(let fixed): quantity = fixed
        case .notional(let notional):
            quantity = contract.countableQuantity(worth: notional, at: intent.price)
        case .equityShare(let share):
            quantity = contract.countableQuantity(worth: equity.times(share), at: intent.price)
        case .riskShare(let share):
            guard let stop = intent.stop else { return nil }
            quantity = contract.countableQuantity(
                losing: equity.times(share), from: intent.price, to: stop)
        }
        return quantity.flatMap { contract.isCountable($0, at: intent.price) ? $0 : nil }
    }

    private static func sizeWords(
        _ intent: EntryIntent, _ sizing: Sizing, _ equity: Money, isKnown: Bool
    ) -> String {
        if isKnown || !equity.isPositive { return "equity \(equity) is too small for one lot" }
        if case .riskShare = sizing, intent.stop == nil {
            return "its size follows from a stop, and no stop is known"
        }
        return "the size \(sizing.fileText) is beyond every account here"
    }

    /// What an order is worth at the price of its decision, against the least that its exchange
    /// takes.
    static func notionalDenial(
        _ intent: EntryIntent, _ quantity: Quantity, _ instrument: Instrument
    ) -> RiskDenial? {
        guard instrument.minimumNotional.isPositive else { return nil }
        let value = instrument.contract.value(of: quantity, at: intent.price)
        guard value < instrument.minimumNotional else { return nil }
        return RiskDenial(
            limit: EntryLimit.minimumNotional.rawValue,
            words: "the order is worth \(value) \(instrument.settlement), the exchange takes "
                + "\(instrument.minimumNotional) and more")
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
            .maxSlippage,
            "the book would fill \(slippage.percentText) % away from the decision, "
                + "\(limits.maxSlippage.percentText) % is allowed")
    }
}

extension RiskGate {
    /// Every limit that stands against an entry, where ``judge(_:_:_:_:_:)`` names the first.
    /// An order whose size cannot be told is not asked for its slippage.
    static func denials(
        _ intent: EntryIntent, _ bot: BotMachine, _ instrument: Instrument, _ equity: Money,
        _ market: Market
    ) -> EntryLimits {
        var denials = positionDenials(bot, instrument.symbol, intent.side)
        if let denial = leverageDenial(intent.leverage, bot.limits, instrument) {
            denials.append(denial)
        }
        var denied = EntryLimits(
            denials.compactMap { EntryLimit(rawValue: $0.limit) }.map { EntryLimits($0) })
        let sizing = bot.template?.sizing ?? .equityShare(.percent(10))
        let quantity = size(intent, sizing, equity, instrument.contract)?
            .rounded(to: instrument.lot, .down)
        guard let quantity, quantity >= instrument.minimumQuantity, quantity.isPositive else {
            return denied.union(.init(.size))
        }
        if notionalDenial(intent, quantity, instrument) != nil {
            denied.insert(.init(.minimumNotional))
        }
        if slippageDenial(intent, quantity, bot.limits, market, instrument) != nil {
            denied.insert(.init(.maxSlippage))
        }
        return denied
    }
}

/// What a bot holds and has on the way, as the position limits count it.
private struct PositionCount {
    var here = 0
    var total = 0
    /// Something lies on the other side of the symbol.
    var opposes = false

    init(_ bot: BotMachine, _ symbol: String, _ side: Side, before: ID<Order>?) {
        total = bot.held.count
        for index in bot.held.indices where bot.held[index].position.symbol == symbol {
            here += 1
            if bot.held[index].position.side != side { opposes = true }
        }
        for index in bot.orders.indices where bot.orders[index].purpose == .entry {
            if let before, bot.orders[index].id >= before { continue }
            total += 1
            guard bot.orders[index].symbol == symbol else { continue }
            here += 1
            if bot.orders[index].side != side.opening { opposes = true }
        }
    }
}

extension Switches where Element == Safeguard {
    /// The first denial that is not switched off.
    func first(_ denials: [RiskDenial]) -> RiskDenial? {
        isEmpty ? denials.first : denials.first { $0.source.map { !contains($0) } ?? true }
    }
}

extension RiskDenial {
    /// The safeguard that speaks here; nil for those without a switch.
    fileprivate var source: Safeguard? {
        switch limit {
        case RiskLimitName.maxPositionsPerAsset.rawValue: .positionsPerAsset
        case RiskLimitName.maxPositionsTotal.rawValue: .positionsTotal
        case RiskLimitName.maxLeverage.rawValue: .leverage
        case RiskLimitName.maxSlippage.rawValue: .slippage
        default: nil
        }
    }
}
