/// What the simulated exchange refuses, and what it has seen before.
import Store
import Testing

@testable import Core

@Suite struct PaperVenueRefusalTests {
    @Test func theSameIdentifierIsTheSameOrderForEver() {
        var bench = VenueBench()
        bench.trade(100)
        bench.place(.buy, 1, id: "once")
        bench.place(.buy, 1, id: "once")
        guard case .known(let known)? = bench.events.first, bench.events.count == 1 else {
            Issue.record("\(bench.events)")
            return
        }
        #expect(known.status == .filled && known.averagePrice == VenueBench.price(100))
        #expect(bench.net == 1)
        bench.place(.buy, 1, limit: 50, id: "resting")
        bench.place(.buy, 7, id: "resting")
        #expect(bench.net == 1 && bench.events.count == 1)
        bench.place(.buy, 0.0001, id: "refused")
        bench.place(.buy, 1, id: "refused")
        #expect(bench.net == 1)
    }

    @Test func identifiersOfOtherAccountsDoNotMatter() {
        var bench = VenueBench(keys: [1, 2])
        bench.trade(100)
        bench.place(.buy, 1, key: 1, id: "same")
        bench.place(.buy, 1, key: 2, id: "same")
        #expect(bench.fills.count == 1)
        #expect(bench.venue.netQuantity(ID(2), 0) == VenueBench.quantity(1))
    }

    @Test func ordersOffTheGridOrTheLimitsAreRejected() {
        var bench = VenueBench()
        bench.trade(100)
        bench.place(.buy, 1.00001)
        #expect(bench.rejection == .quantityOffLot(lot: VenueBench.quantity(0.001)))
        bench.place(.buy, 0)
        #expect(bench.rejection == .quantityOffLot(lot: VenueBench.quantity(0.001)))
        bench.place(.buy, 0.004)
        #expect(bench.rejection == .quantityTooSmall(minimum: VenueBench.quantity(0.005)))
        bench.place(.buy, 1, limit: 99.75)
        #expect(bench.rejection == .priceOffTick(tick: VenueBench.price(0.5)))
        bench.place(.buy, 1, leverage: 21)
        #expect(bench.rejection == .leverageOutOfRange(maximum: 20))
        bench.place(.buy, 1, leverage: 0)
        #expect(bench.rejection == .leverageOutOfRange(maximum: 20))
        bench.place(.buy, 1, key: 99)
        #expect(bench.rejection == .unknownAccount)
        bench.place(.sell, 1, reduceOnly: true)
        #expect(bench.rejection == .nothingToReduce)
        #expect(bench.net == 0 && bench.account?.wallet == .units(10_000))
    }

    /// What was bought under other terms may be sold under those of today.
    @Test func aCloseAsksForNoLotAndNoLeverage() {
        var bench = VenueBench()
        bench.trade(100)
        bench.place(.buy, 1.003, leverage: 20)
        #expect(bench.fills.count == 1)
        let terms = Instrument(
            symbol: "X-PERP", tick: VenueBench.price(0.5), lot: VenueBench.quantity(0.01),
            minimumQuantity: VenueBench.quantity(5), maxLeverage: 2)
        bench.venue.markets[0].instrument = terms
        bench.place(.buy, 10, leverage: 20)
        #expect(bench.rejection == .leverageOutOfRange(maximum: 2))
        bench.place(.buy, 10.001, leverage: 2)
        #expect(bench.rejection == .quantityOffLot(lot: VenueBench.quantity(0.01)))
        bench.place(.sell, 0, reduceOnly: true, leverage: 20)
        #expect(bench.rejection == .quantityOffLot(lot: VenueBench.quantity(0.01)))
        bench.trade(100, book: VenueBench.book(100))
        bench.place(.sell, 1.003, reduceOnly: true, leverage: 20)
        #expect(bench.rejection == nil && bench.net == 0)
    }

    @Test func marginBoundsWhatCanBeOpened() {
        var bench = VenueBench()
        bench.trade(100)
        bench.place(.buy, 501)
        guard case .insufficientMargin(let needed, let available)? = bench.rejection else {
            Issue.record("\(bench.events)")
            return
        }
        #expect(needed > available && available == .units(10_000))
        bench.place(.buy, 300, limit: 90)
        #expect(bench.venue.availableMargin(VenueBench.key) == .units(4_600))
        bench.place(.buy, 300)
        #expect(bench.rejection != nil)
        bench.venue.cancelAll(
            key: VenueBench.key, symbol: nil, at: bench.now, into: &bench.events)
        bench.place(.buy, 300)
        #expect(bench.rejection == nil && bench.net == 300)
        // Closing needs none.
        bench.place(.sell, 300)
        #expect(bench.rejection == nil && bench.net == 0)
    }
}
