/// Book against exchange: before anything is opened, and until a person has settled a difference.
import Store
import Testing

@testable import Core

@Suite struct ReconcileTests {
    /// Puts a position into the account of which the bot's book knows nothing.
    static func plantStray(
        _ bench: WorldBench, _ side: OrderSide = .buy, _ units: Double = 1, symbol: Int = 0
    ) {
        let world = bench.world
        let order = Order(
            id: ID(0), botID: bench.bot.id, keyID: WorldBench.key, clientOrderID: "stray",
            symbol: world.markets[symbol].instrument.symbol, side: side,
            quantity: WorldBench.quantity(units), reduceOnly: false, purpose: .entry,
            decisionPrice: WorldBench.price(100), leverage: 3, reason: "entry",
            createdAt: world.now, deadline: world.now, epoch: 1)
        world.trading.venue.place(
            order, symbol: symbol, maxSlippage: nil, at: world.now)
        var unheard: [VenueEvent] = []
        world.trading.venue.exchangeNews(&unheard)
    }

    /// **Source** <doc:SafetyRules#Reconciliation>: only then ready.
    @Test func aStartWithoutAnAnswerOpensNothingUntilThereIsOne() throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.world.trading.venue.weather = WorldBench.deaf
        bench.world.trading.reconcileAtStart()
        bench.world.trading.venue.weather = nil
        let early = bench.enter()
        #expect(bench.status(of: early) == .notSent)
        #expect(bench.bot.entryBlocker == "not reconciled")
        bench.world.trading.reconcile(bench.bot)
        bench.enter()
        #expect(bench.held.count == 1)
    }

    @Test func aResumeLooksBeforeAnythingIsOpened() throws {
        let bench = try WorldBench()
        bench.print(100)
        Self.plantStray(bench)
        bench.world.trading.reconcile(bench.bot)
        #expect(bench.paused == .reconciliation)
        bench.world.trading.resume(bench.bot, words: "go")
        #expect(bench.paused == .reconciliation)
        #expect(bench.feed.count { $0 == "drift" } == 2)
        bench.enter()
        #expect(bench.held.isEmpty)
    }

    @Test func aResumeWithoutAnAnswerOpensNothing() throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.world.trading.pause(bench.bot, cause: .person, until: nil)
        bench.world.trading.venue.weather = WorldBench.deaf
        bench.world.trading.resume(bench.bot, words: "go")
        #expect(bench.bot.entryBlocker == "not reconciled")
    }

    @Test func aDifferenceIsToldOnceHoweverOftenItIsSeen() throws {
        let bench = try WorldBench()
        bench.print(100)
        // The latch keeps its own cause of the pause.
        bench.bot.record.killLatchedAt = bench.world.now
        bench.world.trading.pause(bench.bot, cause: .killSwitch, until: nil)
        Self.plantStray(bench)
        for _ in 0..<4 { bench.world.trading.reconcile(bench.bot) }
        #expect(bench.feed.count { $0 == "drift" } == 1)
        #expect(bench.paused == .killSwitch)
    }

    /// The clock says when they agreed, as ``Bot/reconciledAt`` promises.
    @Test func theClockStandsStillWhileTheyDiffer() throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.world.trading.reconcile(bench.bot)
        let agreed = bench.bot.record.reconciledAt
        #expect(agreed == bench.world.now)
        Self.plantStray(bench)
        bench.world.advance(to: bench.world.now + .seconds(30))
        bench.world.trading.reconcile(bench.bot)
        #expect(bench.bot.record.reconciledAt == agreed)
        #expect(bench.bot.record.exchangeAckAt == bench.world.now)
    }

    /// An orphan at the exchange, in whichever symbol.
    @Test func whatIsHeldInASymbolThatTheBotDoesNotTradeIsADifferenceToo() throws {
        let bench = try WorldBench(symbols: ["X", "Y"])
        bench.print(100, symbol: 1)
        bench.bot.traded.removeAll { $0.symbol == 1 }
        Self.plantStray(bench, symbol: 1)
        bench.world.trading.reconcile(bench.bot)
        #expect(bench.paused == .reconciliation)
        let told = bench.world.journal.activities.last { $0.what == "drift" }
        #expect(told?.detail == "Y: the bot's book holds 0, the exchange 1")
    }

    /// No instance, so nobody who could ask or be answered.
    @Test func whoSleepsAsksNobodyWhenTheEngineStarts() throws {
        let office = try LifeOffice()
        let label = try #require(office.labels.first)
        try office.ask(.setSessions(bot: label, text: SessionDeskTests.own))
        try office.pass(.minutes(2))
        let before = try office.bot(label)
        try #require(before.state == .sleeping)
        try office.pass(.minutes(10))
        try office.restart()
        try office.pass(.minutes(1))
        let after = try office.bot(label)
        #expect(after.exchangeAckAt == before.exchangeAckAt)
        #expect(after.reconciledAt == before.reconciledAt)
        // It asks once it is awake, before it may trade.
        try office.pass(.minutes(46))
        #expect(try office.bot(label).state == .online)
        #expect(try office.machine(label).isReconciled)
        let asked = try #require(try office.bot(label).reconciledAt)
        #expect(asked > office.desk.world.now - .minutes(1))
    }

    /// A new instance under a bot that was not Offline yet: T11 resumes after reconciling.
    @Test func aReplacedInstanceLooksBeforeItTrades() throws {
        let office = try LifeOffice()
        let label = try #require(office.labels.first)
        let bot = try office.machine(label)
        let world = office.desk.world
        try office.pass(.minutes(1))
        world.fleet.loseInstance(bot)
        try office.ask(.restart(bot: label, reason: nil))
        #expect(bot.instance.job == .replace)
        while bot.instance.job != nil {
            let end = try #require(bot.instance.phaseEndsAt)
            world.advance(to: end - .milliseconds(1))
            if bot.instance.phase == .connecting { world.trading.venue.weather = WorldBench.deaf }
            world.advance(to: end)
        }
        #expect(bot.record.state == .online)
        #expect(bot.entryBlocker == "not reconciled")
        world.trading.venue.weather = nil
        world.advance(to: world.now + .seconds(30))
        #expect(bot.entryBlocker == nil)
    }
}
