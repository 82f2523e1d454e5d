/// An open position of a bot.

/// One entry with its own exit rules; the exchange nets those of a symbol.
public struct Position: Sendable, Equatable, Identified, Codable {
    public static let idPrefix = "position"
    public var id: ID<Position>
    public var botID: ID<Bot>
    public var keyID: ID<APIKey>
    public var symbol: String
    public var side: Side
    /// What is still open.
    public var quantity: Quantity
    /// What was opened in all.
    public var openedQuantity: Quantity
    public var entryPrice: Price
    public var leverage: Int
    public var margin: Money
    /// None: zero for a long, the largest number for a short.
    public var liquidationPrice: Price
    public var openedAt: Instant
    /// Most favourable price since entry.
    public var bestPrice: Price
    /// Most adverse price since entry.
    public var worstPrice: Price
    public var candlesHeld: Int
    public var entryATR: Price?
    /// Close of the candle that decided the entry.
    public var decisionPrice: Price
    public var entryScore: Double
    /// Signal state at entry, as text.
    public var entrySignals: String
    /// Paid so far.
    public var fees: Money
    /// Paid so far; negative when received.
    public var funding: Money
    /// Gross, of the part that is closed.
    public var realised: Money
    /// What the part that is closed was worth when it was closed.
    public var exitValue: Money
    /// Set once a close is under way.
    public var exitReason: String?
    public var templateName: String
    public var templateVersion: Int
    public var limitsVersion: Int

    @inlinable public init(
        id: ID<Position>, botID: ID<Bot>, keyID: ID<APIKey>, symbol: String, side: Side,
        quantity: Quantity, openedQuantity: Quantity, entryPrice: Price, leverage: Int,
        margin: Money, liquidationPrice: Price, openedAt: Instant, bestPrice: Price,
        worstPrice: Price, candlesHeld: Int = 0, entryATR: Price? = nil, decisionPrice: Price,
        entryScore: Double = 0, entrySignals: String = "", fees: Money = .zero,
        funding: Money = .zero, realised: Money = .zero, exitValue: Money = .zero,
        exitReason: String? = nil, templateName: String, templateVersion: Int, limitsVersion: Int
    ) {
        self.id = id
        self.botID = botID
        self.keyID = keyID
        self.symbol = symbol
        self.side = side
        self.quantity = quantity
        self.openedQuantity = openedQuantity
        self.entryPrice = entryPrice
        self.leverage = leverage
        self.margin = margin
        self.liquidationPrice = liquidationPrice
        self.openedAt = openedAt
        self.bestPrice = bestPrice
        self.worstPrice = worstPrice
        self.candlesHeld = candlesHeld
        self.entryATR = entryATR
        self.decisionPrice = decisionPrice
        self.entryScore = entryScore
        self.entrySignals = entrySignals
        self.fees = fees
        self.funding = funding
        self.realised = realised
        self.exitValue = exitValue
        self.exitReason = exitReason
        self.templateName = templateName
        self.templateVersion = templateVersion
        self.limitsVersion = limitsVersion
    }
}

extension Position {
    /// Profit of the open part at a price, before fees.
    @inlinable public func unrealised(at mark: Price, on contract: Contract) -> Money {
        contract.profit(
            side, cost: contract.value(of: quantity, at: entryPrice),
            worth: contract.value(of: quantity, at: mark))
    }

    /// What the open part is worth at a price.
    @inlinable public func notional(at mark: Price, on contract: Contract) -> Money {
        contract.value(of: quantity, at: mark)
    }

    /// Where the exchange takes it over; nil for one that no price uses up.
    public var liquidation: Price? {
        liquidationPrice.isPositive && liquidationPrice < .most ? liquidationPrice : nil
    }
}
