/// The least that an exchange takes: an obstacle of its own, at the gate and at the exchange.
import Store
import Testing

@testable import Core

@Suite struct MinimumNotionalTests {
    private static func instrument(_ minimum: String, _ contract: Contract = .plain) throws
        -> Instrument
    {
        var instrument = WorldBench.instrument("X")
        instrument.minimumNotional = try .parse(minimum)
        instrument.contract = contract
        return instrument
    }

    private static let intent = EntryIntent(
        side: .long, symbol: 0, price: WorldBench.price(100), leverage: 3, stop: nil)

    private func denial(
        _ instrument: Instrument, equity: Money = .units(10_000)
    ) throws -> String? {
        let bench = try WorldBench()
        let market = bench.world.markets[0]
        switch RiskGate.judge(Self.intent, bench.bot, instrument, equity, market) {
        case .approved: return nil
        case .denied(let denial): return denial.limit
        }
    }

    /// Ten percent of ten thousand are worth a thousand.
    @Test(arguments: [("0", nil), ("1000", nil), ("1000.00000001", "min_notional")])
    func theGateDeniesWhatIsWorthLess(_ minimum: String, _ expected: String?) throws {
        #expect(try denial(Self.instrument(minimum)) == expected)
    }

    /// Of an inverse contract in its own currency: ten contracts of a hundred at a hundred are ten.
    @Test(arguments: [("10", nil), ("10.00000001", "min_notional")])
    func itIsAskedOfTheInstrument(_ minimum: String, _ expected: String?) throws {
        let instrument = try Self.instrument(minimum, ContractTests.hundredDollars)
        #expect(try denial(instrument, equity: .units(100)) == expected)
    }

    /// The size comes first: of nothing no value is asked.
    @Test func lessThanALotIsTheSize() throws {
        #expect(try denial(Self.instrument("1000"), equity: Money(raw: 99_000_000)) == "size")
    }

    @Test func itIsAmongAllThatStandAgainstAnEntry() throws {
        let bench = try WorldBench()
        let limits = RiskGate.denials(
            Self.intent, bench.bot, try Self.instrument("1001"), .units(10_000),
            bench.world.markets[0])
        #expect(limits.all == [.minimumNotional])
        #expect(!EntryLimit.minimumNotional.isOrdinary)
    }

    /// A position that has become worth less may still be closed.
    @Test func theExchangeRefusesWhatOpensAndTakesWhatCloses() throws {
        var bench = VenueBench(minimumNotional: .units(100))
        bench.trade(100)
        bench.place(.buy, 0.995)
        #expect(bench.rejection == .notionalTooSmall(minimum: .units(100)))
        bench.place(.buy, 2, limit: 49.5)
        #expect(bench.rejection == .notionalTooSmall(minimum: .units(100)))
        bench.place(.buy, 1)
        #expect(bench.rejection == nil && bench.net == 1)
        bench.trade(95)
        bench.place(.sell, 0.5, reduceOnly: true)
        #expect(bench.rejection == nil && bench.net == 0.5)
    }

    /// What a replay tells of entries that were too small, by that name.
    @Test func aReplayCountsItByItsName() throws {
        var template = WorldBench.follower
        template.sizing = .equityShare(.percent(1))
        let rows = (0..<5).map { step -> (Double, Double, Double, Double) in
            let price = 100.0 + Double(step) * 2
            return (price - 2, price, price - 2, price)
        }
        for (minimum, isBlocked) in [(Money.units(99), false), (.units(1000), true)] {
            let bench = try WorldBench(
                rows, template: template, minimumNotional: minimum, isReplay: true)
            bench.play(minute: 5)
            let blocked = bench.world.blockedEntries(bench.bot).map(\.what)
            #expect(blocked.contains("min_notional") == isBlocked)
            #expect((bench.held.isEmpty && bench.trades.isEmpty) == isBlocked)
        }
    }
}
