/// Liquidation, funding, equity and restart at the simulated exchange.
import Core
import Store
import Testing

@Suite struct PaperVenueMarginTests {
    @Test func aLongIsLiquidatedAtItsPriceAndLosesItsMarginAtMost() throws {
        var bench = VenueBench()
        bench.trade(100)
        bench.place(.buy, 10, leverage: 10)
        let limit = try #require(bench.venue.position(VenueBench.key, 0)).liquidationPrice
        // 100 × 0.9 / 0.995 = 90.45, up to the tick.
        #expect(limit == VenueBench.price(90.5))
        bench.trade(91)
        #expect(bench.events.isEmpty)
        bench.trade(70)
        let fill = try #require(bench.liquidation)
        #expect(fill.price == limit && fill.side == .sell && fill.realised == -.units(95))
        #expect(fill.fee == Money(raw: 452_500_000))
        #expect(bench.net == 0)
        let lost = .units(10_000) - (bench.account?.wallet ?? .zero)
        // Margin 100, entry fee 0.5.
        #expect(lost <= .units(101) && lost > .units(99))
    }

    @Test func aShortIsLiquidatedAboveAndInsideARange() throws {
        var bench = VenueBench()
        bench.trade(100)
        bench.place(.sell, 10, leverage: 10)
        let limit = try #require(bench.venue.position(VenueBench.key, 0)).liquidationPrice
        #expect(limit == VenueBench.price(109))
        bench.range(high: 108.5, low: 90, close: 100)
        #expect(bench.events.isEmpty)
        bench.range(high: 109, low: 99, close: 100)
        #expect(bench.liquidation?.side == .buy && bench.net == 0)
    }

    /// The print lies above the liquidation price, the book that takes the close far below it.
    @Test func aThinBookTakesNoMoreThanTheMargin() throws {
        for (side, print, exit) in [(OrderSide.buy, 91.0, 90.0), (.sell, 108.5, 110)] {
            var bench = VenueBench()
            bench.trade(100)
            bench.place(side, 10, leverage: 10)
            let book = Book(
                bid: VenueBench.price(print), ask: VenueBench.price(print + 0.5),
                levelStep: VenueBench.price(1), bidDepth: VenueBench.quantity(1),
                askDepth: VenueBench.quantity(1))
            bench.trade(print, book: book)
            try #require(bench.liquidation == nil)
            bench.place(side == .buy ? .sell : .buy, 10, reduceOnly: true)
            #expect(bench.fills.last?.price == VenueBench.price(exit))
            #expect(bench.account?.realised == -.units(100) && bench.net == 0)
        }
    }

    @Test func leverageOneLongIsNeverLiquidated() {
        var bench = VenueBench()
        bench.trade(100)
        bench.place(.buy, 10, leverage: 1)
        bench.trade(0.5)
        #expect(bench.events.isEmpty && bench.net == 10)
    }

    @Test func liquidationCancelsTheOrdersOfThatSymbolAndSparesOthers() {
        var bench = VenueBench(keys: [1, 2])
        bench.trade(100)
        bench.trade(100, symbol: 1)
        bench.place(.buy, 10, leverage: 10)
        bench.place(.sell, 10, limit: 120, reduceOnly: true)
        bench.place(.buy, 1, limit: 50, symbol: 1)
        bench.place(.buy, 10, leverage: 2, key: 2)
        bench.trade(85)
        #expect(bench.cancellation == .liquidation && bench.liquidation != nil)
        #expect(bench.venue.openOrders(VenueBench.key).map(\.symbol) == [1])
        #expect(bench.venue.netQuantity(ID(2), 0) == VenueBench.quantity(10))
    }

    @Test func anEntryInsideACandleMayNotSurviveIt() {
        var bench = VenueBench()
        bench.trade(100)
        bench.place(.buy, 10, limit: 98, leverage: 20)
        bench.range(high: 101, low: 80, close: 99)
        #expect(bench.fills.count == 1 && bench.liquidation != nil && bench.net == 0)
    }

    @Test func addingMovesEntryAndLiquidationPrice() throws {
        var bench = VenueBench()
        bench.trade(100)
        bench.place(.buy, 1, leverage: 10)
        bench.trade(110)
        bench.place(.buy, 3, leverage: 10)
        let position = try #require(bench.venue.position(VenueBench.key, 0))
        #expect(position.entryPrice == VenueBench.price(107.5))
        #expect(position.liquidationPrice == VenueBench.price(97.5))
    }

    @Test func fundingIsPaidByLongsToShortsAndSumsToZero() {
        var bench = VenueBench(keys: [1, 2, 3])
        bench.trade(100)
        bench.place(.buy, 3.337, key: 1)
        bench.place(.sell, 3.337, key: 2)
        bench.trade(104.5)
        bench.events = []
        bench.venue.settleFunding(
            symbol: 0, rate: Rate(raw: 12_345), at: bench.now, into: &bench.events)
        let amounts = bench.events.compactMap { event -> Money? in
            if case .funding(let funding) = event { funding.amount } else { nil }
        }
        #expect(amounts.count == 2 && amounts[0].isPositive)
        #expect(amounts.reduce(.zero, +) == .zero)
        #expect(bench.venue.account(ID(1))?.funding == amounts[0])
        #expect(bench.venue.account(ID(2))?.funding == -amounts[0])
        #expect(bench.venue.account(ID(3))?.funding == .zero)
        bench.events = []
        bench.venue.settleFunding(
            symbol: 0, rate: -Rate(raw: 12_345), at: bench.now, into: &bench.events)
        #expect(bench.venue.account(ID(1))?.funding == .zero)
    }

    @Test func equityIsWalletPlusUnrealisedAtTheMark() {
        var bench = VenueBench()
        bench.trade(100)
        bench.trade(100, symbol: 1)
        bench.place(.buy, 10)
        bench.place(.sell, 5, symbol: 1)
        bench.trade(103)
        bench.trade(104, symbol: 1)
        let wallet = bench.account?.wallet ?? .zero
        #expect(bench.venue.unrealised(VenueBench.key) == .units(10))
        #expect(bench.venue.equity(VenueBench.key) == wallet + .units(10))
        bench.range(high: 105, low: 101, close: 102)
        #expect(bench.venue.equity(VenueBench.key) == wallet)
    }

    @Test func aRestoredVenueGoesOnAsIfNothingHappened() {
        var bench = VenueBench(keys: [1, 2])
        bench.trade(100)
        bench.place(.buy, 2, key: 1, id: "a")
        bench.place(.sell, 2, key: 2, id: "b")
        bench.place(.sell, 2, limit: 105, reduceOnly: true, key: 1, id: "c")
        bench.range(high: 102, low: 99, close: 101)
        bench.place(.buy, 1, reduceOnly: true, key: 2, id: "d")
        var copy = VenueBench(keys: [])
        let orders = [("a", 1), ("b", 2), ("c", 1), ("d", 2)].compactMap {
            bench.venue.order($0.0, key: ID(Int64($0.1)))
        }
        copy.venue.restore(
            accounts: bench.venue.allAccounts,
            positions: bench.venue.positions(ID(1)) + bench.venue.positions(ID(2)),
            orders: orders, nextFillNumber: bench.venue.nextFillNumber)
        copy.venue.resume(
            symbol: 0, mark: VenueBench.price(101), book: nil, phase: .betweenPrints)
        copy.now = bench.now
        for price in [103.0, 105.5, 90] {
            bench.trade(price)
            copy.trade(price)
            #expect(bench.events == copy.events)
        }
        copy.place(.buy, 1, key: 1, id: "a")
        guard case .known(let known)? = copy.events.first else {
            Issue.record("\(copy.events)")
            return
        }
        #expect(known.status == .filled)
        #expect(copy.venue.allAccounts == bench.venue.allAccounts)
        #expect(copy.venue.equity(ID(2)) == bench.venue.equity(ID(2)))
    }
}
