/// Fills become positions, positions become trades: the bot's own book-keeping.
import Store

extension Order {
    /// Books an execution of the order, which belongs to a position.
    mutating func book(
        _ execution: VenueFill, _ position: ID<Position>, _ contract: Contract, at now: Instant
    ) {
        averagePrice = contract.average(
            averagePrice ?? execution.price, filled, execution.price, execution.quantity)
        filled += execution.quantity
        positionID = position
        status = filled >= quantity ? .filled : .open
        if status == .filled { doneAt = now }
    }
}

extension Position {
    /// The position that the first fill of an entry opens.
    init(opening order: Order, with fill: Fill, context: EntryContext, id: ID<Position>) {
        let side: Side = order.side == .buy ? .long : .short
        self.init(
            id: id, botID: order.botID, keyID: order.keyID, symbol: order.symbol, side: side,
            quantity: fill.quantity, openedQuantity: fill.quantity, entryPrice: fill.price,
            leverage: order.leverage, margin: .zero, liquidationPrice: .zero, openedAt: fill.at,
            bestPrice: fill.price, worstPrice: fill.price, entryATR: context.atr,
            decisionPrice: order.decisionPrice, entryScore: context.score,
            entrySignals: context.signals, fees: fill.fee, templateName: context.templateName,
            templateVersion: context.templateVersion, limitsVersion: context.limitsVersion)
    }

    /// Books a further fill of the same entry.
    mutating func grow(by fill: Fill, _ contract: Contract) {
        entryPrice = contract.average(entryPrice, quantity, fill.price, fill.quantity)
        quantity += fill.quantity
        openedQuantity += fill.quantity
        fees += fill.fee
    }

    /// Books a closing fill and returns the gross profit that it realised. Parts cost together
    /// what the whole has cost, to the last digit.
    /// - Parameter value: of the fill, where it is a part of a larger one.
    mutating func shrink(
        by fill: Fill, _ contract: Contract, value known: Money? = nil
    ) -> Money {
        let value = known ?? contract.value(of: fill.quantity, at: fill.price)
        let rest = quantity - fill.quantity
        let cost =
            contract.value(of: quantity, at: entryPrice) - contract.value(of: rest, at: entryPrice)
        let gross = contract.profit(side, cost: cost, worth: value)
        quantity = rest
        fees += fill.fee
        realised += gross
        exitValue += value
        return gross
    }

    /// Takes the price into the excursions.
    @inline(__always)
    mutating func see(_ price: Price) {
        if side == .long {
            if price > bestPrice { bestPrice = price }
            if price < worstPrice { worstPrice = price }
        } else {
            if price < bestPrice { bestPrice = price }
            if price > worstPrice { worstPrice = price }
        }
    }

    /// What the exit rules look at.
    var track: PositionTrack {
        PositionTrack(
            side: side, entryPrice: entryPrice, bestPrice: bestPrice, worstPrice: worstPrice,
            candlesHeld: candlesHeld, entryATR: entryATR, decisionClose: decisionPrice)
    }
}

/// What a bot knew when it decided an entry; kept until the fill.
struct EntryContext {
    var score: Double
    var signals: String
    var atr: Price?
    var templateName: String
    var templateVersion: Int
    var limitsVersion: Int
}

extension Trade {
    /// The complete record of a position whose last part just closed.
    /// **Source** <doc:ProductRules#Trades>.
    /// - Parameter last: the price of the last closing fill, exact where it was the only one.
    init(
        closing position: Position, _ contract: Contract, in currency: Currency, at: Instant,
        last: Price, decisionPrice: Price
    ) {
        let exit = contract.exitPrice(of: position, last: last)
        let entry = position.entryPrice
        let sign = position.side.sign
        let best = position.bestPrice.change(from: entry)
        let worst = position.worstPrice.change(from: entry)
        self.init(
            botID: position.botID, positionID: position.id, symbol: position.symbol,
            side: position.side, quantity: position.openedQuantity, entryPrice: entry,
            exitPrice: exit, openedAt: position.openedAt, closedAt: at,
            gross: position.realised, fees: position.fees, funding: position.funding,
            net: position.realised - position.fees - position.funding,
            exitReason: position.exitReason ?? "unknown",
            mfe: max(.zero, best * sign), mae: max(.zero, -(worst * sign)),
            slippageIn: entry.change(from: position.decisionPrice) * sign,
            slippageOut: -(exit.change(from: decisionPrice) * sign),
            entryScore: position.entryScore, entrySignals: position.entrySignals,
            templateName: position.templateName, templateVersion: position.templateVersion,
            limitsVersion: position.limitsVersion, leverage: position.leverage,
            currency: currency)
    }
}

extension Trade {
    /// The count of losing trades in a row, this one included.
    func lossStreak(after count: Int) -> Int {
        net.isZero ? count : net.isPositive ? 0 : count + 1
    }
}

extension Contract {
    /// The price at which all of a position was closed, were it one.
    func exitPrice(of position: Position, last: Price) -> Price {
        let quantity = position.openedQuantity
        if value(of: quantity, at: last) == position.exitValue { return last }
        // Below zero, as only a row can be that no trading led to, it is no price of any contract.
        if isPlain || position.exitValue.isNegative {
            return Price(paying: position.exitValue, for: quantity)
        }
        // Of what is worth less than the smallest amount of money no price is left.
        return price(of: quantity, worth: position.exitValue) ?? last
    }
}
