/// Direction of a position, and of an order.

public enum Side: String, Sendable, Codable, CaseIterable {
    case long
    case short

    @inlinable public var opposite: Side { self == .long ? .short : .long }
    /// +1 for long, −1 for short.
    @inlinable public var sign: Int64 { self == .long ? 1 : -1 }
    /// The order that opens a position on this side.
    @inlinable public var opening: OrderSide { self == .long ? .buy : .sell }
    /// The order that closes a position on this side.
    @inlinable public var closing: OrderSide { self == .long ? .sell : .buy }
}

public enum OrderSide: String, Sendable, Codable, CaseIterable {
    case buy
    case sell
    /// +1 for buy, −1 for sell.
    @inlinable public var sign: Int64 { self == .buy ? 1 : -1 }
}
