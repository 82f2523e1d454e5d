/// Safeguards for moments that a simulation hardly meets: made by hand, with each on and off.
import Store
import Testing

@testable import Core

@Suite struct SafeguardMomentTests {
    /// The exchange has not answered since the start. **Source** <doc:SafetyRules#Reconciliation>.
    @Test(arguments: [true, false]) func reconcileFirst(isOn: Bool) throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.world.disarmed = isOn ? [] : [.reconcileFirst]
        bench.world.trading.venue.weather = WorldBench.deaf
        bench.world.trading.reconcileAtStart()
        bench.world.trading.venue.weather = nil
        bench.enter()
        #expect(bench.held.isEmpty == isOn)
    }

    /// The disk is nearly full, or the clock cannot be right.
    @Test(arguments: [true, false]) func entryStop(isOn: Bool) throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.world.disarmed = isOn ? [] : [.entryStop]
        bench.world.trading.stopEntries(.diskFull, because: "12 MB are free.")
        bench.enter()
        #expect(bench.held.isEmpty == isOn)
        #expect(bench.world.journal.notices.map(\.kind) == ["disk_full"])
        bench.world.trading.allowEntries(.diskFull)
        bench.enter()
        #expect(!bench.held.isEmpty)
    }

    /// Somebody else with the key has sold what the bot holds, and the bot has not heard of it.
    @Test(arguments: [true, false]) func reduceOnly(isOn: Bool) throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.enter()
        ReconcileTests.plantStray(bench, .sell, 10)
        try #require(bench.world.trading.venue.paper.positions(WorldBench.key).isEmpty)
        bench.world.disarmed = isOn ? [] : [.reduceOnly]
        let position = try #require(bench.held.first)
        bench.world.trading.close(
            position.id, of: bench.bot, purpose: .exit, reason: "Take Profit", touch: nil,
            decision: nil)
        #expect(bench.world.trading.venue.paper.positions(WorldBench.key).isEmpty == isOn)
    }
}
