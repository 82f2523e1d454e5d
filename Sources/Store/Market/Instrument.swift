/// A contract that can be traded: its grid, its size, its terms, its fees.

/// One perpetual contract. What positions in it are worth is asked of its ``Contract``.
public struct Instrument: Sendable, Equatable {
    public var id: InstrumentID
    public var contract: Contract
    /// What its profits, fees and margins are paid in.
    public var settlement: Currency
    public var tick: Price
    public var lot: Quantity
    public var minimumQuantity: Quantity
    /// What an order that opens must be worth, in the currency of settlement. Zero: anything.
    public var minimumNotional: Money
    /// Taken when an order rests before it fills.
    public var makerFee: Rate
    /// Taken when an order fills at once.
    public var takerFee: Rate
    /// **Range** 1...100.
    public var maxLeverage: Int
    /// Share of notional below which the exchange liquidates.
    public var maintenanceMargin: Rate

    public init(
        id: InstrumentID, contract: Contract, settlement: Currency, tick: Price, lot: Quantity,
        minimumQuantity: Quantity, minimumNotional: Money = .zero,
        makerFee: Rate = .basisPoints(2), takerFee: Rate = .basisPoints(5),
        maxLeverage: Int = 50, maintenanceMargin: Rate = Rate(raw: 500_000)
    ) {
        self.id = id
        self.contract = contract
        self.settlement = settlement
        self.tick = tick
        self.lot = lot
        self.minimumQuantity = minimumQuantity
        self.minimumNotional = minimumNotional
        self.makerFee = makerFee
        self.takerFee = takerFee
        self.maxLeverage = maxLeverage
        self.maintenanceMargin = maintenanceMargin
    }

    /// A contract of the simulated exchange: linear, of one, settled in USDT.
    public init(
        symbol: String, tick: Price, lot: Quantity, minimumQuantity: Quantity,
        makerFee: Rate = .basisPoints(2), takerFee: Rate = .basisPoints(5),
        maxLeverage: Int = 50, maintenanceMargin: Rate = Rate(raw: 500_000)
    ) {
        self.init(
            id: InstrumentID(symbol, on: .simulated), contract: .plain, settlement: .usdt,
            tick: tick, lot: lot, minimumQuantity: minimumQuantity, makerFee: makerFee,
            takerFee: takerFee, maxLeverage: maxLeverage, maintenanceMargin: maintenanceMargin)
    }

    /// Its name at its exchange; ``id`` tells it from the same name elsewhere.
    public var symbol: String { id.symbol }

    /// Digits after the point of this instrument's prices.
    public var priceDecimals: Int { tick.decimals }
    /// Digits after the point of this instrument's quantities.
    public var quantityDecimals: Int { lot.decimals }

    /// A price as people read it: with the decimals of the tick, neither more nor fewer.
    public func text(_ price: Price) -> String { price.text(decimals: priceDecimals) }
    /// A size, with the decimals of the lot.
    public func text(_ size: Quantity) -> String { size.text(decimals: quantityDecimals) }
}
