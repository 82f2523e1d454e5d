/// Paused: no entry, whatever is on its way; exits run. **Source** PRODUCT section 7.
import Store
import Testing

@testable import Core

@Suite struct WorldPauseTests {
    @Test func pausedRefusesEntries() throws {
        let bench = try WorldBench(WorldFillTests.entry + [(103, 103, 103, 103)])
        bench.world.pause(bench.bot, cause: .person, until: nil)
        bench.play(minute: 10)
        #expect(bench.held.isEmpty)
        #expect(bench.world.journal.fills.isEmpty)
        #expect(bench.bot.traded[0].last?.verdict != "entered")
    }

    @Test func pausedKeepsItsExitsRunning() throws {
        let bench = try WorldBench(WorldFillTests.entry + [(103, 103, 99, 103)])
        bench.play(minute: 2)
        bench.world.pause(bench.bot, cause: .person, until: nil)
        bench.play(minute: 10)
        #expect(bench.trades.map(\.exitReason) == ["Hard Stop Loss"])
    }

    @Test func aPauseWithdrawsTheEntryThatWaitsForTheNextOpen() throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.world.rangeTraded(
            0, WorldBench.price(100), WorldBench.price(100), WorldBench.price(100))
        let order = bench.enter()
        #expect(bench.bot.orders.count == 1)
        bench.world.pause(bench.bot, cause: .person, until: nil)
        #expect(bench.bot.orders.isEmpty)
        #expect(bench.world.journal.orders[order]?.status == .cancelled)
        bench.print(100)
        #expect(bench.held.isEmpty)
    }

    @Test func anEntryThatIsSentWhilePausedNeverReachesTheExchange() throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.world.pause(bench.bot, cause: .person, until: nil)
        let order = bench.enter()
        #expect(bench.world.journal.orders[order]?.status == .notSent)
        #expect(bench.held.isEmpty)
    }

    @Test func resumeLetsEntriesPassAgain() throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.world.pause(bench.bot, cause: .person, until: nil)
        bench.world.resume(bench.bot, words: "go")
        bench.enter()
        #expect(bench.held.count == 1)
    }

    @Test func anUnarmedBotOpensNothing() throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.bot.record.templateName = nil
        #expect(bench.bot.entryBlocker == "unarmed")
        bench.enter()
        #expect(bench.held.isEmpty)
    }

    @Test func aDriftPausesAndAPersonDecides() throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.enter()
        bench.bot.held[0].position.quantity += WorldBench.quantity(0.001)
        bench.world.reconcile(bench.bot)
        #expect(bench.paused == .reconciliation)
        #expect(bench.bot.entryBlocker == "paused")
        bench.world.resume(bench.bot, words: "seen")
        bench.world.reconcile(bench.bot)
        #expect(bench.paused == .reconciliation)
    }
}
