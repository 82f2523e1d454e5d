/// What contracts are worth: worked out by hand, and held against what a division means.
import Core
import Store
import Testing

@Suite struct ContractTests {
    /// A hundred dollars of bitcoin, as COIN-margined futures are.
    static let hundredDollars = inverse(100)

    static func inverse(_ units: Int64) -> Contract {
        Contract(.inverse, multiplier: Quantity.one * units) ?? .plain
    }

    static func linear(_ text: String) throws -> Contract {
        try #require(Contract(.linear, multiplier: Quantity.parse(text)))
    }

    private func value(_ contract: Contract, _ count: String, at price: String) throws -> String {
        try contract.value(of: .parse(count), at: .parse(price)).description
    }

    // MARK: By hand

    @Test func valuesByHand() throws {
        #expect(try value(.plain, "0.5", at: "40000") == "20000")
        // 3 × 100 dollars at 40,000 dollars a bitcoin.
        #expect(try value(Self.hundredDollars, "3", at: "40000") == "0.0075")
        #expect(try value(Self.inverse(1), "1", at: "30000") == "0.00003333")
        // A thousandth of a bitcoin each.
        #expect(try value(Self.linear("0.001"), "7", at: "50000") == "350")
        // Settled in bitcoin, a millionth of it for each dollar: 1,000 × 0.000001 × 3,000.
        #expect(try value(Self.linear("0.000001"), "1000", at: "3000") == "3")
        // Ten million of something worth a 10,000,000th.
        #expect(try value(Self.linear("10000000"), "3", at: "0.0000001") == "3")
    }

    /// 100 × 100 dollars: a quarter of a bitcoin at 40,000 and a fifth at 50,000.
    @Test func profitsByHand() throws {
        let contract = Self.hundredDollars
        let (cost, worth) = (try Money.parse("0.25"), try Money.parse("0.2"))
        #expect(contract.profit(.long, cost: cost, worth: worth) == (try .parse("0.05")))
        #expect(contract.profit(.short, cost: cost, worth: worth) == (try .parse("-0.05")))
        #expect(Contract.plain.profit(.long, cost: cost, worth: worth) == (try .parse("-0.05")))
        #expect(Contract.plain.profit(.short, cost: cost, worth: worth) == (try .parse("0.05")))
    }

    @Test func averagesByHand() throws {
        let (first, second): (Price, Price) = (try .parse("40000"), try .parse("60000"))
        // 2 / (1/40,000 + 1/60,000).
        #expect(Self.hundredDollars.average(first, .one, second, .one) == (try .parse("48000")))
        // 4 / (3/40,000 + 1/60,000).
        #expect(
            Self.hundredDollars.average(first, Quantity.one * 3, second, .one)
                == (try .parse("43636.3636363636")))
        #expect(Contract.plain.average(first, .one, second, .one) == (try .parse("50000")))
        let thousandth = try Self.linear("0.001")
        let average = thousandth.average(first, .one, second, Quantity.one * 3)
        #expect(average == (try .parse("55000")))
        #expect(Self.hundredDollars.average(first, .zero, second, .one) == second)
    }

    /// A hundredth of a bitcoin is 4 contracts at 40,000, and what 76 lose down to 38,000.
    @Test func quantitiesByHand() throws {
        let contract = Self.hundredDollars
        let (money, price): (Money, Price) = (try .parse("0.01"), try .parse("40000"))
        #expect(contract.quantity(worth: money, at: price) == Quantity.one * 4)
        let losing = contract.quantity(losing: money, from: price, to: try .parse("38000"))
        #expect(losing == Quantity.one * 76)
        #expect(contract.quantity(losing: money, from: price, to: price) == nil)
        #expect(contract.price(of: Quantity.one * 4, worth: money) == price)
        #expect(contract.price(of: .one, worth: .zero) == nil)
        let (entry, stop): (Price, Price) = (try .parse("100"), try .parse("95"))
        let plain = Contract.plain.quantity(losing: .units(10), from: entry, to: stop)
        #expect(plain == Quantity.one * 2)
    }

    // MARK: At the ends

    @Test func multipliersHaveBounds() {
        let ends = Contract.multipliers
        #expect(Contract(.inverse, multiplier: ends.lowerBound) != nil)
        #expect(Contract(.inverse, multiplier: ends.upperBound) != nil)
        #expect(Contract(.linear, multiplier: .zero) == nil)
        #expect(Contract(.linear, multiplier: -Quantity.one) == nil)
        #expect(Contract(.linear, multiplier: Quantity(raw: ends.upperBound.raw + 1)) == nil)
    }

    @Test func whatCannotBeCountedIsToldAndStandsAtTheEnd() {
        let contract = Self.hundredDollars
        #expect(contract.exactValue(of: .most, at: Price(raw: 1)) == nil)
        #expect(contract.value(of: .most, at: Price(raw: 1)) == .most)
        #expect(contract.value(of: -Quantity.most, at: Price(raw: 1)) == .least)
        #expect(contract.value(of: .one, at: .zero) == .most)
        #expect(contract.value(of: .zero, at: .zero) == .zero)
        #expect(contract.exactValue(of: .one, at: .most) == .zero + Money(raw: 11))
    }

    /// Each of these would trap if anything in it did.
    @Test func noCornerTraps() {
        let sizes = [0, 1, 99_999_999, 100_000_000, Int64.max / 2, .max].map(Quantity.init(raw:))
        let prices = [0, 1, 10_000_000_000, Int64.max / 2, .max].map(Price.init(raw:))
        let multipliers = [Contract.multipliers.lowerBound, .one, Contract.multipliers.upperBound]
        for type in ContractType.allCases {
            for contract in multipliers.compactMap({ Contract(type, multiplier: $0) }) {
                for size in sizes {
                    for price in prices { look(contract, size, price, prices, sizes) }
                }
            }
        }
    }

    private func look(
        _ contract: Contract, _ size: Quantity, _ price: Price, _ prices: [Price],
        _ sizes: [Quantity]
    ) {
        let value = contract.value(of: size, at: price)
        #expect(!value.isNegative)
        #expect(contract.value(of: -size, at: price) == -value)
        _ = contract.price(of: size, worth: value)
        _ = contract.quantity(worth: value, at: price)
        for other in prices {
            _ = contract.quantity(losing: value, from: price, to: other)
            for more in sizes {
                let average = contract.average(price, size, other, more)
                let isBetween = average >= min(price, other) && average <= max(price, other)
                #expect(isBetween || contract.isPlain)
            }
        }
    }
}
