/// Boards over a fleet known to the cent.

import Store
import TestKit
import Testing

@testable import Core

@Suite struct BoardsTests {
    private let now = FleetFixture.now
    private let reader: BoardReader

    private let database: Database

    init() throws {
        database = try FleetFixture.database()
        reader = BoardReader(over: database, owner: FleetFixture.owner)
    }

    private func reader(for person: Operator) -> BoardReader {
        BoardReader(over: database, owner: FleetFixture.owner, as: .person(person))
    }

    private func money(_ text: String) -> Money { FleetFixture.money(text) }

    private func row(_ label: String) throws -> BotRow {
        try #require(try reader.fleet().rows.first { $0.label == label })
    }

    @Test func aBotIsWorthItsWalletAndWhatIsOpen() throws {
        let trend = try row("trend-1")
        #expect(trend.unrealised == money("500"))
        #expect(trend.equity == money("10400"))
        #expect(trend.realisedToday == money("100"))
        #expect(trend.pnlToday == money("-200"), "its equity was 10600 at midnight")
        let mean = try row("mean-2")
        #expect(mean.unrealised == money("-100"))
        #expect(mean.equity == money("4900"))
        #expect(mean.realisedToday == .zero)
    }

    @Test func aBotWithoutAnAccountHasNoEquity() throws {
        let bare = try row("bare-4")
        #expect(bare.equity == nil && bare.pnlToday == nil)
        #expect(bare.openPositions == 0)
        #expect(bare.unrealised == .zero)
        #expect(!bare.bot.isArmed)
    }

    @Test func environmentsAreNeverSummedTogether() throws {
        let figures = try reader.fleet().figures
        #expect(figures.map(\.environment) == [.live, .paper])
        #expect(figures[0].equity == money("2000"))
        #expect(figures[0].realisedToday == money("7"))
        #expect(figures[0].openPositions == 0)
        #expect(figures[1].equity == money("15300"))
        #expect(figures[1].unrealised == money("400"))
        #expect(figures[1].pnlToday == money("-5900"), "equity less that of midnight")
        #expect(figures[1].longNotional == money("30500"))
        #expect(figures[1].shortNotional == money("5900"))
        #expect(figures[1].grossNotional == money("36400"))
        #expect(figures[1].netNotional == money("24600"))
    }

    @Test func theRecordCoversThirtyDays() throws {
        let record = try #require(try reader.fleet().figures.last).record
        #expect(record.trades == 2)
        #expect(record.wins == 1)
        #expect(record.winRate == .percent(50))
        #expect(record.profitFactor == .percent(250))
        #expect(record.net == money("60"))
    }

    @Test func troubleComesFirst() throws {
        #expect(
            try reader.fleet().rows.map(\.label) == ["bare-4", "mean-2", "live-3", "trend-1"])
    }

    @Test func everyStateIsCounted() throws {
        let fleet = try reader.fleet()
        #expect(fleet.counts.count == 9)
        #expect(fleet.count(of: .online) == 2)
        #expect(fleet.count(of: .paused) == 1)
        #expect(fleet.count(of: .offline) == 1)
    }

    @Test func theLateClockIsNamed() throws {
        #expect(try row("trend-1").lateClock(now: now) == nil)
        #expect(try row("mean-2").lateClock(now: now) == .evaluation)
        #expect(try row("trend-1").lateClock(now: now + .minutes(1)) == .heartbeat)
        #expect(try row("bare-4").lateClock(now: now) == nil)
    }

    @Test func aPositionHasItsMarkAndItsExitRules() throws {
        let board = try reader.positions(of: ID(1))
        let position = try #require(board.rows.first)
        #expect(board.rows.count == 1)
        #expect(position.notional == money("30500"))
        #expect(position.exitRules == ["Hard Stop Loss", "Chandelier Exit", "Signal Flip Exit"])
        #expect(!position.isStale(now: now))
        #expect(position.isStale(now: now + .minutes(2)))
    }

    @Test func tradesAreFilteredAndNewestFirst() throws {
        #expect(try reader.trades().rows.count == 4)
        let own = try reader.trades(of: ID(1)).rows
        #expect(own.map(\.trade.net) == [money("100"), money("-40")])
        #expect(try reader.trades(of: ID(1), since: now - .hours(6)).rows.count == 1)
        #expect(try reader.trades(limit: 2).rows.count == 2)
        #expect(try reader.trades().records.map(\.environment) == [.live, .paper])
    }

    @Test func eventsGoOnWhereTheFollowerStopped() throws {
        let page = try reader.events(limit: 2)
        #expect(page.rows.count == 2)
        let last = try #require(page.rows.last).activity.id
        let news = try reader.events(after: last).rows
        #expect(news.map(\.activity.id) == [page.rows[0].activity.id])
        #expect(try reader.events(before: last).rows.count == 2)
        #expect(try reader.events(of: ID(2)).rows.map(\.botLabel) == ["mean-2"])
    }

    @Test func theQueueStandsByUrgencyAndClosedTicketsLast() throws {
        let rows = try reader.tickets().rows
        #expect(
            rows.map(\.ticket.subject)
                == ["Close-all did not fire", "Wake took 9 minutes", "Old matter"])
        #expect(rows[0].closesAt == now - .days(1) + .days(7))
        #expect(rows[1].closesAt == nil)
        #expect(try reader.tickets(status: .open).rows.count == 1)
        let bob = Operator(uid: 9, name: "bob", role: .trader)
        #expect(try reader(for: bob).tickets(mine: true).rows.isEmpty)
    }

    @Test func internalNotesAreForSupportAlone() throws {
        let trader = Operator(uid: 7, name: "tom", role: .trader)
        let staff = Operator(uid: 8, name: "sam", role: .viewer, isStaff: true)
        let seen = try #require(try reader(for: trader).thread(of: ID(2)))
        #expect(seen.entries.allSatisfy { !$0.isInternal })
        #expect(!seen.json.description.contains("secret"))
        #expect(seen.json["notes"]?.isNull == true)
        let whole = try #require(try reader(for: staff).thread(of: ID(2)))
        #expect(whole.entries.map(\.isInternal) == [false, true])
        #expect(whole.json["notes"]?.elements?.count == 1)
        #expect(try reader(for: staff).thread(of: ID(99)) == nil)
    }

    @Test func theAuditVerifies() throws {
        let report = try reader.verifyAudit()
        #expect(report.isIntact)
        #expect(report.rows == 3)
        #expect(try reader.audit(limit: 1).rows.map(\.verb) == ["risk-set"])
        var seen = 0
        try reader.eachAuditEntry { _ in seen += 1; return seen < 2 }
        #expect(seen == 2)
    }

    @Test func namesLeadToOneBotOrToARefusal() throws {
        func find(_ name: String) throws -> Bot {
            try reader.findBot(name).required(.bot, name) { $0.label }
        }
        #expect(try find("mean-2").id == ID(2))
        #expect(try find("bot-2").label == "mean-2")
        #expect(try find("bot-14").label == "bare-4")
        #expect(throws: Refusal.noSuch(.bot, "nobody")) { try find("nobody") }
        #expect(throws: Refusal.self) { try find("bot-") }
    }

    @Test func theOwnerOfTheHomeIsItsOwner() throws {
        #expect(try reader.person()?.role == .owner)
        let stranger = BoardReader(
            over: database, owner: FleetFixture.owner, as: .account(uid: 4711, session: ""))
        #expect(try stranger.person() == nil)
    }

    @Test func templatesNameTheBotsThatRunThem() throws {
        let rows = try reader.templates().rows
        #expect(rows.map(\.stored.name) == SystemTemplates.all.map(\.name).sorted())
        let used = rows.first { $0.stored.name == "Mean Reverter" }?.usedBy
        #expect(used == ["live-3", "mean-2"])
        #expect(rows.allSatisfy { $0.template != nil })
    }
}
