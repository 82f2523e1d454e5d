/// A contract that can be traded: its grid, its size, its fees.

/// One linear perpetual contract.
public struct Instrument: Sendable, Equatable {
    public var symbol: String
    public var tick: Price
    public var lot: Quantity
    public var minimumQuantity: Quantity
    /// Taken when an order rests before it fills.
    public var makerFee: Rate
    /// Taken when an order fills at once.
    public var takerFee: Rate
    /// **Range** 1...100.
    public var maxLeverage: Int
    /// Share of notional below which the exchange liquidates.
    public var maintenanceMargin: Rate

    public init(
        symbol: String, tick: Price, lot: Quantity, minimumQuantity: Quantity,
        makerFee: Rate = .basisPoints(2), takerFee: Rate = .basisPoints(5),
        maxLeverage: Int = 50, maintenanceMargin: Rate = Rate(raw: 500_000)
    ) {
        self.symbol = symbol
        self.tick = tick
        self.lot = lot
        self.minimumQuantity = minimumQuantity
        self.makerFee = makerFee
        self.takerFee = takerFee
        self.maxLeverage = maxLeverage
        self.maintenanceMargin = maintenanceMargin
    }

    /// Digits after the point of this instrument's prices.
    public var priceDecimals: Int { tick.decimals }
    /// Digits after the point of this instrument's quantities.
    public var quantityDecimals: Int { lot.decimals }

    /// A price as people read it: with the decimals of the tick, neither more nor fewer.
    public func text(_ price: Price) -> String { price.text(decimals: priceDecimals) }
    /// A size, with the decimals of the lot.
    public func text(_ size: Quantity) -> String { size.text(decimals: quantityDecimals) }
}
