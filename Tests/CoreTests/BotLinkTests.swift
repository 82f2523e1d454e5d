/// The link between backend and bot: configuration at once, or when the link is back.

import Store
import Testing

@testable import Core

@Suite struct BotLinkTests {
    private func office(_ bots: Int = 1) throws -> (LifeOffice, String) {
        let office = try LifeOffice(bots: bots)
        return (office, try #require(office.labels.first))
    }

    @Test func aChangeIsInForceWithinMilliseconds() throws {
        let (office, label) = try office()
        try office.ask(.pause(.named([label]), reason: nil))
        let link = try office.link(label)
        #expect(link.wanted == 2)
        #expect(link.running == 2)
        let changed = try #require(link.changedAt)
        #expect(try #require(link.appliedAt) - changed < .milliseconds(10))
        try office.ask(.riskSet(bot: label, [LimitSetting("max_leverage", "3")]))
        #expect(try office.link(label).running == 3)
    }

    @Test func threeMissedHeartbeatsMakeItOfflineAndItTradesOn() throws {
        let (office, label) = try office()
        let bot = try office.machine(label)
        try office.pass(.seconds(30))
        try office.cut(label, for: .hours(3))
        try office.pass(.seconds(25))
        #expect(try office.bot(label).state == .online)
        try office.pass(.seconds(40))
        #expect(try office.bot(label).state == .offline)
        #expect(bot.entryBlocker == nil)
        #expect(bot.runsExitRules)
        let before = try #require(try office.bot(label).heartbeatAt)
        try office.pass(.hours(2))
        #expect(try office.bot(label).heartbeatAt == before)
        #expect(try #require(bot.record.evaluatedAt) > before + .minutes(30))
        try office.pass(.hours(1))
        #expect(try office.bot(label).state == .online)
        #expect(try #require(try office.bot(label).heartbeatAt) > before)
    }

    /// Nobody has heard of what it evaluated, or what it was answered.
    @Test func noClockMovesWhileTheLinkIsAway() throws {
        let (office, label) = try office()
        try office.pass(.hours(2))
        try office.cut(label, for: .hours(2))
        let lost = try #require(try office.machine(label).link.lostAt)
        try office.pass(.hours(1) + .minutes(30))
        for _ in 0..<2 {
            let bot = try office.bot(label)
            let clocks = [bot.heartbeatAt, bot.evaluatedAt, bot.exchangeAckAt, bot.reconciledAt]
            #expect(clocks.compactMap { $0 }.count == 4)
            #expect(clocks.compactMap { $0 }.allSatisfy { $0 <= lost })
            try office.restart()
            try office.pass(.minutes(1))
        }
        try office.pass(.hours(2))
        let bot = try office.bot(label)
        for clock in [bot.heartbeatAt, bot.evaluatedAt, bot.exchangeAckAt, bot.reconciledAt] {
            #expect(try #require(clock) > lost + .hours(2))
        }
    }

    @Test func aLostInstanceTradesNoMore() throws {
        let (office, label) = try office()
        let bot = try office.machine(label)
        office.desk.world.fleet.loseInstance(bot)
        #expect(!bot.runsExitRules)
        #expect(bot.entryBlocker != nil)
        try office.pass(.minutes(1))
        #expect(try office.bot(label).state == .offline)
        #expect(!bot.runsExitRules)
        try office.pass(.minutes(4))
        #expect(try office.bot(label).state == .online)
        #expect(bot.runsExitRules)
    }

    @Test func aGlitchIsNoOfflineAndItsCommandWaits() throws {
        let (office, label) = try office()
        try office.cut(label, for: .seconds(20))
        let pause = try office.ask(.pause(.named([label]), reason: nil))
        #expect(try office.command(pause).outcome == .queued)
        try office.pass(.seconds(40))
        #expect(try office.command(pause).outcome == .done)
        #expect(try office.bot(label).state == .paused)
    }

    @Test func commandsWaitForTheLinkAlsoThroughAKilledEngine() throws {
        let (office, label) = try office()
        try office.cut(label, for: .minutes(10))
        try office.pass(.minutes(1))
        let pause = try office.ask(.pause(.named([label]), reason: nil))
        let limits = try office.ask(.riskSet(bot: label, [LimitSetting("max_leverage", "3")]))
        for reply in [pause, limits] {
            let row = try office.command(reply)
            #expect(row.outcome == .queued)
            #expect(row.expiresAt == nil)
            #expect(row.startedAt == nil)
            #expect(row.message.hasPrefix("waits: \(label) is out of reach"))
        }
        #expect(try office.link(label).words == "config 1 (3 waits)")
        try office.restart()
        let bot = try office.machine(label)
        #expect(bot.entryBlocker == nil)
        #expect(!bot.record.isPaused)
        #expect(bot.limits.maxLeverage == 5)
        try office.pass(.minutes(10))
        #expect(try office.command(pause).outcome == .done)
        #expect(try office.command(limits).message.contains("it waited"))
        #expect(try office.bot(label).state == .paused)
        #expect(bot.limits.maxLeverage == 3)
        let link = try office.link(label)
        #expect(link.running == link.wanted)
        #expect(link.queued == 0)
    }

    /// No entry between the heartbeat and the configuration that waits.
    @Test func whoReturnsWaitsForTheNewestConfiguration() throws {
        let (office, label) = try office()
        let world = office.desk.world
        let bot = try office.machine(label)
        try office.cut(label, for: .minutes(2))
        try office.pass(.minutes(1))
        try office.ask(.pause(.named([label]), reason: nil))
        world.advance(to: world.now + .minutes(2))
        #expect(bot.link.isReturning)
        #expect(bot.entryBlocker == "configuration on its way")
        #expect(bot.runsExitRules)
        #expect(BotStanding(bot, isStopped: false).obstacles.contains(.phase))
        _ = try office.desk.settle()
        #expect(bot.entryBlocker == "paused")
        #expect(bot.record.state == .paused)
    }

    @Test func aWaitingPauseCanBeTakenBack() throws {
        let (office, label) = try office()
        try office.cut(label, for: .minutes(5))
        try office.pass(.minutes(1))
        try office.ask(.pause(.named([label]), reason: nil))
        let again = try office.ask(.pause(.named([label]), reason: nil))
        #expect(
            again.commands.map(\.outcome) == [.done] && again.commands.map(\.changed) == [false])
        let resume = try office.ask(.resume(.named([label]), reason: nil))
        #expect(try office.command(resume).outcome == .queued)
        try office.pass(.minutes(6))
        #expect(try office.command(resume).outcome == .done)
        #expect(try office.bot(label).state == .online)
    }

    @Test func aHaltGoesPastTheLink() throws {
        let office = try LifeOffice(bots: 6)
        let label = try office.holder()
        let bot = try office.machine(label)
        try office.cut(label, for: .hours(1))
        try office.pass(.minutes(1))
        #expect(bot.record.state == .offline)
        let halt = try office.ask(.closeAll(.named([label]), confirmation: .label(label)))
        #expect(halt.refusal == nil)
        #expect(bot.entryBlocker == "paused")
        try office.pass(.minutes(2))
        #expect(try office.command(halt).outcome == .done)
        #expect(!bot.isHolding)
        #expect(bot.record.state == .offline)
        try office.pass(.hours(1))
        #expect(try office.bot(label).state == .paused)
    }

    @Test func thePauseFlagSurvivesOfflineAndRestart() throws {
        let (office, label) = try office()
        try office.ask(.pause(.named([label]), reason: nil))
        try office.cut(label, for: .hours(1))
        try office.pass(.minutes(2))
        #expect(try office.bot(label).state == .offline)
        let restart = try office.ask(.restart(bot: label, reason: nil))
        try office.pass(.minutes(1))
        #expect(try office.command(restart).outcome == .done)
        #expect(try office.bot(label).state == .paused)
        #expect(try office.link(label).lostAt == nil)
        try office.pass(.hours(1))
        #expect(try office.bot(label).state == .paused)
    }

    @Test func nothingIsLeftBehindByAStop() throws {
        let (office, label) = try office()
        try office.cut(label, for: .hours(1))
        let pause = try office.ask(.pause(.named([label]), reason: nil))
        let key = try #require(try office.bot(label).keyID)
        let stop = try office.ask(.stop(bot: label, .close, confirmation: .label(label)))
        try office.pass(.minutes(2))
        #expect(try office.command(stop).outcome == .done)
        #expect(try office.bot(label).state == .stopped)
        let instance = try office.instance(label)
        #expect(instance.since == nil)
        #expect(instance.job == nil)
        #expect(instance.chargedUntil == nil)
        #expect(try office.bot(label).ipv4.isEmpty)
        let link = try office.link(label)
        #expect(link.running == nil)
        #expect(link.lostAt == nil)
        #expect(link.queued == 0)
        #expect(office.desk.world.trading.venue.paper.openOrders(key).isEmpty)
        #expect(try office.machine(label).orders.isEmpty)
        #expect(try office.command(pause).outcome == .refused)
        // What the backend keeps is enough to deploy it again, with the newest configuration.
        #expect(try office.bot(label).keyID == key)
        try office.ask(.start(bot: label))
        try office.pass(.minutes(1))
        let again = try office.link(label)
        #expect(again.running == again.wanted)
    }

    @Test func theNetworkFailsAsOftenAsTheFileSays() throws {
        let office = try LifeOffice(bots: 6, [("link_hours = 500", "link_hours = 2")])
        try office.pass(.hours(12))
        let words = try office.database.read { db throws(StoreError) in
            try db.activity(limit: 100_000).map(\.what)
        }
        #expect((10...48).contains(words.count { $0 == "offline" }))
        #expect(words.count { $0 == "back" } >= 8)
    }
}
