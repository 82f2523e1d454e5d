/// An order from the intent to its end.

public enum OrderKind: String, Sendable, CaseIterable, Codable { case market, limit }

/// Why an order exists.
public enum OrderPurpose: String, Sendable, CaseIterable, Codable {
    case entry
    /// An exit rule.
    case exit
    /// A risk limit.
    case limitClose = "limit_close"
    /// A person's close or close-all.
    case personClose = "person_close"
}

public enum OrderStatus: String, Sendable, CaseIterable, Codable {
    /// Committed, not yet known to the exchange.
    case intent
    /// At the exchange.
    case open
    case filled, cancelled, rejected
    /// Never reached the exchange and its deadline has passed.
    case notSent = "not_sent"
    @inlinable public var isOpen: Bool { self == .intent || self == .open }
}

/// One order of one bot. **Source** <doc:SafetyRules#Intent-before-sending>.
public struct Order: Sendable, Equatable, Identified, Codable {
    public static let idPrefix = "order"
    public var id: ID<Order>
    public var botID: ID<Bot>
    public var keyID: ID<APIKey>
    /// Pure function of generation, bot and sequence.
    public var clientOrderID: String
    public var symbol: String
    public var side: OrderSide
    public var kind: OrderKind
    public var quantity: Quantity
    public var limitPrice: Price?
    public var reduceOnly: Bool
    public var purpose: OrderPurpose
    /// The position that it closes, or that its fill opened.
    public var positionID: ID<Position>?
    public var commandID: ID<CommandRecord>?
    public var status: OrderStatus
    public var filled: Quantity
    public var averagePrice: Price?
    /// What the decision saw; slippage is measured against it.
    public var decisionPrice: Price
    /// Price level that was touched inside a recorded candle; fills there.
    public var touchPrice: Price?
    public var leverage: Int
    /// Exit rule, limit or person behind it.
    public var reason: String
    public var createdAt: Instant
    /// Fixed when the intent is committed.
    public var deadline: Instant
    public var doneAt: Instant?
    public var rejectReason: String?
    public var epoch: Int64

    @inlinable public init(
        id: ID<Order>, botID: ID<Bot>, keyID: ID<APIKey>, clientOrderID: String, symbol: String,
        side: OrderSide, kind: OrderKind = .market, quantity: Quantity, limitPrice: Price? = nil,
        reduceOnly: Bool, purpose: OrderPurpose, positionID: ID<Position>? = nil,
        commandID: ID<CommandRecord>? = nil, status: OrderStatus = .intent,
        filled: Quantity = .zero, averagePrice: Price? = nil, decisionPrice: Price,
        touchPrice: Price? = nil, leverage: Int = 1, reason: String = "", createdAt: Instant,
        deadline: Instant, doneAt: Instant? = nil, rejectReason: String? = nil, epoch: Int64 = 0
    ) {
        self.id = id
        self.botID = botID
        self.keyID = keyID
        self.clientOrderID = clientOrderID
        self.symbol = symbol
        self.side = side
        self.kind = kind
        self.quantity = quantity
        self.limitPrice = limitPrice
        self.reduceOnly = reduceOnly
        self.purpose = purpose
        self.positionID = positionID
        self.commandID = commandID
        self.status = status
        self.filled = filled
        self.averagePrice = averagePrice
        self.decisionPrice = decisionPrice
        self.touchPrice = touchPrice
        self.leverage = leverage
        self.reason = reason
        self.createdAt = createdAt
        self.deadline = deadline
        self.doneAt = doneAt
        self.rejectReason = rejectReason
        self.epoch = epoch
    }
}
/// One execution of an order.
public struct Fill: Sendable, Equatable, Identified {
    public static let idPrefix = "fill"
    public var id: ID<Fill>
    public var orderID: ID<Order>
    public var botID: ID<Bot>
    public var positionID: ID<Position>
    public var symbol: String
    public var side: OrderSide
    public var quantity: Quantity
    public var price: Price
    public var fee: Money
    public var isMaker: Bool
    /// Gross profit that this fill booked; zero for an opening fill.
    public var realised: Money
    public var at: Instant

    @inlinable public init(
        id: ID<Fill>, orderID: ID<Order>, botID: ID<Bot>, positionID: ID<Position>,
        symbol: String, side: OrderSide, quantity: Quantity, price: Price, fee: Money,
        isMaker: Bool = false, realised: Money = .zero, at: Instant
    ) {
        self.id = id
        self.orderID = orderID
        self.botID = botID
        self.positionID = positionID
        self.symbol = symbol
        self.side = side
        self.quantity = quantity
        self.price = price
        self.fee = fee
        self.isMaker = isMaker
        self.realised = realised
        self.at = at
    }
}
