/// Moments at which two things meet in a bot's life: an empty balance and a bot on its way, an
/// order in flight and another key, a position that only the exchange knows and a night's sleep.

import Store
import Testing

@testable import Core

/// **Source** <doc:ProductRules#Transitions>, <doc:ProductRules#Sessions-and-sleep>.
@Suite struct LifeEdgeTests {
    private func bot(_ office: LifeOffice) throws -> BotMachine {
        try #require(office.desk.world.bots.first)
    }

    private func entry(_ office: LifeOffice, _ bot: BotMachine) throws -> OrderDraft {
        let symbol = try #require(bot.instruments.first)
        let market = office.desk.world.markets[symbol]
        return OrderDraft(
            symbol: symbol, side: .buy, quantity: market.instrument.minimumQuantity,
            reduceOnly: false, purpose: .entry, decisionPrice: try #require(market.lastPrice),
            leverage: 1, reason: "entry")
    }

    // MARK: - The balance

    /// 700 USD last until 01:00:50 of the next day; the deployment is still under way at 01:01.
    @Test func aBotThatComesOnlineAfterTheBalanceEndedIsWoundDownToo() throws {
        let office = try LifeOffice([("tokyo = 0.05", "tokyo = 27.9866")])
        let label = try bot(office).record.label
        try office.pass(.hours(25))
        try office.pass(.seconds(38))
        let request = DeployRequest(label: "late", region: "frankfurt")
        #expect(try office.ask(.deploy(request)).refusal == nil)
        try office.pass(.seconds(16))
        #expect(try office.bot(label).state == .windingDown)
        #expect(try office.bot("late").state == .deploying)
        try office.pass(.minutes(3))
        #expect(try office.bot("late").state == .stopped)
        let left = try office.balance()
        try office.pass(.minutes(10))
        #expect(try office.balance() == left)
    }

    /// Its provider gets everything wrong: the new bot stays without an instance.
    @Test func withoutABalanceNoRestartAsksForAnInstance() throws {
        let office = try LifeOffice(
            [("tokyo = 0.05", "tokyo = 100"), ("failure_one_in = 0", "failure_one_in = 1")])
        try office.ask(.deploy(DeployRequest(label: "new-1", region: "frankfurt")))
        try office.pass(.hours(8))
        #expect(try office.bot("new-1").state == .error)
        #expect(try office.ask(.restart(bot: "new-1", reason: nil)).refusal?.code == "no_balance")
        try office.ask(.topUp("500"))
        #expect(try office.ask(.restart(bot: "new-1", reason: nil)).refusal == nil)
    }

    @Test func aCoolDownDoesNotEndThePauseOfAnEmptyBalance() throws {
        let office = try LifeOffice([("tokyo = 0.05", "tokyo = 28")])
        let world = office.desk.world
        let bot = try bot(office)
        try office.pass(.hours(24) + .minutes(45))
        let until = world.now + .minutes(8)
        world.trading.pause(bot, cause: .lossStreak, until: until)
        world.trading.schedule(.cooldown(bot.id), at: until)
        try office.pass(.minutes(2))
        #expect(bot.record.pauseCause == .billing)
        try office.pass(.minutes(8))
        #expect(bot.record.isPaused)
    }

    @Test func aBotThatComesOnlineWithMinutesLeftIsPausedLikeTheOthers() throws {
        let office = try LifeOffice([("tokyo = 0.05", "tokyo = 28")])
        try office.pass(.hours(24) + .minutes(47))
        #expect(try office.bot(bot(office).record.label).pauseCause == .billing)
        try office.ask(.deploy(DeployRequest(label: "late", region: "frankfurt")))
        try office.pass(.minutes(1))
        #expect(try office.bot("late").state == .paused)
        #expect(try office.bot("late").pauseCause == .billing)
        try office.ask(.resume(.named(["late"]), reason: nil))
        try office.pass(.minutes(2))
        #expect(try !office.bot("late").isPaused, "a person's word stands")
    }

    // MARK: - Errors

    /// The old process was not stopped: nothing has happened, and the hour is not used up.
    @Test func aRestartThatStopsNothingUsesNothingUp() throws {
        let office = try LifeOffice([("failure_one_in = 0", "failure_one_in = 1")])
        let label = try bot(office).record.label
        let first = try office.ask(.restart(bot: label, reason: nil))
        try office.pass(.minutes(1))
        #expect(try office.bot(label).state == .online)
        let row = try office.command(first)
        #expect(row.outcome == .failed && row.message.contains("the old process still runs"))
        #expect(row.remedy?.contains("plutarc restart \(label)") == true)
        #expect(try office.ask(.restart(bot: label, reason: nil)).refusal == nil)
    }

    /// Its process is gone, and the hour with it: what works is named.
    @Test func aRestartThatLeavesAnErrorNamesWhatWorks() throws {
        let office = try LifeOffice()
        let label = try bot(office).record.label
        let reply = try office.ask(.restart(bot: label, reason: nil))
        try failRestart(office, label)
        #expect(try office.bot(label).state == .error)
        let remedy = try #require(try office.command(reply).remedy)
        #expect(remedy.contains("plutarc stop \(label) --close-first"))
        let refusal = try #require(try office.ask(.restart(bot: label, reason: nil)).refusal)
        #expect(refusal.code == "restart_cooldown" && refusal.remedy.contains("plutarc start"))
        try office.ask(.stop(bot: label, .close, confirmation: .label(label)))
        try office.pass(.minutes(2))
        #expect(try office.ask(.start(bot: label)).refusal == nil)
    }

    /// The new process does not come up.
    private func failRestart(_ office: LifeOffice, _ label: String) throws {
        let bot = try office.machine(label)
        for _ in 0..<60 where bot.instance.phase != .starting { try office.pass(.seconds(5)) }
        try #require(bot.instance.phase == .starting)
        bot.instance.phaseFailure = "the image did not start"
        try office.pass(.minutes(2))
    }

    /// Closed by stopping, started again: online, and the answer says who keeps it paused.
    @Test func aStartSaysThatTheBotIsPausedAndByWhom() throws {
        let office = try LifeOffice(bots: 6)
        let label = try office.holder()
        try office.ask(.stop(bot: label, .close, confirmation: .label(label)))
        try office.pass(.minutes(5))
        let start = try office.ask(.start(bot: label))
        try office.pass(.minutes(5))
        let row = try office.command(start)
        #expect(row.outcome == .done && row.message.contains("paused (close all by ada)"))
        #expect(row.message.contains("plutarc resume \(label)"))
        #expect(try office.bot(label).pausedBy == "ada")
    }

    /// Nothing to do is done, not refused, for one bot and for all.
    @Test func whatIsPausedAlreadyIsDoneAndUnchanged() throws {
        let office = try LifeOffice(bots: 2)
        try office.ask(.pause(.named([office.labels[0]]), reason: nil))
        let all = try office.ask(.pause(.all, reason: nil))
        #expect(all.refusal == nil && all.commands.map(\.outcome) == [.done, .done])
        #expect(all.commands.map(\.changed) == [false, true])
        let one = try office.ask(.pause(.named([office.labels[0]]), reason: nil))
        #expect(one.refusal == nil && one.commands.map(\.changed) == [false])
        let first = office.labels[0]
        let closed = try office.ask(.closeAll(.named([first]), confirmation: .label(first)))
        #expect(closed.commands.map(\.changed) == [false])
        try office.ask(.resume(.all, reason: nil))
        let again = try office.ask(.resume(.all, reason: nil))
        #expect(again.commands.map(\.changed) == [false, false])
    }

    @Test func aRestartThatFailedIsNotHealedByTheExchange() throws {
        let office = try LifeOffice()
        let label = try bot(office).record.label
        try office.ask(.restart(bot: label, reason: nil))
        try failRestart(office, label)
        #expect(try office.bot(label).state == .error)
        try office.pass(.minutes(2))
        #expect(try office.bot(label).state == .error)
        try office.restart()
        try office.pass(.minutes(2))
        #expect(try office.bot(label).state == .error)
        #expect(try office.bot(label).errorText != nil)
    }

    // MARK: - Orders in flight

    /// It was decided for the old key's account; nobody would book what it fills there.
    @Test func aKeyIsNotChangedUnderAnOrderInFlight() throws {
        let office = try LifeOffice()
        let world = office.desk.world
        let bot = try bot(office)
        try office.pass(.minutes(1))
        let old = try #require(bot.record.keyID)
        try office.addSpareKey("ETH-PERP")
        world.trading.submit(try entry(office, bot), for: bot)
        let reply = try office.ask(.assignKey(bot: bot.record.label, key: "spare"))
        #expect(reply.refusal?.code == "orders_under_way")
        #expect(bot.record.keyID == old)
    }

    // MARK: - Sleep

    @Test func aBotWhosePositionOnlyTheExchangeKnowsStaysAwake() throws {
        let office = try LifeOffice()
        let world = office.desk.world
        let bot = try bot(office)
        let label = bot.record.label
        try office.pass(.minutes(1))
        let key = try #require(bot.record.keyID)
        let draft = try entry(office, bot)
        let order = Order(
            id: ID(0), botID: bot.id, keyID: key, clientOrderID: "stranger",
            symbol: world.markets[draft.symbol].instrument.symbol, side: .buy,
            quantity: draft.quantity, reduceOnly: false, purpose: .entry,
            decisionPrice: draft.decisionPrice, leverage: 1, createdAt: world.now,
            deadline: world.now + .minutes(1))
        world.trading.venue.place(
            order, symbol: draft.symbol, maxSlippage: nil, at: world.now)
        world.trading.drainVenue()
        #expect(!world.trading.venue.paper.positions(key).isEmpty && bot.held.isEmpty)
        try office.ask(.setSessions(bot: label, text: SessionDeskTests.own))
        try office.pass(.minutes(3))
        #expect(try office.bot(label).state == .paused, "drift is found, and it stays")
        try office.ask(.closeAll(.named([label]), confirmation: .label(label)))
        try office.pass(.minutes(3))
        #expect(world.trading.venue.paper.positions(key).isEmpty)
        #expect(try office.bot(label).state == .sleeping)
    }

    // MARK: - Winding down

    /// Winding Down runs exit rules until the release.
    @Test func exitRulesRunUntilTheInstanceIsReleased() throws {
        let bench = try WorldBench()
        bench.play(minute: 1)
        bench.enter()
        #expect(bench.held.count == 1)
        #expect(bench.world.fleet.apply(.stop, to: bench.bot))
        bench.print(97)
        #expect(bench.held.isEmpty || bench.held[0].exitReason != nil)
        #expect(bench.bot.entryBlocker == "winding_down")
    }
}
