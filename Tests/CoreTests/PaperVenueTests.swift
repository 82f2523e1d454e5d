/// The simulated exchange, order by order: fills, limits, cancels.
import Core
import Store
import Testing

@Suite struct PaperVenueTests {
    @Test func aMarketOrderFillsWholeAtTheLastPrintWithoutABook() throws {
        var bench = VenueBench()
        bench.trade(100)
        bench.place(.buy, 2)
        #expect(bench.events.count == 2)
        let fill = try #require(bench.fills.first)
        #expect(fill.price == VenueBench.price(100) && fill.quantity == VenueBench.quantity(2))
        #expect(fill.fee == Money(raw: 10_000_000) && !fill.isMaker)
        let position = try #require(bench.venue.position(VenueBench.key, 0))
        #expect(position.side == .long && position.entryPrice == VenueBench.price(100))
        #expect(bench.account?.wallet == .units(10_000) - Money(raw: 10_000_000))
    }

    @Test func aMarketOrderWalksTheBookAndPaysTheAverageRoundedAgainstIt() throws {
        var bench = VenueBench()
        bench.trade(100, book: VenueBench.book(100))
        bench.place(.buy, 2.5)
        // 1 at 100.5, 1 at 101.5, 0.5 at 102.5: 101.3 on average, 101.5 on the tick.
        #expect(bench.fills.map(\.price) == [VenueBench.price(101.5)])
        bench.place(.sell, 2.5)
        #expect(bench.fills.map(\.price) == [VenueBench.price(98.5)])
        #expect(bench.net == 0)
    }

    @Test func beyondFiftyLevelsNothingIsOffered() {
        var bench = VenueBench(deposit: .units(1_000_000))
        bench.trade(100, book: VenueBench.book(100, depth: 0.1))
        let id = bench.place(.buy, 6)
        #expect(bench.fills.first?.quantity == VenueBench.quantity(5))
        #expect(bench.cancellation == .bookExhausted)
        #expect(bench.venue.order(id, key: VenueBench.key)?.status == .cancelled)
    }

    @Test func slippageCutsAnEntryAndCancelsTheRest() {
        var bench = VenueBench()
        bench.trade(100, book: VenueBench.book(100))
        bench.place(.buy, 3, slippage: .percent(2))
        #expect(bench.fills.first?.quantity == VenueBench.quantity(2))
        #expect(bench.cancellation == .slippage)
        bench.trade(103)
        bench.place(.buy, 1, decision: 100, slippage: .percent(2))
        #expect(bench.fills.isEmpty && bench.cancellation == .slippage)
        bench.place(.sell, 1, decision: 105, slippage: .percent(1))
        #expect(bench.fills.isEmpty && bench.cancellation == .slippage)
        bench.place(.sell, 2, reduceOnly: true, decision: 120)
        #expect(bench.fills.first?.quantity == VenueBench.quantity(2))
    }

    @Test func ordersBetweenPrintsWaitForTheNextOpen() {
        var bench = VenueBench()
        bench.place(.buy, 1)
        #expect(bench.fills.isEmpty)
        bench.trade(101)
        #expect(bench.fills.map(\.price) == [VenueBench.price(101)])
        bench.range(high: 105, low: 99, close: 104)
        bench.place(.sell, 1, reduceOnly: true)
        #expect(bench.fills.isEmpty && bench.venue.openOrders(VenueBench.key).count == 1)
        bench.trade(98)
        #expect(bench.fills.map(\.price) == [VenueBench.price(98)])
        #expect(bench.venue.openOrders(VenueBench.key).isEmpty)
    }

    @Test func aTouchedLevelFillsThereAtOnceEvenBetweenPrints() {
        var bench = VenueBench()
        bench.trade(100)
        bench.place(.buy, 1)
        bench.range(high: 105, low: 95, close: 104)
        bench.place(.sell, 1, reduceOnly: true, touch: 98)
        #expect(bench.fills.map(\.price) == [VenueBench.price(98)])
        #expect(bench.fills.first?.realised == -.units(2))
    }

    @Test func aLimitOrderRestsAndFillsAsMakerAtItsOwnPrice() {
        var bench = VenueBench()
        bench.trade(100)
        let id = bench.place(.buy, 1, limit: 99)
        #expect(bench.fills.isEmpty)
        bench.trade(99.5)
        #expect(bench.events.isEmpty)
        bench.trade(97)
        let fill = bench.fills.first
        #expect(fill?.price == VenueBench.price(99) && fill?.isMaker == true)
        #expect(fill?.fee == Money(raw: 1_980_000))
        #expect(bench.venue.order(id, key: VenueBench.key)?.status == .filled)
    }

    @Test func aCrossingLimitTakesUpToItsPriceAndRestsWithTheRemainder() {
        var bench = VenueBench()
        bench.trade(100, book: VenueBench.book(100))
        let id = bench.place(.buy, 3, limit: 101.5)
        #expect(bench.fills.first?.quantity == VenueBench.quantity(2))
        #expect(bench.fills.first?.isMaker == false)
        let rest = bench.venue.order(id, key: VenueBench.key)
        #expect(rest?.status == .open && rest?.remaining == VenueBench.quantity(1))
        bench.trade(101, book: VenueBench.book(101))
        #expect(bench.fills.first?.isMaker == true && bench.net == 3)
        // 2 at 101 and 1 at 101.5.
        let average = bench.venue.order(id, key: VenueBench.key)?.averagePrice
        #expect(average == Price(raw: 1_011_666_666_667))
    }

    @Test func limitsInsideARecordedRangeFillAtTheirPrice() {
        var bench = VenueBench()
        bench.trade(100)
        bench.place(.buy, 1, limit: 96)
        bench.place(.sell, 1, limit: 106)
        bench.range(high: 105, low: 95, close: 104)
        #expect(bench.fills.map(\.price) == [VenueBench.price(96)])
        #expect(bench.venue.openOrders(VenueBench.key).count == 1)
    }

    @Test func reduceOnlyIsClippedAndNeverFlips() {
        var bench = VenueBench()
        bench.trade(100)
        bench.place(.sell, 1)
        let id = bench.place(.buy, 5, reduceOnly: true)
        #expect(bench.fills.first?.quantity == VenueBench.quantity(1) && bench.net == 0)
        #expect(bench.venue.order(id, key: VenueBench.key)?.status == .filled)
        bench.place(.buy, 2)
        bench.place(.sell, 2, limit: 110, reduceOnly: true)
        bench.place(.sell, 1.5, reduceOnly: true)
        bench.trade(111)
        #expect(bench.fills.first?.quantity == VenueBench.quantity(0.5) && bench.net == 0)
    }

    @Test func reduceOnlyThatRestsIsCancelledWhenThePositionIsGone() {
        var bench = VenueBench()
        bench.trade(100)
        bench.place(.buy, 1)
        bench.place(.sell, 1, limit: 110, reduceOnly: true)
        bench.place(.sell, 1)
        bench.trade(111)
        #expect(bench.cancellation == .nothingToReduce && bench.net == 0)
    }

    @Test func anOppositeOrderFlipsThePosition() {
        var bench = VenueBench()
        bench.trade(100)
        bench.place(.buy, 1)
        bench.trade(110)
        bench.place(.sell, 3)
        #expect(bench.fills.first?.realised == .units(10))
        let position = bench.venue.position(VenueBench.key, 0)
        #expect(position?.side == .short && position?.quantity == VenueBench.quantity(2))
        #expect(position?.entryPrice == VenueBench.price(110))
    }

    @Test func cancelEndsAnOpenOrderAndNothingElse() {
        var bench = VenueBench()
        bench.trade(100)
        let resting = bench.place(.buy, 1, limit: 90)
        let done = bench.place(.buy, 1)
        for (id, expected) in [(resting, true), (resting, false), (done, false)] {
            bench.events = []
            bench.venue.cancel(id, key: VenueBench.key, at: bench.now, into: &bench.events)
            #expect((bench.cancellation == .requested) == expected && bench.events.count == 1)
        }
        bench.events = []
        bench.venue.cancel("none", key: VenueBench.key, at: bench.now, into: &bench.events)
        #expect(bench.rejection == .unknownOrder)
        bench.trade(89)
        #expect(bench.net == 1)
    }

    @Test func cancelAllTakesASymbolOrEverythingInOrderOfArrival() {
        var bench = VenueBench()
        bench.trade(100)
        bench.trade(100, symbol: 1)
        let first = bench.place(.buy, 1, limit: 90, symbol: 1)
        let second = bench.place(.buy, 1, limit: 90)
        let third = bench.place(.buy, 1, limit: 80)
        #expect(
            bench.venue.openOrders(VenueBench.key).map(\.clientOrderID) == [
                first, second, third,
            ])
        bench.events = []
        bench.venue.cancelAll(key: VenueBench.key, symbol: 0, at: bench.now, into: &bench.events)
        #expect(bench.events.count == 2)
        bench.venue.cancelAll(key: VenueBench.key, symbol: nil, at: bench.now, into: &bench.events)
        #expect(bench.events.count == 3)
        #expect(bench.venue.openOrders(VenueBench.key).isEmpty)
    }

    @Test func afterTheDataMarketOrdersFillAtTheLastCloseAndLimitsEnd() {
        var bench = VenueBench()
        bench.trade(100)
        bench.place(.buy, 2)
        let resting = bench.place(.sell, 1, limit: 120, reduceOnly: true)
        bench.range(high: 105, low: 95, close: 104)
        let waiting = bench.place(.sell, 1, reduceOnly: true)
        bench.events = []
        bench.venue.endOfData(symbol: 0, at: bench.now, into: &bench.events)
        #expect(bench.fills.map(\.price) == [VenueBench.price(104)])
        #expect(bench.fills.first?.clientOrderID == waiting)
        #expect(bench.venue.order(resting, key: VenueBench.key)?.status == .cancelled)
        bench.place(.sell, 1, reduceOnly: true)
        #expect(bench.fills.map(\.price) == [VenueBench.price(104)])
        bench.place(.buy, 1, limit: 90)
        #expect(bench.cancellation == .endOfData && bench.net == 0)
    }

    @Test func fillsAreNumbered() {
        var bench = VenueBench(keys: [1, 2])
        bench.trade(100)
        var numbers: [Int64] = []
        for key in [1, 1, 1, 2] as [Int64] {
            bench.events = []
            bench.place(.buy, 1, key: key)
            numbers += bench.fills.map(\.number)
        }
        #expect(numbers == [1, 2, 3, 4])
        #expect(bench.venue.nextFillNumber == 5)
    }
}
