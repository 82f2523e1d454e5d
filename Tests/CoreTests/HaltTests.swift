/// Closes that finish: pause first, then flat, and flat only when the exchange says so.
import Store
import Testing

@testable import Core

@Suite struct HaltTests {
    private func opened() throws -> WorldBench {
        let bench = try WorldBench(symbols: ["X", "Y"])
        bench.play(minute: 0)
        for symbol in 0...1 {
            bench.print(100, symbol: symbol)
            bench.enter(symbol: symbol)
        }
        #expect(bench.held.count == 2)
        return bench
    }

    @Test func closeAllPausesBeforeItCloses() throws {
        let bench = try opened()
        let before = bench.feed.count
        bench.world.trading.closeAll([bench.bot], command: ID(5), by: "ana")
        #expect(bench.feed.dropFirst(before).prefix(3) == ["pause", "filled", "filled"])
        #expect(bench.paused == .closeAll)
        #expect(bench.held.isEmpty)
        #expect(bench.trades.map(\.exitReason) == ["close_all", "close_all"])
    }

    @Test func closeAllEndsOnceTheExchangeIsFlat() throws {
        let bench = try opened()
        for symbol in 0...1 {
            bench.range(symbol, high: 101, low: 99, close: 100)
        }
        bench.world.trading.closeAll([bench.bot], command: ID(5))
        bench.play(minute: 0, seconds: 30)
        #expect(bench.world.trading.finishedHalts.isEmpty)
        #expect(bench.held.count == 2)
        bench.print(100, symbol: 0)
        #expect(!bench.world.trading.isFlat(bench.world.trading.halts[0]))
        bench.print(100, symbol: 1)
        #expect(bench.world.trading.isFlat(bench.world.trading.halts[0]))
        // Polls have grown half a minute apart by now at the most.
        bench.play(minute: 0, seconds: 59)
        #expect(bench.world.trading.finishedHalts.map(\.command) == [ID(5)])
        #expect(bench.world.trading.finishedHalts.map(\.isFlat) == [true])
        #expect(bench.world.trading.halts.isEmpty)
    }

    @Test func closeAllWithdrawsWaitingEntries() throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.range(0, high: 100, low: 100, close: 100)
        bench.enter()
        bench.world.trading.closeAll([bench.bot], command: ID(5))
        bench.print(100)
        #expect(bench.held.isEmpty)
        #expect(bench.world.journal.fills.isEmpty)
    }

    @Test func closeAllTakesAnEntryAlongThatFilledJustBefore() throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.enter()
        bench.world.trading.closeAll([bench.bot], command: ID(5))
        #expect(bench.world.trading.venue.paper.positions(WorldBench.key).isEmpty)
        #expect(bench.trades.count == 1)
    }

    @Test func closeOneLeavesTheOthersAndDoesNotPause() throws {
        let bench = try opened()
        let first = bench.held[0].id
        bench.world.trading.closePosition(first, of: bench.bot, command: ID(9))
        #expect(bench.held.count == 1)
        #expect(bench.paused == nil)
        bench.play(minute: 0, seconds: 1)
        #expect(bench.world.trading.finishedHalts.map(\.command) == [ID(9)])
    }

    @Test func aSecondCloseOfThePositionSendsNoSecondOrder() throws {
        let bench = try opened()
        for symbol in 0...1 {
            bench.range(symbol, high: 101, low: 99, close: 100)
        }
        bench.world.trading.closeAll([bench.bot], command: ID(5))
        bench.world.trading.closePosition(bench.held[0].id, of: bench.bot, command: ID(6))
        #expect(bench.bot.orders.count == 2)
    }

    /// A book of fifty lots takes part of it; the halt sends the rest until nothing is left.
    @Test func aThinBookIsAskedAgainUntilNothingIsLeft() throws {
        let bench = try ThinBench()
        try bench.enter(.long, lots: 120)
        bench.world.trading.closeAll([bench.bot], command: ID(5))
        bench.world.advance(to: bench.world.now + .minutes(30))
        #expect(bench.bot.held.isEmpty)
        #expect(bench.world.trading.finishedHalts.map(\.command) == [ID(5)])
        let closes = bench.world.journal.orders.filter { $0.purpose == .personClose }
        #expect(closes.count > 1)
        #expect(closes.allSatisfy { $0.commandID == ID(5) })
    }

    @Test func aCloseForALimitIsSentAgainToo() throws {
        let bench = try ThinBench()
        try bench.enter(.long, lots: 120)
        let position = try #require(bench.bot.positions.first)
        bench.world.trading.close(
            position.id, of: bench.bot, purpose: .exit, reason: "Signal Flip Exit", touch: nil,
            decision: nil)
        bench.world.advance(to: bench.world.now + .minutes(30))
        #expect(bench.bot.held.isEmpty)
        #expect(bench.world.journal.trades.map(\.exitReason) == ["Signal Flip Exit"])
    }
}
