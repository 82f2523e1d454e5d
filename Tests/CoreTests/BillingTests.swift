/// Money for compute: metering, ledger, alarms, and what an instance that is lost leads to.

import Store
import Testing

@testable import Core

@Suite struct BillingTests {
    @Test func theLedgerIsTheBalanceAndUsageIsToTheSecond() throws {
        let office = try LifeOffice(bots: 2)
        let before = try office.balance()
        try office.pass(.hours(3))
        let rows = try office.database.read { db throws(StoreError) in
            try db.ledger(since: Instant(milliseconds: 0), limit: 100)
        }
        #expect(try office.balance() == rows.reduce(.zero) { $0 + $1.amount })
        // From seven seconds past midnight to the third full hour, in tokyo and singapore.
        let usage = rows.filter { $0.kind == .usage }
        #expect(usage.reduce(0) { $0 + $1.seconds } == 2 * (3 * 3600 - 7))
        let expected = Money(raw: (5_000_000 + 4_500_000) * (3 * 3600 - 7) / 3600)
        #expect((before - (try office.balance()) - expected).magnitude <= Money(raw: 6))
        #expect(try office.database.check().isEmpty)
    }

    @Test func aChangedBalanceIsFound() throws {
        let office = try LifeOffice()
        try office.database.write { db throws(StoreError) in
            try db.save(BillingAccount(balance: .units(1)))
        }
        #expect(
            try office.database.check() == ["billing: the balance is not the sum of the ledger"])
    }

    @Test func alarmsThenPauseThenWindDownAsTheBalanceEnds() throws {
        // 700 USD at 28 an hour: 25 hours.
        let office = try LifeOffice([("tokyo = 0.05", "tokyo = 28")])
        let label = try #require(office.desk.world.bots.first).record.label
        func alarms() throws -> Int {
            try office.database.read { db throws(StoreError) in
                try db.openNotices().count { $0.kind == "billing" }
            }
        }
        try office.pass(.minutes(50))
        #expect(try alarms() == 0)
        try office.pass(.minutes(15))
        #expect(try alarms() == 1)
        try office.pass(.hours(18))
        #expect(try alarms() == 2)
        try office.pass(.hours(5))
        #expect(try alarms() == 3)
        #expect(try !office.bot(label).isPaused)
        try office.pass(.minutes(45))
        #expect(try alarms() == 4)
        #expect(try office.bot(label).isPaused)
        try office.pass(.minutes(15))
        #expect(try alarms() == 5)
        #expect(try office.bot(label).state == .stopped)
        #expect(
            try office.ask(.start(bot: label)).refusal?.code == "no_balance")
        try office.ask(.topUp("50"))
        #expect(try office.ask(.start(bot: label)).refusal == nil)
    }

    @Test func amountsAreChecked() throws {
        let office = try LifeOffice()
        for text in ["0", "-5", "x", "1000001", ""] {
            #expect(try office.ask(.topUp(text)).refusal?.exitStatus == 2, "\(text)")
        }
    }
}

@Suite struct InstanceLossTests {
    @Test func aLostInstanceIsNoticedReplacedAndKeepsItsAddress() throws {
        let office = try LifeOffice([("loss_hours = 0", "loss_hours = 1")])
        let label = try #require(office.desk.world.bots.first).record.label
        let address = try office.bot(label).ipv4
        // Lost at the hour, some 7 s before; offline within a minute, back within four.
        try office.pass(.seconds(3600 - 7 + 65))
        #expect(try office.bot(label).state == .offline)
        #expect(try office.instance(label).job == .replace)
        try office.pass(.minutes(4))
        #expect(try office.bot(label).state == .online)
        #expect(try office.bot(label).ipv4 == address)
    }
}

@Suite struct SleepTests {
    /// Tuesday 00:00 UTC; the template's sessions are New York's and others' mornings.
    @Test func aBotSleepsBetweenItsSessionsForNothingAndWakesAhead() throws {
        let office = try LifeOffice()
        let label = try #require(office.desk.world.bots.first).record.label
        let template = try #require(SystemTemplates.all.first { !$0.sessions.isEmpty })
        try office.ask(
            .assignTemplate(bot: label, template: template.name, confirmation: nil))
        try office.ask(.pause(.named([label]), reason: nil))
        let calendar = SessionCalendar(template.sessions)
        var sleeps = 0
        var wakes = 0
        var before = BotState.paused
        for _ in 0..<(24 * 60) {
            try office.pass(.minutes(1))
            let bot = try office.bot(label)
            if bot.state != before {
                sleeps += bot.state == .sleeping ? 1 : 0
                wakes += bot.state == .paused && before == .waking ? 1 : 0
                before = bot.state
            }
            let instance = try office.instance(label)
            #expect((instance.since == nil) == (bot.state == .sleeping || bot.state == .waking))
            if calendar.isOpen(at: office.desk.world.now) { #expect(bot.state == .paused) }
            #expect(bot.isPaused)
            #expect(bot.ipv4 == "203.0.113.11")
        }
        #expect(sleeps >= 1)
        #expect(wakes >= 1)
        #expect(try office.database.check().isEmpty)
    }
}
