/// What the simulated exchange knows of an account.

/// wallet = deposits + realised − fees − funding + adjustments, always.
public struct VenueAccount: Sendable, Equatable {
    public var keyID: ID<APIKey>
    /// What all of its money is counted in.
    public var currency: Currency
    public var deposits: Money
    public var wallet: Money
    public var realised: Money
    public var fees: Money
    public var funding: Money
    /// What an exchange has moved besides, as a transfer or a rebate; the simulated one never does.
    public var adjustments: Money

    public init(
        keyID: ID<APIKey>, currency: Currency = .usdt, deposits: Money, wallet: Money,
        realised: Money = .zero, fees: Money = .zero, funding: Money = .zero,
        adjustments: Money = .zero
    ) {
        self.keyID = keyID
        self.currency = currency
        self.deposits = deposits
        self.wallet = wallet
        self.realised = realised
        self.fees = fees
        self.funding = funding
        self.adjustments = adjustments
    }
}
/// Net position of an account in a symbol, as the exchange sees it.
public struct VenuePosition: Sendable, Equatable {
    public var keyID: ID<APIKey>
    public var symbol: String
    public var side: Side
    public var quantity: Quantity
    public var entryPrice: Price
    public var leverage: Int
    public var liquidationPrice: Price
    /// The value of its fills, to the last digit, where the average entry price is rounded; nil in
    /// rows from before it was kept.
    public var cost: Money?

    public init(
        keyID: ID<APIKey>, symbol: String, side: Side, quantity: Quantity, entryPrice: Price,
        leverage: Int, liquidationPrice: Price, cost: Money? = nil
    ) {
        self.keyID = keyID
        self.symbol = symbol
        self.side = side
        self.quantity = quantity
        self.entryPrice = entryPrice
        self.leverage = leverage
        self.liquidationPrice = liquidationPrice
        self.cost = cost
    }
}
