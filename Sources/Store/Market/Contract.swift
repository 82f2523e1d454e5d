/// The terms of a contract: the one place where quantities and prices become money, and back.

/// How the price of a contract is quoted against what it settles in.
public enum ContractType: String, Sendable, CaseIterable, Codable {
    /// Worth more at a higher price; settled in the currency that prices are quoted in, or in one
    /// that is tied to it.
    case linear
    /// A fixed amount of quote currency, settled in the base: worth less of it at a higher price.
    case inverse
}

/// What a number of contracts is worth, earns and costs, in its settlement currency. With `n`
/// contracts of multiplier `c`: linear `n·c·price`, inverse `n·c / price`.
///
/// A trivial value that positions carry along. Results beyond the range of ``Money`` stand at its
/// end; what is booked is asked for with ``exactValue(of:at:_:)`` first.
public struct Contract: Sendable, Hashable {
    /// Linear: base currency in one contract; inverse: quote currency in one.
    public let multiplier: Quantity
    public let type: ContractType
    public let isInverse: Bool
    /// Linear and of multiplier one, as most are: asked before every look at a position.
    public let isPlain: Bool

    /// A number of contracts is an amount of base currency.
    public static let plain = Contract(multiplier: .one, .linear)

    /// Products with it stay countable.
    public static let multipliers = Quantity(raw: 1)...Quantity(raw: 100_000_000_000_000_000)

    /// Nil for a multiplier outside of ``multipliers``.
    public init?(_ type: ContractType, multiplier: Quantity = .one) {
        guard Self.multipliers.contains(multiplier) else { return nil }
        self.init(multiplier: multiplier, type)
    }

    private init(multiplier: Quantity, _ type: ContractType) {
        self.multiplier = multiplier
        self.type = type
        isInverse = type == .inverse
        isPlain = type == .linear && multiplier == .one
    }
}

extension Contract: Codable {
    private enum Key: String, CodingKey { case type, multiplier }

    public init(from decoder: any Decoder) throws {
        let parts = try decoder.container(keyedBy: Key.self)
        let type = try parts.decode(ContractType.self, forKey: .type)
        let multiplier = try parts.decode(Quantity.self, forKey: .multiplier)
        guard let contract = Contract(type, multiplier: multiplier) else {
            throw DecodingError.dataCorruptedError(
                forKey: .multiplier, in: parts, debugDescription: "no multiplier of a contract")
        }
        self = contract
    }

    public func encode(to encoder: any Encoder) throws {
        var parts = encoder.container(keyedBy: Key.self)
        try parts.encode(type, forKey: .type)
        try parts.encode(multiplier, forKey: .multiplier)
    }
}

extension Quantity {
    /// One contract, or one of base currency.
    public static let one = Quantity(raw: 100_000_000)
}

// MARK: - Value and profit

extension Contract {
    /// What so many contracts are worth at a price.
    @inlinable public func value(
        of quantity: Quantity, at price: Price, _ rounding: Rounding = .nearest
    ) -> Money {
        isPlain ? quantity.value(at: price, rounding) : otherValue(quantity, price, rounding)
    }

    @usableFromInline func otherValue(
        _ quantity: Quantity, _ price: Price, _ rounding: Rounding
    ) -> Money {
        if quantity.isZero { return .zero }
        return exactValue(of: quantity, at: price, rounding)
            ?? .end(isNegative: quantity.isNegative != price.isNegative)
    }

    /// The same; nil where it cannot be counted.
    public func exactValue(
        of quantity: Quantity, at price: Price, _ rounding: Rounding = .nearest
    ) -> Money? {
        let isNegative = quantity.isNegative != price.isNegative
        let (count, size) = (quantity.raw.magnitude, UInt64(multiplier.raw))
        let raw =
            isInverse
            ? wideRatio(
                count, 100, size, over: UInt128(price.raw.magnitude), rounding,
                isNegative: isNegative)
            : wideRatio(
                count, size, price.raw.magnitude, over: 1_000_000_000_000_000_000, rounding,
                isNegative: isNegative)
        return raw.map(Money.init(raw:))
    }

    /// What a position earns that has cost so much and is worth so much now.
    @inlinable public func profit(_ side: Side, cost: Money, worth: Money) -> Money {
        let gain = worth - cost
        return (side == .long) == isInverse ? -gain : gain
    }

    /// What a position is worth that has cost so much and earned so much.
    @inlinable public func worth(_ side: Side, cost: Money, profit: Money) -> Money {
        (side == .long) == isInverse ? cost - profit : cost + profit
    }
}

// MARK: - Prices and quantities from money

extension Contract {
    /// The price at which so many contracts are worth so much; nil where it cannot be counted, as
    /// for none of them. **Requires** that neither is negative.
    public func price(
        of quantity: Quantity, worth money: Money, _ rounding: Rounding = .nearest
    ) -> Price? {
        let (count, size) = (quantity.raw.magnitude, UInt64(multiplier.raw))
        let raw =
            isInverse
            ? wideRatio(
                count, 100, size, over: UInt128(money.raw.magnitude), rounding, isNegative: false)
            : wideRatio(
                money.raw.magnitude, 1_000_000_000_000_000_000, 1,
                over: UInt128(count) * UInt128(size), rounding, isNegative: false)
        return raw.map(Price.init(raw:))
    }

    /// How many contracts so much money is worth at a price, rounded down; nil where that cannot
    /// be counted. **Requires** that neither is negative.
    public func quantity(worth money: Money, at price: Price) -> Quantity? {
        let (amount, level) = (money.raw.magnitude, price.raw.magnitude)
        let size = UInt128(multiplier.raw)
        let raw =
            isInverse
            ? wideRatio(amount, level, 1, over: size * 100, .down, isNegative: false)
            : wideRatio(
                amount, 1_000_000_000_000_000_000, 1, over: UInt128(level) * size, .down,
                isNegative: false)
        return raw.map(Quantity.init(raw:))
    }

    /// How many contracts lose so much between two prices, rounded down; nil where that cannot be
    /// counted, as between equal ones. **Requires** that nothing is negative.
    public func quantity(losing money: Money, from entry: Price, to stop: Price) -> Quantity? {
        let distance = (entry - stop).magnitude
        guard isInverse else { return quantity(worth: money, at: distance) }
        let divisor = UInt128(multiplier.raw) * UInt128(distance.raw.magnitude) * 100
        return wideRatio(
            money.raw.magnitude, entry.raw.magnitude, stop.raw.magnitude, over: divisor, .down,
            isNegative: false
        ).map(Quantity.init(raw:))
    }

    /// The entry price of two parts together: of linear ones the arithmetic mean, of inverse ones
    /// the harmonic. Exact where one of them is nothing.
    public func average(
        _ first: Price, _ firstQuantity: Quantity, _ second: Price, _ secondQuantity: Quantity
    ) -> Price {
        if firstQuantity.isZero || first == second { return second }
        if isPlain {
            let cost = firstQuantity.value(at: first) + secondQuantity.value(at: second)
            return Price(paying: cost, for: firstQuantity + secondQuantity)
        }
        let distance = second - first
        let (part, rest) = weights(first, firstQuantity, second, secondQuantity)
        let move = divideWide(
            part.multipliedFullWidth(by: UInt128(distance.raw.magnitude)), by: rest + part,
            .nearest, isNegative: distance.isNegative)
        return first + Price(raw: move ?? 0)
    }

    /// What the second price and the first weigh in an average: their contracts, of inverse ones
    /// what these were worth when they were bought.
    private func weights(
        _ first: Price, _ firstQuantity: Quantity, _ second: Price, _ secondQuantity: Quantity
    ) -> (UInt128, UInt128) {
        let counts = [secondQuantity, firstQuantity].map { UInt128($0.raw.magnitude) }
        guard isInverse else { return (counts[0], counts[1]) }
        return (
            counts[0] * UInt128(first.raw.magnitude), counts[1] * UInt128(second.raw.magnitude)
        )
    }
}

extension Money {
    fileprivate static func end(isNegative: Bool) -> Money { isNegative ? .least : .most }
}
