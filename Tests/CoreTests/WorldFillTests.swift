/// When and at which price decisions fill over recorded candles.
/// **Source** <doc:ProductRules#Recorded-candles>.
import Store
import Testing

@testable import Core

@Suite struct WorldFillTests {
    typealias Row = (Double, Double, Double, Double)
    /// The second close lies 2 % above the first: a long is decided, and fills at 102.5.
    static let entry: [Row] = [(100, 100, 100, 100), (100, 102, 100, 102), (102.5, 103, 102, 103)]

    private func played(_ rows: [Row]) throws -> WorldBench {
        let bench = try WorldBench(Self.entry + rows + [(103, 103, 103, 103)])
        bench.play(minute: 10)
        return bench
    }

    @Test func aDecisionFillsAtTheNextOpen() throws {
        let bench = try WorldBench(Self.entry)
        bench.play(minute: 1, seconds: 59)
        #expect(bench.held.isEmpty)
        bench.play(minute: 2)
        let position = try #require(bench.held.first)
        #expect(position.entryPrice == WorldBench.price(102.5))
        #expect(position.decisionPrice == WorldBench.price(102))
        #expect(position.openedAt == WorldBench.start + .minutes(2))
    }

    /// Entry 102.5: the stop lies at 100.45, the target at 106.6.
    @Test func aStopInsideACandleFillsAtItsLevel() throws {
        let trade = try #require(try played([(103, 103, 100, 103)]).trades.first)
        #expect(trade.exitReason == "Hard Stop Loss")
        #expect(trade.exitPrice == WorldBench.price(100.45))
        #expect(trade.slippageOut == .zero)
    }

    @Test func aStopOneTickBelowTheLowDoesNotAct() throws {
        #expect(try played([(103, 103, 100.46, 103)]).trades.isEmpty)
        #expect(try played([(103, 103, 100.45, 103)]).trades.count == 1)
    }

    @Test func aTargetInsideACandleFillsAtItsLevel() throws {
        let trade = try #require(try played([(103, 107, 103, 103)]).trades.first)
        #expect(trade.exitReason == "Take Profit")
        #expect(trade.exitPrice == WorldBench.price(106.6))
    }

    @Test func theStopComesBeforeTheTargetInsideOneCandle() throws {
        let trade = try #require(try played([(103, 110, 90, 103)]).trades.first)
        #expect(trade.exitReason == "Hard Stop Loss")
        #expect(trade.exitPrice == WorldBench.price(100.45))
    }

    @Test func aGapThroughTheStopFillsAtTheOpen() throws {
        let trade = try #require(try played([(99, 99, 98, 98.5)]).trades.first)
        #expect(trade.exitReason == "Hard Stop Loss")
        #expect(trade.exitPrice == WorldBench.price(99))
        #expect(trade.slippageOut.isPositive)
    }

    @Test func aGapThroughTheTargetFillsAtTheOpen() throws {
        let trade = try #require(try played([(108, 109, 107, 108)]).trades.first)
        #expect(trade.exitReason == "Take Profit")
        #expect(trade.exitPrice == WorldBench.price(108))
    }

    @Test func shortsMirrorLongs() throws {
        let falls: [Row] = [(100, 100, 100, 100), (100, 100, 98, 98), (98, 98, 98, 98)]
        let bench = try WorldBench(falls + [(98, 100, 90, 98), (98, 98, 98, 98)])
        bench.play(minute: 10)
        let trade = try #require(bench.trades.first)
        #expect(trade.side == .short)
        #expect(trade.exitReason == "Hard Stop Loss")
        #expect(trade.exitPrice == WorldBench.price(99.96))
    }

    @Test func aPersonsCloseBetweenPrintsFillsAtTheNextOpen() throws {
        let bench = try WorldBench(Self.entry + [(104, 104, 103, 103.5)])
        bench.play(minute: 2, seconds: 59)
        // At the close of the third candle, before the fourth one opens.
        let position = try #require(bench.held.first)
        bench.world.trading.closePosition(position.id, of: bench.bot, command: ID(7))
        #expect(bench.trades.first?.exitPrice == WorldBench.price(102.5))

        let later = try WorldBench(Self.entry + [(104, 104, 103, 103.5)])
        later.play(minute: 2)
        later.range(0, high: 103, low: 102, close: 103)
        later.world.trading.closePosition(
            try #require(later.held.first).id, of: later.bot, command: ID(7))
        #expect(later.trades.isEmpty)
        later.print(104)
        #expect(later.trades.first?.exitPrice == WorldBench.price(104))
        #expect(later.trades.first?.exitReason == "close")
    }

    @Test func aWaitingEntryBeyondItsSlippageIsCancelled() throws {
        // Decided at 102; half a percent more is 102.51.
        for (open, fills) in [(102.51, true), (102.52, false)] {
            let bench = try WorldBench(
                [(100, 100, 100, 100), (100, 102, 100, 102), (open, 103, 102, 103)])
            bench.play(minute: 2)
            #expect(bench.held.isEmpty != fills, "\(open)")
        }
    }

    @Test func anEntryThatTheLastCloseDecidesNeverFills() throws {
        let bench = try WorldBench(Array(Self.entry.prefix(2)))
        bench.play(minute: 10)
        #expect(bench.world.isOver)
        #expect(bench.world.journal.orders.map(\.status) == [.cancelled])
        #expect(bench.held.isEmpty)
        #expect(bench.world.trading.equity(bench.bot) == .units(10_000))
    }

    @Test func theLastBarLeavesThePositionOpen() throws {
        let bench = try WorldBench(Self.entry)
        bench.play(minute: 10)
        #expect(bench.world.isOver)
        #expect(bench.held.count == 1)
        bench.world.trading.closeAll([bench.bot], command: ID(3))
        #expect(bench.trades.first?.exitPrice == WorldBench.price(103))
    }
}
