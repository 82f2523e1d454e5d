/// Quiet days: who is told, what closes, and what never does by itself.

import Core
import Store
import Testing

@Suite struct TicketAgingTests {
    static let start = Instant(milliseconds: 1_700_000_000_000)

    static func ticket(_ status: TicketStatus) -> Ticket {
        Ticket(
            id: ID(3), subject: "Late wake", category: .bot, priority: .normal, status: status,
            openedBy: "ada", botID: ID(4), openedAt: start, activeAt: start)
    }

    /// Steps a ticket each hour; the hours at which something happened, with what.
    static func history(_ ticket: Ticket, hours: Int64, from first: Int64 = 0) -> [String] {
        var ticket = ticket
        var events: [String] = []
        for hour in first...hours {
            while let change = TicketAging.step(ticket, at: start + .hours(hour)) {
                let isClose = change.ticket.status != ticket.status
                events.append("\(hour) \(isClose ? "closed" : "told \(change.notices.count)")")
                ticket = change.ticket
            }
        }
        return events
    }

    @Test(arguments: [TicketStatus.waitingOnUser, .resolved])
    func userIsToldAtDaySixAndTheTicketClosesAtDaySeven(_ status: TicketStatus) {
        #expect(Self.history(Self.ticket(status), hours: 400) == ["144 told 1", "168 closed"])
    }

    @Test(arguments: [TicketStatus.open, .inProgress])
    func ticketsThatWaitOnStaffAlertTwiceAndNeverClose(_ status: TicketStatus) {
        #expect(Self.history(Self.ticket(status), hours: 2000) == ["72 told 1", "144 told 1"])
    }

    @Test func closedTicketsDoNotAge() {
        #expect(Self.history(Self.ticket(.closed), hours: 2000).isEmpty)
        #expect(TicketAging.due(Self.ticket(.closed)) == nil)
    }

    @Test func anEngineThatSleptStillWarnsADayAhead() {
        let events = Self.history(Self.ticket(.waitingOnUser), hours: 400, from: 200)
        #expect(events == ["200 told 1", "224 closed"])
    }

    @Test func anEngineThatSleptAlertsStaffOnce() {
        #expect(Self.history(Self.ticket(.open), hours: 400, from: 200) == ["200 told 1"])
    }

    @Test(arguments: TicketStatus.allCases) func nothingHappensBeforeItsTime(
        _ status: TicketStatus
    ) {
        let ticket = Self.ticket(status)
        guard let due = TicketAging.due(ticket) else {
            #expect(status == .closed)
            return
        }
        #expect(TicketAging.step(ticket, at: due - .milliseconds(1)) == nil)
        #expect(TicketAging.step(ticket, at: due) != nil)
    }

    @Test func aUsersAnswerEndsTheAging() throws {
        let warned = try #require(
            TicketAging.step(Self.ticket(.waitingOnUser), at: Self.start + .days(6))).ticket
        #expect(TicketAging.due(warned) == Self.start + .days(7))
        let answered = try TicketRules.reply(
            warned, message: "m", asSupport: false, by: CommandSamples.person(.trader),
            at: Self.start + .hours(150)
        ).ticket
        #expect(TicketAging.due(answered) == Self.start + .hours(150) + .days(3))
        #expect(TicketAging.step(answered, at: Self.start + .days(7)) == nil)
    }

    @Test func aNoteDoesNotStopTheClock() throws {
        let noted = try TicketRules.note(
            Self.ticket(.waitingOnUser), message: "m", by: CommandSamples.staff,
            at: Self.start + .days(5)
        ).ticket
        #expect(TicketAging.due(noted) == Self.start + .days(6))
    }

    @Test func resolvingStartsTheDaysAnew() throws {
        let resolved = try TicketRules.resolve(
            Self.ticket(.open), at: Self.start + .days(10)
        ).ticket
        #expect(TicketAging.step(resolved, at: Self.start + .days(10)) == nil)
        #expect(TicketAging.due(resolved) == Self.start + .days(16))
    }

    @Test func noticesSayWhatComes() throws {
        let warning = try #require(
            TicketAging.step(Self.ticket(.resolved), at: Self.start + .days(6)))
        #expect(
            warning.notices.map(\.message) == [
                "ticket-3 closes by itself at 2023-11-21 22:13:20Z unless somebody answers: "
                    + "Late wake"
            ])
        #expect(warning.notices.map(\.botID) == [ID(4)])
        let alert = try #require(
            TicketAging.step(Self.ticket(.open), at: Self.start + .days(3)))
        #expect(
            alert.notices.map(\.message) == ["ticket-3 waits on staff for 3d00h: Late wake"])
    }

    @Test func theThreadSaysThatItClosedByItself() throws {
        let warned = try #require(
            TicketAging.step(Self.ticket(.resolved), at: Self.start + .days(6)))
        #expect(warned.message == nil)
        let closed = try #require(TicketAging.step(warned.ticket, at: Self.start + .days(7)))
        let message = try #require(closed.message)
        #expect(message.author == "plutarc" && !message.isStaff)
        #expect(message.body.hasPrefix("Closed by itself: nobody has written since 2023-11-14"))
        #expect(closed.ticket.messageCount == warned.ticket.messageCount + 1)
    }
}
