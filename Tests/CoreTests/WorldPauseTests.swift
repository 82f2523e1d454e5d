/// Paused: no entry, whatever is on its way; exits run.
/// **Source** <doc:ProductRules#Pause-and-resume>.
import Store
import Testing

@testable import Core

@Suite struct WorldPauseTests {
    @Test func pausedRefusesEntries() throws {
        let bench = try WorldBench(WorldFillTests.entry + [(103, 103, 103, 103)])
        bench.world.trading.pause(bench.bot, cause: .person, until: nil)
        bench.play(minute: 10)
        #expect(bench.held.isEmpty)
        #expect(bench.world.journal.fills.isEmpty)
        let traded = bench.bot.traded[0]
        #expect(traded.last?.verdict.words(traded) != "entered")
    }

    @Test func pausedKeepsItsExitsRunning() throws {
        let bench = try WorldBench(WorldFillTests.entry + [(103, 103, 99, 103)])
        bench.play(minute: 2)
        bench.world.trading.pause(bench.bot, cause: .person, until: nil)
        bench.play(minute: 10)
        #expect(bench.trades.map(\.exitReason) == ["Hard Stop Loss"])
    }

    @Test func aPauseWithdrawsTheEntryThatWaitsForTheNextOpen() throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.range(0, high: 100, low: 100, close: 100)
        let order = bench.enter()
        #expect(bench.bot.orders.count == 1)
        bench.world.trading.pause(bench.bot, cause: .person, until: nil)
        #expect(bench.bot.orders.isEmpty)
        #expect(bench.status(of: order) == .cancelled)
        bench.print(100)
        #expect(bench.held.isEmpty)
    }

    /// Simulation, seed 175, step 249: its acceptance was lost on the way.
    @Test func aPauseWithdrawsAnEntryThatTheExchangeTookUnheard() throws {
        let bench = try WorldBench()
        let order = bench.enterUnheard()
        bench.world.trading.pause(bench.bot, cause: .person, until: nil)
        #expect(bench.status(of: order) == .cancelled)
        bench.print(100)
        #expect(bench.held.isEmpty)
    }

    @Test func tighterLimitsWithdrawAnEntryThatTheExchangeTookUnheard() throws {
        let bench = try WorldBench()
        let order = bench.enterUnheard()
        var limits = bench.bot.limits
        limits.maxLeverage = 1
        bench.world.trading.setLimits(bench.bot, limits, version: 2)
        #expect(bench.status(of: order) == .cancelled)
        bench.print(100)
        #expect(bench.held.isEmpty)
    }

    /// It is sent again, for no answer came: by then something stands against it.
    @Test func whatWasSentUnheardIsWithdrawnRatherThanForgotten() throws {
        let bench = try WorldBench()
        let order = bench.enterUnheard()
        bench.bot.isReconciled = false
        bench.world.trading.deliver(order)
        #expect(bench.status(of: order) == .cancelled)
        bench.print(100)
        #expect(bench.held.isEmpty)
    }

    /// Simulation, seed 74, step 237: its fill was on the way when it was sent again.
    @Test func whatTheExchangeHasTakenIsNotRejectedWhenItIsSentAgain() throws {
        let bench = try WorldBench()
        let order = bench.enterUnheard()
        bench.world.trading.venue.weather = WorldBench.busy
        bench.world.trading.deliver(order)
        #expect(bench.bot.orders.count == 1)
        bench.print(100)
        #expect(bench.held.count == 1)
    }

    @Test func anEntryThatIsSentWhilePausedNeverReachesTheExchange() throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.world.trading.pause(bench.bot, cause: .person, until: nil)
        let order = bench.enter()
        #expect(bench.status(of: order) == .notSent)
        #expect(bench.held.isEmpty)
    }

    /// Its instance is gone, and nobody has missed it yet.
    @Test func anEntryOfABotWithoutAProcessSaysWhyItWasNotSent() throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.world.fleet.loseInstance(bench.bot)
        let order = bench.enter()
        let ended = try #require(bench.world.journal.orders.first { $0.id == order })
        #expect(ended.status == .notSent)
        #expect(ended.rejectReason == "no process before it was sent")
    }

    @Test func resumeLetsEntriesPassAgain() throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.world.trading.pause(bench.bot, cause: .person, until: nil)
        bench.world.trading.resume(bench.bot, words: "go")
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

    /// Else a Time Stop would wait for as many candles more as the bot could not act on.
    @Test func aPositionAgesWhileItsBotCannotAct() throws {
        let bench = try WorldBench()
        bench.play(minute: 0)
        bench.enter()
        bench.bot.record.phase = .error
        bench.play(minute: 2)
        #expect(bench.held.map(\.candlesHeld) == [2])
        bench.bot.record.phase = .online
        bench.world.catchUp(to: WorldBench.start + .minutes(3))
        #expect(bench.held.map(\.candlesHeld) == [3])
    }

    @Test func aDriftPausesAndAPersonDecides() throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.enter()
        bench.bot.held[0].position.quantity += WorldBench.quantity(0.001)
        bench.world.trading.reconcile(bench.bot)
        #expect(bench.paused == .reconciliation)
        #expect(bench.bot.entryBlocker == "paused")
        bench.world.trading.resume(bench.bot, words: "seen")
        bench.world.trading.reconcile(bench.bot)
        #expect(bench.paused == .reconciliation)
    }
}
