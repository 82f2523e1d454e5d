/// Moments at which two things meet in a bot's life: an empty balance and a bot on its way, an
/// order in flight and another key, a position that only the exchange knows and a night's sleep.

import Store
import Testing

@testable import Core

/// **Source** PRODUCT sections 1, 2, 8, 16.
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
        world.pause(bot, cause: .lossStreak, until: until)
        world.timeline.schedule(.cooldown(bot.id), at: until)
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

    @Test func aRestartThatFailedIsNotHealedByTheExchange() throws {
        let office = try LifeOffice([("failure_one_in = 0", "failure_one_in = 1")])
        let label = try bot(office).record.label
        try office.ask(.restart(bot: label, reason: nil))
        try office.pass(.minutes(1))
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
        world.submit(try entry(office, bot), for: bot)
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
        world.venue.place(
            order, symbol: draft.symbol, maxSlippage: nil, at: world.now,
            into: &world.venueEvents)
        world.drainVenue()
        #expect(!world.venue.positions(key).isEmpty && bot.held.isEmpty)
        try office.ask(.setSessions(bot: label, text: SessionDeskTests.own))
        try office.pass(.minutes(3))
        #expect(try office.bot(label).state == .paused, "drift is found, and it stays")
        try office.ask(.closeAll(.named([label]), confirmation: .label(label)))
        try office.pass(.minutes(3))
        #expect(world.venue.positions(key).isEmpty)
        #expect(try office.bot(label).state == .sleeping)
    }

    // MARK: - Winding down

    /// **Source** PRODUCT section 1: Winding Down runs exit rules until the release.
    @Test func exitRulesRunUntilTheInstanceIsReleased() throws {
        let bench = try WorldBench()
        bench.play(minute: 1)
        bench.enter()
        #expect(bench.held.count == 1)
        #expect(bench.world.take(.stop, bench.bot))
        bench.print(97)
        #expect(bench.held.isEmpty || bench.held[0].exitReason != nil)
        #expect(bench.bot.entryBlocker == "winding_down")
    }
}
