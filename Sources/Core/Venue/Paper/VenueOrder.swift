/// An order as the simulated exchange keeps it.
import Store

/// One order at the venue, from its acceptance on; also the stored answer to a repeated id.
public struct VenueOrder: Sendable, Equatable {
    public let keyID: ID<APIKey>
    public let clientOrderID: String
    /// Index of the symbol in the venue's list.
    public let symbol: Int
    public let side: OrderSide
    public let kind: OrderKind
    /// What may fill; a reduce-only order is clipped to the position.
    public internal(set) var quantity: Quantity
    public let limitPrice: Price?
    public let reduceOnly: Bool
    public let leverage: Int
    public let decisionPrice: Price
    /// How far a fill may lie beyond the decision price; nil for closing orders.
    public let maxSlippage: Rate?
    public internal(set) var status: OrderStatus
    public internal(set) var filled: Quantity
    public internal(set) var averagePrice: Price?
    /// Why it was rejected or cancelled, in words.
    public internal(set) var reason: String?
    /// Order of arrival.
    public internal(set) var sequence: Int64

    public var remaining: Quantity { quantity - filled }

    /// The venue's view of an order record; also how orders come back after a restart.
    @inline(__always) public init(_ order: Order, symbol: Int, maxSlippage: Rate?) {
        keyID = order.keyID
        clientOrderID = order.clientOrderID
        self.symbol = symbol
        side = order.side
        kind = order.kind
        quantity = order.quantity
        limitPrice = order.limitPrice
        reduceOnly = order.reduceOnly
        leverage = order.leverage
        decisionPrice = order.decisionPrice
        self.maxSlippage = maxSlippage
        status = order.status
        filled = order.filled
        averagePrice = order.averagePrice
        reason = order.rejectReason
        sequence = 0
    }

    /// The worst price that this order accepts: its limit, or where its slippage ends, whichever is
    /// nearer. Nil: any price.
    func worstPrice(tick: Price) -> Price? {
        guard let maxSlippage else { return limitPrice }
        let room = decisionPrice.times(maxSlippage)
        let edge =
            side == .buy
            ? (decisionPrice + room).rounded(to: tick, .down)
            : (decisionPrice - room).rounded(to: tick, .up)
        guard let limitPrice else { return edge }
        return side == .buy ? min(limitPrice, edge) : max(limitPrice, edge)
    }

    /// Books a fill into the totals.
    mutating func add(_ quantity: Quantity, at price: Price, _ contract: Contract) {
        averagePrice = contract.average(averagePrice ?? price, filled, price, quantity)
        filled += quantity
        if remaining.raw <= 0 { status = .filled }
    }
}
