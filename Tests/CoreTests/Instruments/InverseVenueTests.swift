/// The simulated exchange with contracts of a hundred dollars that settle in bitcoin: each figure
/// worked out by hand.
import Store
import Testing

@testable import Core

@Suite struct InverseVenueTests {
    /// Ten bitcoin; 200 contracts are 20,000 dollars, half a bitcoin at 40,000.
    private func bench(_ side: OrderSide? = nil, leverage: Int = 10) -> VenueBench {
        var bench = VenueBench(deposit: .units(10), contract: ContractTests.hundredDollars)
        bench.trade(40_000)
        if let side { bench.place(side, 200, leverage: leverage, decision: 40_000) }
        return bench
    }

    private func money(_ text: String) throws -> Money { try Money.parse(text) }

    @Test func aLongEarnsBitcoinWhenBitcoinRises() throws {
        var bench = bench(.buy)
        #expect(try bench.fills.map(\.fee) == [money("0.00025")])
        bench.trade(50_000)
        #expect(try bench.venue.unrealised(VenueBench.key) == money("0.1"))
        #expect(try bench.venue.equity(VenueBench.key) == money("10.09975"))
        bench.place(.sell, 200, reduceOnly: true)
        // A fee of 0.05 % of four tenths.
        #expect(try bench.fills.map(\.fee) == [money("0.0002")])
        #expect(try bench.account?.realised == money("0.1"))
        #expect(try bench.account?.wallet == money("10.09955"))
    }

    @Test func aShortEarnsWhenItFalls() throws {
        // Without leverage a short is never liquidated.
        var bench = bench(.sell, leverage: 1)
        bench.trade(32_000)
        // 20,000 / 32,000 = 0.625.
        #expect(try bench.venue.unrealised(VenueBench.key) == money("0.125"))
        bench.trade(50_000)
        #expect(try bench.venue.unrealised(VenueBench.key) == money("-0.1"))
    }

    @Test func partsAndFlipsAreBookedInBitcoin() throws {
        var bench = bench(.buy)
        bench.trade(50_000)
        bench.place(.sell, 50, reduceOnly: true)
        // A quarter of the tenth.
        #expect(try bench.account?.realised == money("0.025"))
        bench.place(.sell, 250, leverage: 10, decision: 50_000)
        #expect(try bench.account?.realised == money("0.1"))
        #expect(bench.net == -100)
        bench.trade(40_000)
        // 10,000 / 40,000 − 10,000 / 50,000.
        #expect(try bench.venue.unrealised(VenueBench.key) == money("0.05"))
    }

    @Test func addingMovesTheEntryToTheHarmonicMean() throws {
        var bench = bench(.buy)
        bench.trade(60_000)
        bench.place(.buy, 200, leverage: 10, decision: 60_000)
        let position = try #require(bench.venue.position(VenueBench.key, 0))
        #expect(try position.entryPrice == .parse("48000"))
        // 0.5 + 0.33333333.
        #expect(try position.cost == money("0.83333333"))
    }

    /// entry × 1.005 × 10 / 11 = 36,545.45…, up to the tick of a half.
    @Test func aLongIsLiquidatedWhereItsMarginIsUsedUp() throws {
        var bench = bench(.buy)
        let position = try #require(bench.venue.position(VenueBench.key, 0))
        #expect(try position.liquidationPrice == .parse("36545.5"))
        bench.trade(36_546)
        #expect(bench.liquidation == nil)
        bench.trade(36_000)
        let fill = try #require(bench.liquidation)
        // 0.5 − 20,000 / 36,545.5, and 0.5 % of what it is worth there.
        #expect(try fill.realised == money("-0.047263"))
        #expect(try fill.fee == money("0.00273632"))
        // The margin of a twentieth, but for the rounding to the tick.
        #expect(try bench.account?.wallet == money("9.94975068"))
    }

    /// entry × 0.995 × 10 / 9 = 44,222.2…, down to the tick.
    @Test func aShortIsLiquidatedAboveItsEntry() throws {
        var bench = bench(.sell)
        let position = try #require(bench.venue.position(VenueBench.key, 0))
        #expect(try position.liquidationPrice == .parse("44222"))
        bench.trade(44_221.5)
        #expect(bench.liquidation == nil)
        bench.trade(44_222)
        #expect(bench.liquidation != nil && bench.net == 0)
    }

    /// What it owes is covered by the bitcoin that it is margined with, at every price.
    @Test func aShortOfOneIsNeverLiquidated() throws {
        var bench = bench(.sell, leverage: 1)
        let position = try #require(bench.venue.position(VenueBench.key, 0))
        #expect(position.liquidationPrice == .most)
        bench.trade(900_000)
        #expect(bench.liquidation == nil && bench.net == -200)
        // It cannot cost more than what it was worth at first.
        #expect(try bench.venue.unrealised(VenueBench.key) > money("-0.5"))
    }

    @Test func aLongOfOneHasAPriceToo() throws {
        let bench = bench(.buy, leverage: 1)
        let position = try #require(bench.venue.position(VenueBench.key, 0))
        // 40,000 × 1.005 / 2.
        #expect(try position.liquidationPrice == .parse("20100"))
    }

    /// Longs pay 0.01 % of half a bitcoin, shorts receive it.
    @Test(arguments: [(OrderSide.buy, "0.00005"), (.sell, "-0.00005")])
    func fundingIsPaidInBitcoin(_ side: OrderSide, _ amount: String) throws {
        var bench = bench(side)
        bench.venue.settleFunding(
            symbol: 0, rate: .basisPoints(1), at: bench.now, into: &bench.events)
        #expect(try bench.account?.funding == money(amount))
    }

    /// A margin of a twentieth and the fees are bound; more than the account has is refused.
    @Test func marginIsBoundInBitcoin() throws {
        var bench = bench(.buy)
        // A close where the margin is used up is worth 0.55: its fee is 0.000275.
        #expect(try bench.venue.availableMargin(VenueBench.key) == money("9.949475"))
        bench.place(.buy, 39_700, leverage: 10, decision: 40_000, symbol: 0)
        guard case .insufficientMargin = bench.rejection else {
            Issue.record("\(bench.events)")
            return
        }
        bench.place(.buy, 39_000, leverage: 10, decision: 40_000)
        #expect(bench.rejection == nil && bench.net == 39_200)
    }

    /// A book so thin that the close would cost more than the margin: it ends where that is used
    /// up, 40,000 × 10 / 11.
    @Test func aCloseCostsNoMoreThanTheMargin() throws {
        var bench = bench(.buy)
        bench.place(.sell, 200, reduceOnly: true)
        #expect(bench.net == 0)
        let held = HeldPosition(
            symbol: 0, contract: ContractTests.hundredDollars, side: .long,
            quantity: Quantity.one * 200, entryPrice: VenueBench.price(40_000), leverage: 10,
            liquidationPrice: .zero)
        #expect(try held.bankruptcyPrice(tick: .parse("0.5")) == .parse("36364"))
        let lost = held.unrealised(at: VenueBench.price(36_364))
        #expect(try lost.magnitude <= money("0.05"))
    }

    /// The smallest order at the largest price and the largest that can be counted: told, not
    /// trapped.
    @Test func whatCannotBeCountedIsNotTraded() throws {
        var bench = VenueBench(
            deposit: .units(1_000_000_000), contract: ContractTests.hundredDollars)
        bench.trade(0.5)
        bench.place(.buy, 10_000_000_000, leverage: 20, decision: 0.5)
        #expect(bench.fills.isEmpty)
        #expect(bench.rejection != nil || bench.cancellation == .uncountable)
        bench.trade(900_000_000)
        bench.place(.buy, 1, leverage: 20, decision: 900_000_000)
        #expect(bench.fills.count == 1)
    }
}
