/// Walking a book.
import Core
import Store
import Testing

@Suite struct MarketBookTests {
    private let book = VenueBench.book(100, depth: 2)
    private let tick = VenueBench.price(0.5)
    private let lot = VenueBench.quantity(0.001)

    private func take(
        _ side: OrderSide, _ quantity: Double, worst: Double? = nil
    ) -> Book.Take? {
        book.take(
            side, VenueBench.quantity(quantity), worst: worst.map(VenueBench.price), tick: tick,
            lot: lot)
    }

    @Test func withinTheFirstLevelThePriceIsTheBest() {
        #expect(take(.buy, 2)?.price == VenueBench.price(100.5))
        #expect(take(.sell, 2)?.price == VenueBench.price(99.5))
    }

    @Test func theAverageIsRoundedAgainstTheTaker() {
        // 2 at 100.5 and 1 at 101.5: 100.83.
        #expect(take(.buy, 3)?.price == VenueBench.price(101))
        #expect(take(.sell, 3)?.price == VenueBench.price(99))
    }

    @Test func theWorstPriceCutsTheWalk() {
        #expect(take(.buy, 9, worst: 101.5)?.quantity == VenueBench.quantity(4))
        #expect(take(.buy, 9, worst: 101)?.quantity == VenueBench.quantity(2))
        #expect(take(.buy, 9, worst: 100) == nil)
        #expect(take(.sell, 9, worst: 98.5)?.quantity == VenueBench.quantity(4))
        #expect(take(.sell, 9, worst: 99.75) == nil)
    }

    @Test func fiftyLevelsAreTheEnd() {
        #expect(take(.buy, 1000)?.quantity == VenueBench.quantity(100))
        #expect(take(.sell, 1000)?.quantity == VenueBench.quantity(100))
    }

    @Test func bidsEndAboveZero() {
        let low = Book(
            bid: VenueBench.price(3), ask: VenueBench.price(3.5), levelStep: VenueBench.price(1),
            bidDepth: VenueBench.quantity(1), askDepth: VenueBench.quantity(1))
        let taken = low.take(
            .sell, VenueBench.quantity(100), worst: nil, tick: tick, lot: lot)
        #expect(taken?.quantity == VenueBench.quantity(3))
        #expect(taken?.price == VenueBench.price(2))
    }

    @Test func theClosedFormAgreesWithAWalkLevelByLevel() {
        var dice = Randomness(seed: 8)
        for _ in 0..<500 {
            let quantity = Double(dice.integer(in: 1...120_000)) / 1000
            var left = min(quantity, 100)
            var cost = 0.0
            for level in 0..<50 where left > 0 {
                let part = min(left, 2)
                cost += part * (100.5 + Double(level))
                left -= part
            }
            let average = cost / min(quantity, 100)
            guard let taken = take(.buy, quantity) else { continue }
            #expect(taken.price.double >= average - 1e-6)
            #expect(taken.price.double < average + 0.5 + 1e-6)
        }
    }

    @Test func spreadAndImbalanceAreShares() {
        #expect(book.spread == .percent(1))
        var tilted = book
        tilted.bidDepth = VenueBench.quantity(6)
        #expect(tilted.imbalance == 0.5)
    }
}
