/// One account at the simulated exchange: its money and its net positions.
import Store

/// A net position inside an account.
struct HeldPosition: Sendable, Equatable {
    var symbol: Int
    let contract: Contract
    var side: Side
    private(set) var quantity: Quantity
    private(set) var entryPrice: Price
    /// The value of the fills that it consists of, to the last digit: what its trades bring in all
    /// is what the wallet gains.
    private(set) var cost: Money
    var leverage: Int
    var liquidationPrice: Price

    init(
        symbol: Int, contract: Contract, side: Side, quantity: Quantity, entryPrice: Price,
        leverage: Int, liquidationPrice: Price, cost: Money? = nil
    ) {
        self.symbol = symbol
        self.contract = contract
        self.side = side
        self.quantity = quantity
        self.entryPrice = entryPrice
        self.cost = cost ?? contract.value(of: quantity, at: entryPrice)
        self.leverage = leverage
        self.liquidationPrice = liquidationPrice
    }

    /// The average entry moves from the old one toward the fill by the fill's share.
    mutating func grow(by more: Quantity, at price: Price) {
        if contract.isPlain {
            let distance = (price - entryPrice).raw
            let total = (quantity + more).raw
            entryPrice += Price(raw: multiplyDivide(distance, more.raw, total, .nearest))
        } else {
            entryPrice = contract.average(entryPrice, quantity, price, more)
        }
        quantity += more
        cost += contract.value(of: more, at: price)
    }

    /// Gives up a part, at most all of it, and tells what that part has cost.
    mutating func shrink(by part: Quantity) -> Money {
        let share =
            part == quantity
            ? cost : Money(raw: multiplyDivide(cost.raw, part.raw, quantity.raw, .nearest))
        quantity -= part
        cost -= share
        return share
    }

    func unrealised(at mark: Price) -> Money {
        contract.profit(side, cost: cost, worth: contract.value(of: quantity, at: mark))
    }

    /// What it earns once it is worth nothing.
    var unrealisedWorthless: Money { contract.profit(side, cost: cost, worth: .zero) }

    /// Where the margin is used up, on the tick and toward the entry.
    func bankruptcyPrice(tick: Price) -> Price {
        if contract.isInverse {
            return LiquidationRule.inversePrice(side, entryPrice, leverage, upkeep: 0, tick)
        }
        let distance = entryPrice.raw / Int64(leverage)
        guard side == .short else {
            return min(Price(raw: entryPrice.raw - distance).rounded(to: tick, .up), entryPrice)
        }
        let sum = entryPrice.raw.addingReportingOverflow(distance)
        let price = Price(raw: sum.overflow ? .max : sum.partialValue)
        return max(price.rounded(to: tick, .down), entryPrice)
    }

    func isLiquidated(at mark: Price) -> Bool {
        side == .long ? mark <= liquidationPrice : mark >= liquidationPrice
    }
}

/// Where isolated margin is used up.
enum LiquidationRule {
    /// The price at which margin plus profit is the maintenance margin, rounded toward the entry.
    /// Zero for a long that cannot be liquidated, and the largest number for a short.
    /// **Source** <doc:ProductRules#Positions>.
    static func price(
        side: Side, entry: Price, leverage: Int, instrument: Instrument
    ) -> Price {
        if instrument.contract.isInverse {
            return inversePrice(
                side, entry, leverage, upkeep: instrument.maintenanceMargin.raw, instrument.tick)
        }
        let whole = powerOfTen(Rate.scale)
        let count = Int64(leverage)
        let upkeep = instrument.maintenanceMargin.raw
        switch side {
        case .long:
            // entry × (1 − 1/leverage) / (1 − maintenance)
            let bare = multiplyDivide(entry.raw, count - 1, count, .up)
            let price = Price(raw: multiplyDivide(bare, whole, whole - upkeep, .up))
            return min(price.rounded(to: instrument.tick, .up), entry)
        case .short:
            let bare = multiplyDivide(entry.raw, count + 1, count, .down)
            let price = Price(raw: multiplyDivide(bare, whole, whole + upkeep, .down))
            return max(price.rounded(to: instrument.tick, .down), entry)
        }
    }

    /// The same where a lower price is worth more: a long ends at
    /// entry × (1 + maintenance) × leverage / (leverage + 1), a short at
    /// entry × (1 − maintenance) × leverage / (leverage − 1), and never where that is zero.
    static func inversePrice(
        _ side: Side, _ entry: Price, _ leverage: Int, upkeep: Int64, _ tick: Price
    ) -> Price {
        let whole = powerOfTen(Rate.scale)
        let count = Int64(leverage)
        switch side {
        case .long:
            let bare = multiplyDivide(entry.raw, count, count + 1, .up)
            let price = Price(raw: multiplyDivide(bare, whole + upkeep, whole, .up))
            return min(price.rounded(to: tick, .up), entry)
        case .short:
            guard count > 1 else { return .most }
            let bare = multiplyDivide(entry.raw, count, count - 1, .down)
            let price = Price(raw: multiplyDivide(bare, whole - upkeep, whole, .down))
            return max(price.rounded(to: tick, .down), entry)
        }
    }
}

/// wallet = deposits + realised − fees − funding after every change.
struct PaperAccount: Sendable {
    var money: VenueAccount
    /// Few; in order of opening.
    var positions: [HeldPosition] = []
    /// Orders at the venue that are not over.
    var openOrders = 0
    /// Every order that is over, by client order id: ids are unique for ever.
    var finished: [String: VenueOrder] = [:]

    func held(_ symbol: Int) -> HeldPosition? {
        for position in positions where position.symbol == symbol { return position }
        return nil
    }

    func slot(_ symbol: Int) -> Int? {
        for index in positions.indices where positions[index].symbol == symbol { return index }
        return nil
    }

    mutating func pay(fee: Money) {
        money.fees += fee
        money.wallet -= fee
    }

    mutating func pay(funding: Money) {
        money.funding += funding
        money.wallet -= funding
    }

    private mutating func book(realised: Money) {
        money.realised += realised
        money.wallet += realised
    }

    /// Nets a fill into the position and books what it realised.
    mutating func apply(
        symbol: Int, side: OrderSide, quantity: Quantity, price: Price, leverage: Int,
        instrument: Instrument
    ) -> Money {
        guard let slot = slot(symbol) else {
            open(symbol, side, quantity, price, leverage, instrument)
            return .zero
        }
        guard positions[slot].side.closing == side else {
            increase(slot, quantity, price, leverage, instrument)
            return .zero
        }
        let closing = min(quantity, positions[slot].quantity)
        let worth = instrument.contract.value(of: closing, at: price)
        let cost = positions[slot].shrink(by: closing)
        let realised = instrument.contract.profit(positions[slot].side, cost: cost, worth: worth)
        book(realised: realised)
        if positions[slot].quantity.isZero { positions.remove(at: slot) }
        // What goes beyond the position opens one on the other side.
        if quantity > closing {
            open(symbol, side, quantity - closing, price, leverage, instrument)
        }
        return realised
    }

    private mutating func open(
        _ symbol: Int, _ side: OrderSide, _ quantity: Quantity, _ price: Price, _ leverage: Int,
        _ instrument: Instrument
    ) {
        let side: Side = side == .buy ? .long : .short
        let limit = LiquidationRule.price(
            side: side, entry: price, leverage: leverage, instrument: instrument)
        positions.append(
            HeldPosition(
                symbol: symbol, contract: instrument.contract, side: side, quantity: quantity,
                entryPrice: price, leverage: leverage, liquidationPrice: limit))
    }

    private mutating func increase(
        _ slot: Int, _ quantity: Quantity, _ price: Price, _ leverage: Int,
        _ instrument: Instrument
    ) {
        positions[slot].grow(by: quantity, at: price)
        positions[slot].leverage = leverage
        positions[slot].liquidationPrice = LiquidationRule.price(
            side: positions[slot].side, entry: positions[slot].entryPrice, leverage: leverage,
            instrument: instrument)
    }
}
