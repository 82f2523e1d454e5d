/// An entry is paid at the price that it fills at, not at the one that it was decided at.
import Store
import Testing

@testable import Core

@Suite struct FillMarginTests {
    private typealias Row = HourlyRow

    /// Decided at 101 or 99 with all of the equity, filled at the next open.
    private func run(
        open: Double, leverage: Int = 1, _ direction: Template.Direction = .long,
        _ sizing: Sizing = .equityShare(.percent(100)), fees: Rate = .zero, looks: Bool = true
    ) throws -> (ReplayResult, free: Money) {
        // Back at its decision's price by its close, so that nothing is decided again.
        let price: Double = direction == .long ? 101 : 99
        let row = Row(open, max(open, price), min(open, price), price)
        var replay = HourlyReplay(risingTo: price, [row, .flat(price), .flat(price)])
        replay.template = HourlyReplay.template(leverage: leverage, direction: direction)
        replay.template.sizing = sizing
        replay.fees = fees
        replay.limits.maxSlippage = .percent(5)
        let world = try replay.world()
        world.trading.venue.paper.looksAtMarginAgain = looks
        let result = world.replay()
        return (result, world.trading.venue.paper.availableMargin(ID(1)))
    }

    private func refused(_ result: ReplayResult) -> Int {
        result.blocked.first { $0.what == "margin" }?.count ?? 0
    }

    /// 99 at 105 are 10,395 of 10,000.
    @Test(arguments: [true, false]) func nobodyBindsWhatHeDoesNotHave(_ isOn: Bool) throws {
        let (result, free) = try run(open: 105, looks: isOn)
        #expect(result.open.isEmpty == isOn)
        #expect(refused(result) == (isOn ? 1 : 0))
        #expect(free.isNegative == !isOn)
    }

    @Test(arguments: [(101.0, 1), (102, 0), (95, 1)])
    func theFillsPriceDecides(_ open: Double, _ count: Int) throws {
        let (result, free) = try run(open: open)
        #expect(result.open.count == count)
        #expect(!free.isNegative)
    }

    /// A short that is sold higher than it was decided binds more, too.
    @Test(arguments: [(99.0, 1), (103, 0), (96, 1)])
    func aShortsMarginIsThatOfItsFill(_ open: Double, _ count: Int) throws {
        let (result, free) = try run(open: open, .short, .notional(.units(10_000)))
        #expect(result.open.count == count)
        #expect(!free.isNegative)
    }

    /// 4,940.59 at 105 are 10,375 at leverage 50; what is left at 101.1 pays the fee or does not.
    @Test(arguments: [(105.0, 0.0, 0), (101.1, 0, 1), (101.1, 0.00004, 0)])
    func leverageAndFeeAreCounted(_ open: Double, _ fee: Double, _ count: Int) throws {
        let (result, free) = try run(
            open: open, leverage: 50, .long, .notional(.units(499_000)),
            fees: Rate(nearest: fee))
        #expect(result.open.count == count)
        #expect(!free.isNegative)
    }

    /// Two entries that wait for one open were each alone when they were looked at.
    @Test(arguments: [true, false]) func whatWaitsTogetherIsPaidInTurn(_ isOn: Bool) {
        var bench = VenueBench()
        bench.venue.looksAtMarginAgain = isOn
        bench.trade(100)
        bench.trade(100, symbol: 1)
        bench.range(high: 100, low: 100, close: 100)
        bench.place(.buy, 60, leverage: 1)
        bench.place(.buy, 60, leverage: 1)
        bench.trade(100)
        #expect(bench.fills.count == (isOn ? 1 : 2))
        #expect(bench.cancellation == (isOn ? .margin : nil))
        #expect(bench.venue.availableMargin(VenueBench.key).isNegative == !isOn)
    }

    /// A limit order rests on margin that funding uses up meanwhile.
    @Test(arguments: [true, false]) func aRestingEntryIsPaidWhenItIsTouched(_ isOn: Bool) {
        var bench = VenueBench()
        bench.venue.looksAtMarginAgain = isOn
        bench.trade(100)
        bench.trade(100, symbol: 1)
        bench.place(.buy, 50, leverage: 1)
        bench.place(.buy, 50, limit: 98, leverage: 1, symbol: 1)
        bench.venue.settleFunding(
            symbol: 0, rate: .percent(10), at: bench.now, into: &bench.events)
        bench.trade(98, symbol: 1)
        #expect(bench.cancellation == (isOn ? .margin : nil))
        #expect(bench.venue.availableMargin(VenueBench.key).isNegative == !isOn)
    }

    /// A thin book is walked through: what it costs is known only then.
    @Test(arguments: [(9.0, 1), (9.9, 0)]) func aBookIsPaidAsItIsTaken(
        _ units: Double, _ count: Int
    ) {
        var bench = VenueBench(deposit: .units(1000))
        bench.trade(100, book: VenueBench.book(100, depth: 2))
        bench.place(.buy, units, leverage: 1)
        #expect(bench.fills.count == count)
        #expect(!bench.venue.availableMargin(VenueBench.key).isNegative)
    }

    /// An exchange that takes a tenth of what is traded; leverage 20 binds a twentieth of it.
    private static func dear(reserves: Bool) -> VenueBench {
        var bench = VenueBench(keys: [])
        var instrument = VenueBench.instrument("X-PERP")
        instrument.takerFee = .percent(10)
        instrument.makerFee = .percent(10)
        bench.venue = PaperVenue(instruments: [instrument])
        bench.venue.reservesClosingFees = reserves
        bench.venue.deposit(.units(10_000), to: VenueBench.key)
        bench.trade(100)
        return bench
    }

    /// 600 at 100 bind 3,000 and cost 6,000; 1,000 are left, and a close costs some 5,700.
    @Test(arguments: [true, false], [OrderSide.buy, .sell])
    func whatACloseCostsIsKept(_ isOn: Bool, _ side: OrderSide) {
        var bench = Self.dear(reserves: isOn)
        bench.place(side, 600, leverage: 20)
        #expect(bench.fills.isEmpty == isOn)
        #expect((bench.rejection != nil) == isOn)
        bench.trade(side == .buy ? 96 : 103.5)
        bench.place(side == .buy ? .sell : .buy, 600, reduceOnly: true)
        #expect(bench.net == 0)
        #expect(bench.account?.wallet.isNegative == !isOn)
    }

    /// However much is asked for, wherever the price goes, and in how many pieces: what was taken
    /// can be paid to its end.
    @Test(arguments: [OrderSide.buy, .sell]) func noWalletGoesBelowZero(_ side: OrderSide) {
        var taken = 0
        for quantity in stride(from: 50.0, through: 700, by: 10) {
            var bench = Self.dear(reserves: true)
            for _ in 0..<4 { bench.place(side, quantity, leverage: 20) }
            taken += bench.net == 0 ? 0 : 1
            bench.trade(side == .buy ? 96 : 103.5)
            bench.place(side == .buy ? .sell : .buy, 5000, reduceOnly: true)
            #expect(bench.net == 0)
            #expect(bench.account?.wallet.isNegative == false, "\(quantity)")
        }
        #expect(taken > 20)
    }

    /// The same in a replay: an entry whose close could not be paid is not taken.
    @Test func aReplayTakesNoEntryThatCannotBeClosed() throws {
        var replay = HourlyReplay([Row(101, 101, 99, 99), .flat(99)])
        replay.template = HourlyReplay.template(stop: "1", leverage: 50)
        replay.template.sizing = .notional(.units(80_000))
        replay.fees = .percent(10)
        let result = try replay.run()
        #expect(result.trades.isEmpty && result.open.isEmpty)
        #expect(refused(result) == 1)
        let world = try replay.world()
        world.trading.venue.paper.reservesClosingFees = false
        #expect(world.replay().trades.count == 1)
    }
}
