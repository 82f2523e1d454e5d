/// A closed position, complete.

/// **Source** <doc:ProductRules#Trades>.
public struct Trade: Sendable, Equatable, Identified, Codable {
    public static let idPrefix = "trade"
    /// 0 until it is written.
    public var id: ID<Trade>
    public var botID: ID<Bot>
    public var positionID: ID<Position>
    public var symbol: String
    public var side: Side
    public var quantity: Quantity
    public var entryPrice: Price
    public var exitPrice: Price
    public var openedAt: Instant
    public var closedAt: Instant
    public var gross: Money
    public var fees: Money
    public var funding: Money
    /// gross − fees − funding.
    public var net: Money
    public var exitReason: String
    /// Best move in favour since entry, share of the entry price; never negative.
    public var mfe: Rate
    /// Worst move against since entry, share of the entry price; never negative.
    public var mae: Rate
    /// Against the decision price; positive is worse.
    public var slippageIn: Rate
    public var slippageOut: Rate
    public var entryScore: Double
    public var entrySignals: String
    public var templateName: String
    public var templateVersion: Int
    public var limitsVersion: Int
    public var leverage: Int
    /// What gross, fees, funding and net are counted in.
    public var currency: Currency

    @inlinable public init(
        id: ID<Trade> = ID(0), botID: ID<Bot>, positionID: ID<Position>, symbol: String,
        side: Side, quantity: Quantity, entryPrice: Price, exitPrice: Price, openedAt: Instant,
        closedAt: Instant, gross: Money, fees: Money, funding: Money, net: Money,
        exitReason: String, mfe: Rate, mae: Rate, slippageIn: Rate, slippageOut: Rate,
        entryScore: Double, entrySignals: String, templateName: String, templateVersion: Int,
        limitsVersion: Int, leverage: Int, currency: Currency = .usdt
    ) {
        self.id = id
        self.botID = botID
        self.positionID = positionID
        self.symbol = symbol
        self.side = side
        self.quantity = quantity
        self.entryPrice = entryPrice
        self.exitPrice = exitPrice
        self.openedAt = openedAt
        self.closedAt = closedAt
        self.gross = gross
        self.fees = fees
        self.funding = funding
        self.net = net
        self.exitReason = exitReason
        self.mfe = mfe
        self.mae = mae
        self.slippageIn = slippageIn
        self.slippageOut = slippageOut
        self.entryScore = entryScore
        self.entrySignals = entrySignals
        self.templateName = templateName
        self.templateVersion = templateVersion
        self.limitsVersion = limitsVersion
        self.leverage = leverage
        self.currency = currency
    }
}
/// Equity of one bot's account at a moment.
public struct EquityPoint: Sendable, Equatable, Codable {
    public var botID: ID<Bot>
    public var at: Instant
    public var equity: Money
    public var wallet: Money
    /// Lowest and highest equity at any price since the point before.
    public var low: Money
    public var high: Money
    /// The deepest fall from a peak in that time, a share of that peak.
    public var fall: Rate
    /// Of the account that it had then.
    public var currency: Currency

    @inlinable public init(
        botID: ID<Bot>, at: Instant, equity: Money, wallet: Money, low: Money? = nil,
        high: Money? = nil, fall: Rate = .zero, currency: Currency = .usdt
    ) {
        self.botID = botID
        self.at = at
        self.equity = equity
        self.wallet = wallet
        self.low = low ?? equity
        self.high = high ?? equity
        self.fall = fall
        self.currency = currency
    }
}
