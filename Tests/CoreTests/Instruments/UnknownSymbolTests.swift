/// Symbols of a key that its exchange does not list are said, and never traded under a like name.
import Store
import Testing

@testable import Core

@Suite struct UnknownSymbolTests {
    private static func key(
        _ symbols: [String], on venue: VenueName = .simulated, id: Int64 = 2
    ) -> APIKey {
        APIKey(
            id: ID(id), label: "other", exchange: venue.exchange, environment: venue.environment,
            instruments: symbols, createdAt: WorldBench.start)
    }

    private static func said(_ bench: WorldBench) -> [String] {
        bench.world.journal.activities.filter { $0.what == Trading.unknownSymbols }.map(\.detail)
    }

    @Test func whatIsNotListedIsSaidAndTheRestIsTraded() throws {
        let bench = try WorldBench(symbols: ["X", "Y"])
        let key = Self.key(["FOO-PERP", "X", "Z"])
        #expect(bench.world.trading.unserved(of: key) == ["FOO-PERP", "Z"])
        bench.world.trading.assign(key, to: bench.bot, by: "ann")
        #expect(bench.bot.instruments == [0])
        #expect(Self.said(bench) == ["other: not traded there: FOO-PERP, Z"])
    }

    @Test func whereAllIsListedNothingIsSaid() throws {
        let bench = try WorldBench(symbols: ["X", "Y"])
        bench.world.trading.assign(Self.key(["X", "Y"]), to: bench.bot, by: "ann")
        #expect(bench.bot.instruments == [0, 1])
        #expect(Self.said(bench).isEmpty)
        #expect(bench.world.trading.unservedWords(of: Self.key(["X"])) == nil)
    }

    /// The same name at another exchange, or in another environment, is another instrument.
    @Test(arguments: [VenueName("bybit", .paper), VenueName("simulated", .testnet)])
    func aLikeNameElsewhereIsNotTraded(_ venue: VenueName) throws {
        let bench = try WorldBench()
        bench.world.trading.assign(Self.key(["X"], on: venue), to: bench.bot, by: "ann")
        #expect(bench.bot.instruments.isEmpty && bench.bot.venue == venue)
        #expect(Self.said(bench) == ["other: not traded there: X"])
    }

    /// An account is counted in one currency: what is paid in another would be added up silently.
    @Test func whatSettlesInAnotherCurrencyIsSaidToo() throws {
        let bench = try WorldBench()
        let btc = try #require(Currency("BTC"))
        bench.world.trading.openAccount(ID(3), deposit: .units(1), in: btc)
        #expect(bench.world.trading.venue.paper.account(ID(3))?.currency == btc)
        let key = Self.key(["X"], id: 3)
        #expect(bench.world.trading.unserved(of: key) == ["X"])
        bench.world.trading.assign(key, to: bench.bot, by: "ann")
        #expect(bench.bot.instruments.isEmpty)
    }

    /// A start leaves out what the assignment has left out.
    @Test(arguments: [("BTC", []), ("USDT", [0])])
    func aBotThatComesBackTradesTheSame(_ code: String, _ instruments: [Int]) throws {
        let bench = try WorldBench()
        let currency = try #require(Currency(code))
        bench.world.trading.openAccount(ID(3), deposit: .units(1), in: currency)
        try bench.world.fleet.add(
            Bot(
                id: ID(2), label: "b-2", keyID: ID(3), templateName: "Bare",
                createdAt: WorldBench.start),
            limits: RiskLimits(), template: nil, symbols: ["X", "Z"])
        #expect(bench.world.machine(ID(2))?.instruments == instruments)
    }
}
