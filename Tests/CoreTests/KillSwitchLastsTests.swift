/// The latch of the daily kill switch outlives whatever happens to its bot; only people reset it.

import Store
import Testing

@testable import Core

/// **Source** <doc:ProductRules#Daily-loss>: resume needs a person with the risk permission, and a
/// reason.
@Suite struct KillSwitchLastsTests {
    private func latched(_ edits: [(String, String)] = []) throws -> (LifeOffice, String) {
        let office = try LifeOffice(edits)
        let label = try #require(office.labels.first)
        let bot = try office.machine(label)
        let start = try #require(bot.record.dayStartEquity)
        office.desk.world.trading.checkLossLimits(bot, start - start.times(.percent(5)))
        _ = try office.desk.settle()
        try expectLatched(office, label)
        return (office, label)
    }

    private func expectLatched(_ office: LifeOffice, _ label: String) throws {
        for bot in [try office.bot(label), try office.machine(label).record] {
            #expect(bot.killLatchedAt != nil)
            #expect(bot.isPaused && bot.pauseCause == .killSwitch && bot.resumeAt == nil)
        }
        #expect(try office.ask(.resume(.named([label]), reason: nil)).refusal != nil)
        #expect(try office.machine(label).entryBlocker != nil)
    }

    @Test func aKilledEngineAndTheNextDay() throws {
        let (office, label) = try latched()
        try office.restart()
        try expectLatched(office, label)
        try office.pass(.days(1))
        try expectLatched(office, label)
    }

    @Test func sleepAndWake() throws {
        let (office, label) = try latched()
        try office.ask(.setSessions(bot: label, text: SessionDeskTests.own))
        try office.pass(.minutes(2))
        #expect(try office.bot(label).state == .sleeping)
        try expectLatched(office, label)
        try office.pass(.minutes(56))
        #expect(try office.bot(label).state == .paused)
        try expectLatched(office, label)
    }

    @Test func restartUpdateAndAnotherKey() throws {
        let (office, label) = try latched([LifeOffice.withUpdate])
        try office.ask(.restart(bot: label, reason: nil))
        try office.pass(.minutes(2))
        try expectLatched(office, label)
        try office.pass(.hours(1))
        let update = try office.ask(.update(bot: label))
        try office.pass(.minutes(4))
        #expect(try office.command(update).outcome == .done)
        try expectLatched(office, label)
        try office.addSpareKey("BTC-PERP")
        #expect(try office.ask(.assignKey(bot: label, key: "spare")).refusal == nil)
        try expectLatched(office, label)
        try office.restart()
        try expectLatched(office, label)
    }

    @Test func stopAndRedeployAndThenAPerson() throws {
        let (office, label) = try latched()
        try office.ask(.stop(bot: label, .close, confirmation: .label(label)))
        try office.pass(.minutes(2))
        #expect(try office.bot(label).state == .stopped)
        try office.ask(.start(bot: label))
        try office.pass(.minutes(2))
        #expect(try office.bot(label).state == .paused)
        try expectLatched(office, label)
        let resume = try office.ask(.resume(.named([label]), reason: "seen"))
        #expect(resume.refusal == nil)
        #expect(try office.bot(label).state == .online)
        #expect(try office.bot(label).killLatchedAt == nil)
        try office.restart()
        #expect(try office.bot(label).state == .online)
    }
}
