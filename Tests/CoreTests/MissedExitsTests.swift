/// Exits of candles that closed while nobody decided: asked as soon as somebody can.
import Store
import Testing

@testable import Core

@Suite struct MissedExitsTests {
    /// Closes after two candles, and by nothing else.
    private static let timed = Template(
        name: "Timed", timeframe: .oneMinute, mode: .any,
        components: [
            ComponentSpec("Rate of Change", .signal, ["period": "1", "threshold": "50"]),
            ComponentSpec("Time Stop", .exit, ["candles": "2"]),
        ])

    /// It holds a position since the first candle, which it decided on.
    private func bench(candles: Int = 6) throws -> WorldBench {
        let flat = (100.0, 100.0, 100.0, 100.0)
        let bench = try WorldBench(Array(repeating: flat, count: candles), template: Self.timed)
        bench.play(minute: 1)
        bench.enter()
        bench.play(minute: 1, seconds: 20)
        try #require(bench.held.count == 1)
        return bench
    }

    @Test(arguments: [true, false]) func whatClosedWithoutAnEngineIsAskedAtItsStart(
        isOn: Bool
    ) throws {
        let bench = try bench()
        bench.world.disarmed = isOn ? [] : [.missedExits]
        bench.world.catchUp(to: WorldBench.start + .minutes(4) + .seconds(10))
        try #require(bench.held.count == 1)
        bench.world.trading.reconcileAtStart()
        bench.play(minute: 4, seconds: 15)
        #expect(bench.held.isEmpty == isOn)
        #expect(bench.trades.map(\.exitReason) == (isOn ? ["Time Stop"] : []))
        let told = bench.world.journal.activities.filter { $0.what == "missed exit" }
        #expect(
            told.map(\.detail) == (isOn
                ? ["X: Time Stop closes on the candle that ended at 2026-03-02 00:04:00Z, which "
                    + "nobody decided then"] : []))
        // Without it the next candle decides.
        bench.play(minute: 5, seconds: 5)
        #expect(bench.held.isEmpty)
    }

    @Test(arguments: [true, false]) func whatClosedWithoutAProcessIsAskedWhenThereIsOne(
        isOn: Bool
    ) throws {
        let bench = try bench()
        bench.world.disarmed = isOn ? [] : [.missedExits]
        bench.bot.isDown = true
        bench.play(minute: 4, seconds: 10)
        try #require(bench.held.count == 1)
        bench.world.fleet.end(bench.bot, succeeded: true, "restarted")
        bench.play(minute: 4, seconds: 15)
        #expect(bench.held.isEmpty == isOn)
    }

    /// What was decided once is not decided again, and what does not close stays.
    @Test func aCandleThatWasDecidedIsNotAskedAgain() throws {
        let bench = try bench()
        bench.play(minute: 2, seconds: 10)
        try #require(bench.held.count == 1)
        bench.world.trading.reconcileAtStart()
        bench.play(minute: 2, seconds: 50)
        #expect(bench.held.count == 1)
        #expect(!bench.world.journal.activities.contains { $0.what == "missed exit" })
    }

    /// A close that is on its way is the close.
    @Test func aCloseThatIsUnderWayIsNotAskedAgain() throws {
        let bench = try bench()
        bench.world.catchUp(to: WorldBench.start + .minutes(4) + .seconds(10))
        bench.world.trading.reconcileAtStart()
        bench.play(minute: 4, seconds: 11)
        bench.world.trading.reconcileAtStart()
        bench.play(minute: 4, seconds: 30)
        #expect(bench.world.journal.orders.filter { $0.purpose == .exit }.count == 1)
        #expect(bench.trades.count == 1)
    }
}
