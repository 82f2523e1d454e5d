/// What a list of trades amounts to.
import Store

/// **Source** <doc:ProductRules#Figures>.
public struct Performance: Sendable, Equatable, Codable {
    public private(set) var trades = 0
    /// Trades with a net profit above zero.
    public private(set) var wins = 0
    public private(set) var net = Money.zero
    public private(set) var grossProfit = Money.zero
    /// As a positive amount.
    public private(set) var grossLoss = Money.zero
    public private(set) var fees = Money.zero
    public private(set) var funding = Money.zero

    public init(_ trades: some Sequence<Trade>) {
        for trade in trades { add(trade) }
    }

    public mutating func add(_ trade: Trade) {
        trades += 1
        net += trade.net
        fees += trade.fees
        funding += trade.funding
        if trade.net > .zero {
            wins += 1
            grossProfit += trade.net
        } else {
            grossLoss -= trade.net
        }
    }

    /// Nil without trades.
    public var winRate: Rate? { .share(wins, of: trades) }
    /// Gross profit over gross loss; nil without a loss, or beyond what a rate can hold.
    public var profitFactor: Rate? { .factor(grossProfit, over: grossLoss) }
    /// Net profit of an average trade; nil without trades.
    public var expectancy: Money? { trades > 0 ? net.divided(by: Int64(trades)) : nil }
}

extension Rate {
    /// Some of a number of things; nil of none.
    static func share(_ part: Int, of whole: Int) -> Rate? {
        Money.units(Int64(part)).share(of: .units(Int64(whole)))
    }

    /// Nil over nothing, or beyond what a rate can hold.
    static func factor(_ profit: Money, over loss: Money) -> Rate? {
        guard loss.isPositive, profit.raw / loss.raw < 1_000_000 else { return nil }
        return profit.share(of: loss)
    }
}
