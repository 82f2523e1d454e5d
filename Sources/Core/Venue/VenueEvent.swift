/// What the simulated exchange answers and tells.
import Store

/// Each names the account (key) and the order that it is about. In order of happening.
public enum VenueEvent: Sendable, Equatable {
    /// The order is at the exchange; fills may follow.
    case accepted(keyID: ID<APIKey>, clientOrderID: String)
    /// The order never was at the exchange.
    case rejected(keyID: ID<APIKey>, clientOrderID: String, reason: VenueRejection)
    case filled(VenueFill)
    /// The order is over before it was filled whole; `filled` of it stays done.
    case cancelled(
        keyID: ID<APIKey>, clientOrderID: String, filled: Quantity, reason: VenueCancellation)
    /// This id was used before: here is what became of it. Nothing new happened.
    indirect case known(VenueOrder)
    /// The exchange closed a position at its liquidation price; the id names no order of ours.
    case liquidated(VenueFill)
    case funding(VenueFunding)
}

extension VenueEvent {
    /// Whose account it tells of.
    var keyID: ID<APIKey> {
        switch self {
        case .accepted(let key, _), .rejected(let key, _, _), .cancelled(let key, _, _, _): key
        case .filled(let fill), .liquidated(let fill): fill.keyID
        case .known(let order): order.keyID
        case .funding(let funding): funding.keyID
        }
    }

    /// The order is over, or has filled: the exchange works on it no more as it did.
    var ended: (key: ID<APIKey>, id: String)? {
        switch self {
        case .filled(let fill): (fill.keyID, fill.clientOrderID)
        case .cancelled(let key, let id, _, _), .rejected(let key, let id, _): (key, id)
        default: nil
        }
    }
}

/// One execution.
public struct VenueFill: Sendable, Equatable {
    /// Rises by one over the whole venue.
    public var number: Int64
    public var keyID: ID<APIKey>
    public var clientOrderID: String
    /// Index of the symbol in the venue's list.
    public var symbol: Int
    public var side: OrderSide
    public var quantity: Quantity
    public var price: Price
    public var fee: Money
    public var isMaker: Bool
    /// Gross profit booked on the account's net position.
    public var realised: Money
    public var at: Instant
}

/// One funding payment of one position.
public struct VenueFunding: Sendable, Equatable {
    public var keyID: ID<APIKey>
    /// Index of the symbol in the venue's list.
    public var symbol: Int
    /// Per eight hours; longs pay a positive rate.
    public var rate: Rate
    /// Paid; negative when received.
    public var amount: Money
    public var at: Instant
}

/// Why an order was refused by the exchange: final, never to be tried again.
public enum VenueRejection: Sendable, Equatable {
    case unknownAccount
    case unknownOrder
    case quantityOffLot(lot: Quantity)
    case quantityTooSmall(minimum: Quantity)
    case notionalTooSmall(minimum: Money)
    case priceOffTick(tick: Price)
    case leverageOutOfRange(maximum: Int)
    case insufficientMargin(needed: Money, available: Money)
    case nothingToReduce

    /// What is wrong, in words.
    public var headline: String {
        switch self {
        case .unknownAccount: "the exchange knows no account of this key"
        case .unknownOrder: "the exchange knows no order of this id"
        case .quantityOffLot(let lot): "quantity is not a positive multiple of the lot \(lot)"
        case .quantityTooSmall(let minimum): "quantity is below the minimum \(minimum)"
        case .notionalTooSmall(let minimum): "the order is worth less than the minimum \(minimum)"
        case .priceOffTick(let tick): "limit price is not a positive multiple of the tick \(tick)"
        case .leverageOutOfRange(let maximum): "leverage is outside 1 to \(maximum)"
        case .insufficientMargin(let needed, let available):
            "margin \(needed.text(decimals: 2)) needed, \(available.text(decimals: 2)) available"
        case .nothingToReduce: "reduce-only, and no position to reduce"
        }
    }

    /// What to do now.
    public var remedy: String {
        switch self {
        case .unknownAccount: "Assign a key whose account is open."
        case .unknownOrder: "Read the open orders and cancel one of those."
        case .quantityOffLot, .priceOffTick: "Round to the instrument's grid."
        case .quantityTooSmall, .notionalTooSmall: "Raise the size, or leave this instrument out."
        case .leverageOutOfRange: "Lower the leverage."
        case .insufficientMargin: "Deposit, close positions, or lower the size."
        case .nothingToReduce: "Nothing: the position is flat already."
        }
    }
}

/// Why an order ended before it was filled whole.
public enum VenueCancellation: String, Sendable, Equatable {
    /// A person or a bot asked for it.
    case requested
    /// The next price lies beyond the order's maximum slippage.
    /// **Source** <doc:ProductRules#Slippage>.
    case slippage
    /// The book has no more levels.
    case bookExhausted = "book_exhausted"
    /// Reduce-only, and the position is gone.
    case nothingToReduce = "nothing_to_reduce"
    /// The position of the same symbol was liquidated.
    case liquidation
    /// The recorded market has ended.
    case endOfData = "end_of_data"
    /// At the price of its fill the free margin is not enough for it.
    case margin
    /// What the account would hold then is more than can be counted.
    case uncountable
}
