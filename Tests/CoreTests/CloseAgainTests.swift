/// A close that did not go through is sent again, and measured by what was decided first.
import Store
import Testing

@testable import Core

@Suite struct CloseAgainTests {
    /// Any one exit rule triggered closes the position.
    @Test func aRejectedStopIsSentAgainThoughThePriceHasComeBack() throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.enter()
        bench.world.trading.venue.weather = WorldBench.busy
        bench.print(97.9)
        #expect(bench.held.count == 1)
        bench.world.trading.venue.weather = nil
        bench.print(100)
        bench.world.advance(to: bench.world.now + .seconds(3))
        #expect(bench.held.isEmpty)
        #expect(bench.trades.map(\.exitReason) == ["Hard Stop Loss"])
    }

    /// Rejected three times in a row: somebody is told, once, what is open and why.
    @Test(arguments: [true, false]) func whatIsRejectedAgainAndAgainIsAnAlert(isOn: Bool) throws {
        let bench = try WorldBench()
        bench.world.disarmed = isOn ? [] : [.rejectedCloses]
        bench.print(100)
        bench.enter()
        bench.world.trading.venue.weather = WorldBench.busy
        bench.world.trading.closeAll([bench.bot], command: ID(5))
        func told() -> [Notice] {
            bench.world.journal.notices.filter { $0.kind == "close_rejected" }
        }
        #expect(told().isEmpty)
        bench.world.advance(to: bench.world.now + .minutes(1))
        #expect(told().count == (isOn ? 1 : 0))
        #expect(told().allSatisfy { $0.severity == .critical && $0.botID == bench.bot.id })
        let words = told().first?.message ?? "X long 10 \(Trading.tooBusy)"
        #expect(words.contains("X long 10") && words.contains(Trading.tooBusy), "\(words)")
        bench.world.trading.venue.weather = nil
        bench.print(100)
        bench.world.advance(to: bench.world.now + .minutes(1))
        #expect(bench.held.isEmpty)
    }

    /// Two parts of one close: the second is not measured against the price it has met by then.
    @Test func theSlippageOfACloseInPartsIsThatOfItsDecision() throws {
        let bench = try ThinBench()
        try bench.enter(.long, lots: 60)
        let held = try #require(bench.bot.held.first)
        // A level that the price has run through: what it prints now is another price.
        let last = try #require(bench.world.markets[0].lastPrice)
        let decision = last + last.times(.percent(1))
        bench.world.trading.close(
            held.position.id, of: bench.bot, purpose: .exit, reason: "Time Stop", touch: nil,
            decision: decision)
        bench.world.advance(to: bench.world.now + .minutes(2))
        let closes = bench.world.journal.orders.filter { $0.purpose == .exit }
        #expect(closes.count > 1)
        #expect(Set(closes.map(\.decisionPrice)) == [decision])
        let trade = try #require(bench.world.journal.trades.first)
        #expect(trade.slippageOut == -trade.exitPrice.change(from: decision))
        #expect(trade.slippageOut.isPositive)
    }

    /// Killed between two parts: what was decided is finished, though its rule holds no more.
    @Test func aCloseInPartsIsFinishedAfterAKill() throws {
        let bench = try ThinBench()
        try bench.enter(.long, lots: 120)
        let held = try #require(bench.bot.held.first)
        bench.world.trading.close(
            held.position.id, of: bench.bot, purpose: .exit, reason: "Time Stop", touch: nil,
            decision: nil)
        bench.world.advance(to: bench.world.now + .seconds(1))
        try #require(held.position.quantity < held.position.openedQuantity)
        try #require(bench.bot.isHolding && bench.bot.orders.isEmpty)
        // What was due is in no row.
        bench.world.timeline = Timeline()
        bench.world.scheduleCalendar()
        bench.world.trading.reconcileAtStart()
        bench.world.advance(to: bench.world.now + .minutes(2))
        #expect(!bench.bot.isHolding)
        #expect(bench.world.journal.trades.map(\.exitReason) == ["interrupted close"])
    }

    @Test func aWholePositionIsLeftAloneByAStart() throws {
        let bench = try ThinBench()
        try bench.enter(.long, lots: 20)
        bench.world.trading.reconcileAtStart()
        bench.world.advance(to: bench.world.now + .seconds(20))
        #expect(bench.bot.isHolding)
    }
}
