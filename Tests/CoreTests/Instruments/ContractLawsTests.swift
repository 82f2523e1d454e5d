/// Laws of every contract, over numbers of all sizes: what a rounded division is, and its way back.
import Core
import Store
import Testing

@Suite struct ContractLawsTests {
    /// Sizes from a speck to some thousand millions, as many small as large.
    private struct Numbers {
        var dice: Randomness

        mutating func raw(_ bits: Int) -> Int64 {
            let width = dice.integer(in: 1...bits)
            return max(1, Int64(truncatingIfNeeded: dice.next() >> UInt64(64 - width)))
        }

        mutating func contract() -> Contract {
            let type: ContractType = dice.chance(1, in: 2) ? .linear : .inverse
            return Contract(type, multiplier: Quantity(raw: raw(56))) ?? .plain
        }
    }

    private func each(_ body: (inout Numbers, Contract) -> Void) {
        for seed in UInt64(1)...20 {
            var numbers = Numbers(dice: Randomness(seed: seed))
            for _ in 0..<500 {
                let contract = numbers.contract()
                body(&numbers, contract)
            }
        }
    }

    /// The nearest `v` to `a / b` is the one with `2·|a − v·b| ≤ b`: no division tells so. All of
    /// it below 2^127.
    @Test func aValueIsTheNearestToItsRatio() {
        var (seen, isLarge) = (0, 0)
        each { numbers, contract in
            let count = numbers.raw(40)
            let price = numbers.raw(contract.isInverse ? 62 : 44)
            let size = Int128(contract.multiplier.raw >> 20 + 1)
            let multiplier = Quantity(raw: Int64(size))
            guard let small = Contract(contract.type, multiplier: multiplier) else { return }
            let (above, below): (Int128, Int128) =
                small.isInverse
                ? (Int128(count) * size * 100, Int128(price))
                : (Int128(count) * size * Int128(price), 1_000_000_000_000_000_000)
            let value = small.exactValue(of: Quantity(raw: count), at: Price(raw: price))
            guard let value else {
                isLarge += 1
                #expect(above / below >= Int128(Int64.max))
                return
            }
            seen += 1
            #expect(2 * (above - Int128(value.raw) * below).magnitude <= below.magnitude)
        }
        #expect(seen > 5000 && isLarge > 0)
    }

    /// Buying and selling at one price brings nothing, and what one side earns the other loses.
    @Test func sidesAreMirrors() {
        each { numbers, contract in
            let quantity = Quantity(raw: numbers.raw(50))
            let cost = contract.value(of: quantity, at: Price(raw: numbers.raw(62)))
            let worth = contract.value(of: quantity, at: Price(raw: numbers.raw(62)))
            let long = contract.profit(.long, cost: cost, worth: worth)
            #expect(long == -contract.profit(.short, cost: cost, worth: worth))
            #expect(contract.profit(.long, cost: cost, worth: cost) == .zero)
            for side in Side.allCases where cost < .most && worth < .most {
                let profit = contract.profit(side, cost: cost, worth: worth)
                #expect(contract.worth(side, cost: cost, profit: profit) == worth)
            }
        }
    }

    /// A long earns at a higher price whatever it holds, a short at a lower one.
    @Test func higherPricesAreForLongs() {
        each { numbers, contract in
            let quantity = Quantity(raw: numbers.raw(50))
            let entry = Price(raw: numbers.raw(60))
            let mark = Price(raw: entry.raw + numbers.raw(60))
            let (cost, worth) = (
                contract.value(of: quantity, at: entry), contract.value(of: quantity, at: mark)
            )
            #expect(!contract.profit(.long, cost: cost, worth: worth).isNegative)
            #expect(!contract.profit(.short, cost: cost, worth: worth).isPositive)
        }
    }

    /// The most contracts that money is worth: one lot more would be worth more.
    @Test func quantitiesAreTheMostThatMoneyIsWorth() {
        each { numbers, contract in
            let (money, price) = (Money(raw: numbers.raw(55)), Price(raw: numbers.raw(62)))
            guard let quantity = contract.quantity(worth: money, at: price), quantity < .most,
                let value = contract.exactValue(of: quantity, at: price, .down)
            else { return }
            #expect(value <= money)
            let more = Quantity(raw: quantity.raw + 1)
            #expect(contract.exactValue(of: more, at: price, .up) ?? .most >= money)
        }
    }

    /// A price comes back from its value as exactly as that value says it.
    @Test func pricesComeBack() {
        var seen = 0
        each { numbers, contract in
            let (quantity, price) = (Quantity(raw: numbers.raw(50)), Price(raw: numbers.raw(62)))
            guard let value = contract.exactValue(of: quantity, at: price), value.raw > 1_000_000,
                let back = contract.price(of: quantity, worth: value)
            else { return }
            seen += 1
            let step = price.raw / value.raw + 1
            #expect((back - price).magnitude.raw <= step)
        }
        #expect(seen > 1000)
    }

    /// Two parts bought apart cost what they cost together at their average.
    @Test func anAverageCostsWhatItsPartsCost() {
        each { numbers, contract in
            let first = Price(raw: numbers.raw(40) + 1_000_000)
            let second = Price(raw: numbers.raw(40) + 1_000_000)
            let parts = [Quantity(raw: numbers.raw(30)), Quantity(raw: numbers.raw(30))]
            let average = contract.average(first, parts[0], second, parts[1])
            let (one, other, both) = (
                contract.exactValue(of: parts[0], at: first),
                contract.exactValue(of: parts[1], at: second),
                contract.exactValue(of: parts[0] + parts[1], at: average)
            )
            guard let one, let other, let both, both.raw < 1 << 50 else { return }
            // Half a unit of each value, and half a step of the price: a millionth at worst here.
            let slack = Money(raw: 3 + both.raw / 1_000_000)
            #expect((both - one - other).magnitude <= slack || contract.isPlain)
        }
    }

    /// Nothing that travels or is saved makes another contract of it.
    @Test func contractsComeBackFromText() throws {
        for contract in [Contract.plain, ContractTests.hundredDollars] {
            let text = try JSON(of: contract).description
            #expect(try JSON.parse(text).decoded(Contract.self) == contract)
        }
        let wrong = #"{"type":"inverse","multiplier":"0"}"#
        #expect(throws: (any Error).self) { try JSON.parse(wrong).decoded(Contract.self) }
    }
}
