/// A position beside the price levels at which its exit rules close it.
import Store

/// A position in the bot's book, with the levels as of the last candle close. An object, so that
/// a price is looked at without moving the whole record.
final class BookedPosition {
    var position: Position
    let symbol: Int
    /// What its values and profits are asked of.
    let contract: Contract
    var levels: ExitLevels
    /// The worst price at which the loss limits were shown to hold, and what with.
    var shelter = Price.zero
    var basis: LossBasis?
    /// Between these a price, with that basis, is neither a new peak of the equity nor makes its
    /// fall deeper.
    var newsBelow = Price(raw: .max)
    var newsAbove = Price.zero
    /// Closes of it that the exchange has rejected since one last filled a part.
    var rejections = 0
    /// The price that the last close of it was decided on.
    private var exitDecision: Price?

    init(
        position: Position, symbol: Int, contract: Contract, levels: ExitLevels = ExitLevels()
    ) {
        self.position = position
        self.symbol = symbol
        self.contract = contract
        self.levels = levels
    }

    /// Every price is news until the next look.
    func forgetNews() {
        newsBelow = Price(raw: .max)
        newsAbove = .zero
    }

    /// What the slippage of a close is measured against: where a part is closed already, the
    /// price on which that was decided.
    func decided(_ price: Price?) -> Price {
        let isPart = position.quantity < position.openedQuantity
        let decision = (isPart ? exitDecision : nil) ?? price ?? position.entryPrice
        exitDecision = decision
        return decision
    }
}

/// A level that a price has met: where, and which exit rule set it (nil: the loss limit).
struct LevelHit {
    let price: Price
    let rule: Int?
}

extension ExitLevels {
    /// The level that a print has reached, the stop first.
    @inline(__always)
    func hit(by price: Price, _ side: Side) -> LevelHit? {
        if let stop, side == .long ? price <= stop.price : price >= stop.price {
            return LevelHit(price: stop.price, rule: stop.rule)
        }
        if let target, side == .long ? price >= target.price : price <= target.price {
            return LevelHit(price: target.price, rule: target.rule)
        }
        return nil
    }
}

/// What the loss limits of a bot with one position are computed from, besides the price.
struct LossBasis: Equatable {
    var wallet: Money
    var dayStart: Money?
    var dailyLoss: Rate
    var lossPerTrade: Rate
    var entry: Price
    var quantity: Quantity
}
