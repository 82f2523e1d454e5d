/// Numbers of people, files and exchanges at the ends of what can be counted.
import Store
import TestKit
import Testing

@testable import Core

@Suite struct CountableTests {
    private static func template(_ exit: String, sizing: String = "quantity 1") -> String {
        """
        [template]
        name = Far
        timeframe = 1m
        mode = any
        direction = both
        sizing = \(sizing)
        leverage = 1
        warm_up = 1
        [signal Rate of Change]
        period = 1
        threshold = 0
        [exit Time Stop]
        candles = 1000
        \(exit)
        """
    }

    private func replay(
        _ exit: String, _ prices: [Int], sizing: String = "quantity 0.001"
    ) throws -> ReplayResult {
        let scratch = Scratch("plutarc-far")
        var text = "open_time_ms,open,high,low,close,volume\n"
        for (minute, price) in prices.enumerated() {
            text += "\(minute * 60_000),\(price),\(price),\(price),\(price),5\n"
        }
        let file = scratch.write("FAR.csv", text)
        let template = try TemplateFile.parse(
            Self.template(exit, sizing: sizing), file: "far.template")
        let world = try World.replaying(
            ReplayRequest(
                file: file, template: template, equity: .units(1_000_000_000),
                lot: Quantity(raw: 1)))
        return world.replay()
    }

    @Test(arguments: [
        "[exit Take Profit]\npercent = 1000", "[exit Hard Stop Loss]\npercent = 99",
        "[exit Trailing Stop]\narm = 0\ntrail = 99", "[exit Break-Even Stop]\narm = 1000",
        "[exit Chandelier Exit]\nperiod = 1\nmultiple = 50",
        "[exit ATR Stop]\nperiod = 1\nmultiple = 50",
    ])
    func levelsBeyondEveryPriceTrapNothing(_ exit: String) throws {
        let rising = [84, 170, 260, 370, 520, 880].map { $0 * 1_000_000 }
        for prices in [rising, [880, 800, 700, 600, 500, 464].map { $0 * 1_000_000 }] {
            let result = try replay(exit, prices)
            #expect(result.failure == nil)
            #expect(result.orders > 0, "\(exit) was never asked")
        }
    }

    /// What no price can reach is no level; what one can is where it was.
    @Test func aTargetIsThereAsLongAsAPriceCanReachIt() throws {
        let target = try Strategy(
            Template(
                name: "Far", timeframe: .oneMinute, mode: .any,
                components: [
                    ComponentSpec("Rate of Change", .signal),
                    ComponentSpec("Take Profit", .exit, ["percent": "1000"]),
                ]), tick: Price(raw: 1))
        func level(_ entry: Int64) -> Price? {
            let price = Price(raw: entry * 10_000_000_000)
            return target.levels(for: PositionTrack(side: .long, entryPrice: price)).target?.price
        }
        #expect(level(81_000_000) == Price(raw: 8_910_000_000_000_000_000))
        #expect(level(82_000_000) == nil)
        #expect(level(83_900_000) == nil)
        #expect(level(900_000_000) == nil)
    }

    @Test func aPriceAboveTheLargestIsRefusedByName() throws {
        let scratch = Scratch("plutarc-far")
        let rows = "60000,1,900000001,1,1,5\n120000,1,1,1,1,5\n"
        let file = scratch.write("F.csv", "open_time_ms,open,high,low,close,volume\n" + rows)
        let error = #expect(throws: FileError.self) { try CandleSurvey(file) }
        #expect(error?.headline.contains("900000001 is above 900000000, the largest") == true)
    }

    /// A fill that an account could not count is refused, and told as a fact about that bot. Where
    /// it is not refused, the books no longer add up.
    @Test(arguments: [true, false]) func whatCannotBeCountedIsNotBooked(isOn: Bool) throws {
        let bench = try WorldBench()
        bench.world.trading.openAccount(WorldBench.key, deposit: .units(2_000_000_000))
        bench.print(0.01)
        bench.enter(.long, 9_000_000_000, decision: 0.01)
        try #require(bench.held.count == 1)
        bench.world.trading.venue.paper.refusesUncountable = isOn
        bench.world.disarmed = isOn ? [] : [.failureStops]
        bench.world.trading.venue.paper.markets[0].mark = WorldBench.price(500)
        let position = try #require(bench.held.first)
        bench.world.trading.close(
            position.id, of: bench.bot, purpose: .exit, reason: "Take Profit", touch: nil,
            decision: nil)
        bench.print(500)
        let account = try #require(bench.world.trading.venue.paper.account(WorldBench.key))
        let isSound =
            account.deposits + account.realised - account.fees - account.funding
            == account.wallet
        #expect(isSound && account.wallet.isCountable == isOn)
        #expect((bench.bot.record.phase == .error) == isOn)
        #expect((bench.held.count == 1) == isOn, "what was refused is open yet")
        guard isOn else { return }
        let notice = try #require(bench.world.journal.notices.first { $0.kind == "error" })
        #expect(notice.message.contains("X long 9000000000"))
        #expect(bench.bot.record.errorText != nil)
    }

    /// The others trade on, and only a restart brings the bot back.
    @Test func aBotBeyondCountingStopsAlone() throws {
        let bench = try WorldBench(symbols: ["X", "Y"])
        let other = ID<APIKey>(2)
        bench.world.trading.openAccount(other, deposit: .units(10_000))
        try bench.world.fleet.add(
            Bot(
                id: ID(2), label: "trend-2", keyID: other, templateName: "Follower",
                templateVersion: 1, createdAt: WorldBench.start),
            limits: RiskLimits(), template: WorldBench.follower, symbols: ["X"])
        bench.world.trading.fail(bench.bot, "its numbers are beyond counting")
        #expect(bench.bot.record.state == .error)
        #expect(bench.world.bots[1].record.state == .online)
        #expect(bench.bot.instance.phaseFailure != nil)
        bench.world.trading.fail(bench.bot, "again")
        #expect(bench.world.journal.notices.count(where: { $0.kind == "error" }) == 1)
        bench.world.trading.reconcile(bench.bot)
        #expect(bench.bot.record.state == .error, "an exchange that answers does not heal it")
    }

    @Test func aReplayBeyondCountingEndsAndSaysSo() throws {
        let prices = [1, 2, 2, 2, 800_000_000, 1, 1]
        let exit = "[exit Take Profit]\npercent = 100"
        let result = try replay(exit, prices, sizing: "quantity 400000000")
        #expect(result.failure != nil)
        #expect(result.trades.isEmpty)
    }
}
