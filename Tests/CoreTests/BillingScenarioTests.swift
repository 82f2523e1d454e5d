/// The end of a balance: alarms, the pause, the wind-down that names what is left open.

import Store
import Testing

@testable import Core

/// **Source** <doc:ProductRules#Billing>.
@Suite struct BillingScenarioTests {
    /// 700 USD at 28 an hour last 25 hours from 00:00:07.
    private func office() throws -> (LifeOffice, String) {
        let office = try LifeOffice([("tokyo = 0.05", "tokyo = 28")])
        #expect(try office.balance() == .units(700))
        return (office, try #require(office.desk.world.bots.first).record.label)
    }

    private func ledger(_ office: LifeOffice) throws -> [LedgerEntry] {
        try office.database.read { db throws(StoreError) in
            try db.ledger(since: Instant(milliseconds: 0), limit: 10_000)
        }
    }

    @Test func theAlarmsComeToTheMinuteAndTheLedgerToTheSecond() throws {
        let (office, label) = try office()
        let start = office.desk.world.now
        let bot = office.desk.world.bots[0]
        let symbol = try #require(bot.instruments.first)
        bot.record.killLatchedAt = nil
        var open = false
        var alarms: [String] = []
        var pausedAt: Instant?
        var endedAt: Instant?
        while office.desk.world.now < start + .hours(26) {
            try office.pass(.seconds(5))
            let now = office.desk.world.now
            // A position that is still open at the end: it must be named.
            if !open, pausedAt == nil, now > start + .hours(24) {
                let market = office.desk.world.markets[symbol]
                for held in bot.positions { bot.held.removeAll { $0.position.id == held.id } }
                office.desk.world.trading.submit(
                    OrderDraft(
                        symbol: symbol, side: .buy, quantity: market.instrument.minimumQuantity,
                        reduceOnly: false, purpose: .entry,
                        decisionPrice: try #require(market.lastPrice), leverage: 3,
                        reason: "entry"), for: bot)
                open = true
            }
            let rows = try office.database.read { db throws(StoreError) in
                try db.openNotices().filter { $0.kind == "billing" }
            }
            if rows.count > alarms.count { alarms.append(rows[0].at.clockText) }
            let record = bot.record
            if record.isPaused, record.pauseCause == .billing, pausedAt == nil { pausedAt = now }
            if record.phase == .windingDown, endedAt == nil { endedAt = now }
        }
        // Runway falls below 24 h at 01:00:07, below 6 h at 19:00:07, below 1 h at 00:00:07,
        // below 15 min at 00:45:07; it is used up at 01:00:07: each seen at the next full minute.
        #expect(alarms == ["01:01:00", "19:01:00", "00:01:00", "00:46:00", "01:01:00"])
        #expect(pausedAt?.clockText.hasPrefix("00:46:0") == true)
        #expect(endedAt?.clockText.hasPrefix("01:01:0") == true)
        #expect(try office.bot(label).state == .stopped)
        try checkWords(office, bot)
        try checkLedger(office)
    }

    private func checkWords(_ office: LifeOffice, _ bot: BotMachine) throws {
        let last = try office.database.read { db throws(StoreError) in
            try db.openNotices().first { $0.kind == "billing" }
        }
        let words = try #require(last).message
        try #require(!bot.positions.isEmpty, "nothing was left open to be named")
        for position in bot.positions {
            #expect(words.contains("left open: \(bot.record.label) \(position.symbol)"), "\(words)")
        }
        let feed = try office.database.read { db throws(StoreError) in
            try db.activity(of: bot.id, limit: 500)
        }
        let pause = feed.first { $0.what == "pause" && $0.actor == "billing" }
        #expect(pause?.detail.contains(PauseCause.billing.title) == true)
    }

    /// From 00:00:07 to the end of the release; not a second more, and every cent is there.
    private func checkLedger(_ office: LifeOffice) throws {
        let rows = try ledger(office)
        #expect(try office.balance() == rows.reduce(.zero) { $0 + $1.amount })
        let used = rows.filter { $0.kind == .usage }
        let seconds = used.reduce(Int64(0)) { $0 + $1.seconds }
        let deployments = try office.database.read { db throws(StoreError) in
            try db.deployments(of: ID(1))
        }
        let life = try #require(deployments.first)
        let whole = try #require(life.endedAt) - life.startedAt
        #expect(seconds == whole.milliseconds / 1000)
        for row in used {
            #expect(-row.amount == Billing.cost(.units(28), row.seconds), "\(row)")
        }
        #expect(try office.database.check().isEmpty)
    }

    @Test func aTopUpTakesTheAlarmBackButNotThePause() throws {
        let (office, label) = try office()
        try office.pass(.hours(24) + .minutes(50))
        #expect(try office.bot(label).pauseCause == .billing)
        let again = try office.ask(.pause(.named([label]), reason: nil))
        #expect(again.commands.first?.message == "already paused (balance nearly used up)")
        try office.ask(.topUp("2800"))
        let account = try office.database.read { db throws(StoreError) in
            try db.billingAccount()
        }
        #expect(account?.alarm == 0)
        #expect(try office.bot(label).isPaused)
        try office.restart()
        #expect(try office.bot(label).pauseCause == .billing)
        try office.ask(.resume(.named([label]), reason: nil))
        #expect(try office.bot(label).state == .online)
    }

    @Test(arguments: zip(WorkspaceRole.allCases, [true, false, false, false, false]))
    func onlyTheOwnerAddsMoney(_ role: WorkspaceRole, _ may: Bool) throws {
        let person = CommandSamples.person(role)
        #expect(((try? Gate.check(.topUp("5"), for: person)) != nil) == may)
    }

    @Test func theBoardTellsWhatEachBotCosts() throws {
        let office = try LifeOffice(bots: 3)
        try office.pass(.hours(5))
        let reader = BoardReader(over: office.database, owner: (1000, "ada"))
        let board = try reader.billing(
            catalog: office.desk.world.fleet.compute.catalog,
            since: office.desk.world.now - .days(1))
        #expect(board.costs.count == 3)
        let booked = board.costs.reduce(Money.zero) { $0 + $1.used }
        #expect(booked == -board.rows.filter { $0.kind == .usage }.reduce(.zero) { $0 + $1.amount })
        #expect(board.costs.reduce(.zero) { $0 + $1.hourly } == board.burn)
        #expect(board.costs.allSatisfy { $0.isCharged && $0.seconds > 0 })
        #expect(board.alarm == 0)
    }
}
