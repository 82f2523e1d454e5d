/// Tickets: opened, answered, noted, assigned, resolved, closed, opened again.

import Core
import Store
import Testing

@Suite struct TicketRulesTests {
    static let start = Instant(milliseconds: 1_700_000_000_000)
    static let later = start + .hours(5)
    static let user = CommandSamples.person(.trader)
    static let staff = CommandSamples.staff

    static func ticket(_ status: TicketStatus, assignee: String? = nil) -> Ticket {
        Ticket(
            id: ID(3), subject: "Wake took 9 minutes", category: .bot, priority: .normal,
            status: status, openedBy: "ada", assignee: assignee, openedAt: start,
            activeAt: start, closedAt: status == .closed ? start : nil, warnedAt: start,
            messageCount: 1)
    }

    @Test func openingWritesTicketMessageAndAlert() throws {
        let change = try TicketRules.open(
            subject: "  Late wake \n", message: " It took\n9 minutes.", category: .bot,
            priority: .high, bot: ID(4), snapshot: "{}", by: Self.user, at: Self.start)
        #expect(change.ticket.subject == "Late wake")
        #expect(change.ticket.status == .open)
        #expect(change.ticket.openedBy == "ada")
        #expect(change.ticket.messageCount == 1)
        #expect(change.ticket.snapshot == "{}")
        #expect(change.message?.body == " It took\n9 minutes.")
        #expect(change.message?.isStaff == false)
        #expect(change.notices.map(\.message) == ["New ticket (bot, high): Late wake"])
        #expect(change.notices.map(\.botID) == [ID(4)])
        #expect(change.note == nil)
    }

    @Test(arguments: zip(TicketPriority.allCases, [Severity.info, .info, .info, .warning]))
    func onlyUrgentTicketsWarn(_ priority: TicketPriority, _ severity: Severity) throws {
        let change = try TicketRules.open(
            subject: "s", message: "m", category: .bug, priority: priority, by: Self.user,
            at: Self.start)
        #expect(change.notices.map(\.severity) == [severity])
    }

    static func opening(_ subject: String, _ message: String) -> Refusal? {
        do throws(Refusal) {
            _ = try TicketRules.open(
                subject: subject, message: message, category: .bug, priority: .low, by: user,
                at: start)
            return nil
        } catch { return error }
    }

    @Test func limitsOfTextAreExact() {
        let cells = String(repeating: "x", count: 120)
        #expect(Self.opening(cells, "m") == nil)
        #expect(
            Self.opening(cells + "x", "m")
                == .ticket(
                    .textTooLong(field: "subject", limit: 120, found: 121, unit: "cells")))
        // Wide characters take two cells.
        #expect(Self.opening(String(repeating: "日", count: 60), "m") == nil)
        #expect(Self.opening(String(repeating: "日", count: 61), "m") != nil)
        let body = String(repeating: "é", count: 8192)
        #expect(Self.opening("s", body) == nil)
        #expect(
            Self.opening("s", body + "x")
                == .ticket(
                    .textTooLong(field: "message", limit: 16_384, found: 16_385, unit: "bytes")))
    }

    @Test func emptyTextsAreRefused() {
        for text in ["", " ", "\n\t \r\n", "\u{3000}"] {
            #expect(Self.opening("s", text) == .ticket(.textMissing(field: "message")))
            #expect(Self.opening(text, "m") == .ticket(.textMissing(field: "subject")))
            #expect(throws: Refusal.ticket(.textMissing(field: "message"))) {
                try TicketRules.reply(
                    Self.ticket(.open), message: text, asSupport: false, by: Self.user,
                    at: Self.later)
            }
            #expect(throws: Refusal.ticket(.textMissing(field: "note"))) {
                try TicketRules.note(
                    Self.ticket(.open), message: text, by: Self.staff, at: Self.later)
            }
        }
    }

    @Test(arguments: ["a\nb", "a\u{1B}[2Jb", "a\u{9B}b", "a\u{7F}b", "a\u{2028}b"])
    func subjectIsOnePlainLine(_ subject: String) {
        #expect(Self.opening(subject, "m") == .ticket(.subjectLines))
    }

    /// Status before, whether assigned, status after an answer of the user and of support.
    static let replies: [(TicketStatus, Bool, TicketStatus, TicketStatus?)] = [
        (.open, false, .open, .waitingOnUser), (.inProgress, true, .inProgress, .waitingOnUser),
        (.waitingOnUser, false, .open, .waitingOnUser),
        (.waitingOnUser, true, .inProgress, .waitingOnUser),
        (.resolved, true, .open, .waitingOnUser), (.closed, true, .open, nil),
    ]

    @Test(arguments: replies) func repliesMoveTheStatus(
        _ before: TicketStatus, _ isAssigned: Bool, _ user: TicketStatus, _ support: TicketStatus?
    ) throws {
        let ticket = Self.ticket(before, assignee: isAssigned ? "st1" : nil)
        let own = try TicketRules.reply(
            ticket, message: "m", asSupport: false, by: Self.user, at: Self.later)
        #expect(own.ticket.status == user)
        #expect(own.ticket.activeAt == Self.later)
        #expect(own.ticket.warnedAt == nil)
        #expect(own.ticket.closedAt == nil)
        #expect(own.ticket.messageCount == 2)
        #expect(own.message?.ticketID == ID(3))
        guard let support else {
            #expect(throws: Refusal.ticket(.closed(ID(3)))) {
                try TicketRules.reply(
                    ticket, message: "m", asSupport: false, by: Self.staff, at: Self.later)
            }
            return
        }
        let theirs = try TicketRules.reply(
            ticket, message: "m", asSupport: false, by: Self.staff, at: Self.later)
        #expect(theirs.ticket.status == support)
        #expect(theirs.message?.isStaff == true)
    }

    @Test func soleOwnerAnswersAsSupportWhenHeSaysSo() throws {
        let owner = CommandSamples.soleOwner
        let change = try TicketRules.reply(
            Self.ticket(.open), message: "m", asSupport: true, by: owner, at: Self.later)
        #expect(change.ticket.status == .waitingOnUser)
        #expect(change.message?.isStaff == true)
    }

    @Test(arguments: TicketStatus.allCases) func noteChangesNothingElse(
        _ status: TicketStatus
    ) throws {
        let ticket = Self.ticket(status)
        let change = try TicketRules.note(
            ticket, message: "internal", by: Self.staff, at: Self.later)
        #expect(change.ticket == ticket)
        #expect(change.message == nil)
        #expect(change.notices.isEmpty)
        #expect(
            change.note
                == InternalNote(ticketID: ID(3), author: "st1", at: Self.later, body: "internal"))
    }

    @Test func assigningStartsTheWork() throws {
        let change = try TicketRules.assign(Self.ticket(.open), to: "st1", among: ["st1"])
        #expect(change.ticket.assignee == "st1")
        #expect(change.ticket.status == .inProgress)
        #expect(change.ticket.activeAt == Self.start)
        let back = try TicketRules.assign(change.ticket, to: nil, among: ["st1"])
        #expect(back.ticket.status == .open)
        let waiting = try TicketRules.assign(
            Self.ticket(.waitingOnUser), to: "st1", among: ["st1"])
        #expect(waiting.ticket.status == .waitingOnUser)
        #expect(throws: Refusal.noSuchMember("eve", known: ["st1"])) {
            try TicketRules.assign(Self.ticket(.open), to: "eve", among: ["st1"])
        }
        #expect(throws: Refusal.self) {
            try TicketRules.assign(change.ticket, to: "st1", among: ["st1"])
        }
    }

    @Test func closedTicketsRefuseAllButNotesAndUsers() {
        let closed = Self.ticket(.closed)
        let refused = Refusal.ticket(.closed(ID(3)))
        #expect(throws: refused) { try TicketRules.assign(closed, to: "st1", among: ["st1"]) }
        #expect(throws: refused) { try Self.set(\.priority, "priority", of: closed, to: .high) }
        #expect(throws: refused) { try Self.set(\.category, "category", of: closed, to: .bug) }
        #expect(throws: refused) { try TicketRules.resolve(closed, at: Self.later) }
        #expect(throws: Refusal.nothingToChange("ticket-3 is closed already")) {
            try TicketRules.close(closed, at: Self.later)
        }
    }

    @Test func priorityAndCategoryChangeOnce() throws {
        let ticket = Self.ticket(.open)
        let urgent = try Self.set(\.priority, "priority", of: ticket, to: .urgent)
        #expect(urgent.priority == .urgent && urgent.category == ticket.category)
        let bug = try Self.set(\.category, "category", of: ticket, to: .bug)
        #expect(bug.category == .bug && bug.priority == ticket.priority)
        #expect(throws: Refusal.nothingToChange("the priority of ticket-3 is normal already")) {
            try Self.set(\.priority, "priority", of: ticket, to: .normal)
        }
        #expect(throws: Refusal.nothingToChange("the category of ticket-3 is bot already")) {
            try Self.set(\.category, "category", of: ticket, to: .bot)
        }
    }

    private static func set<Value: RawRepresentable<String> & Equatable>(
        _ path: WritableKeyPath<Ticket, Value>, _ field: String, of ticket: Ticket, to value: Value
    ) throws(Refusal) -> Ticket {
        try TicketRules.set(path, called: field, of: ticket, to: value).ticket
    }

    @Test(arguments: TicketStatus.allCases) func onlyDoneTicketsReopen(
        _ status: TicketStatus
    ) throws {
        let ticket = Self.ticket(status)
        guard status == .closed || status == .resolved else {
            let words = "ticket-3 is not closed, it is \(status.words)"
            #expect(throws: Refusal.nothingToChange(words)) {
                try TicketRules.reopen(ticket, at: Self.later)
            }
            return
        }
        let open = try TicketRules.reopen(ticket, at: Self.later).ticket
        #expect(open.status == .open)
        #expect(open.closedAt == nil)
        #expect(open.activeAt == Self.later)
    }

    @Test func closingAndResolvingAreDated() throws {
        let closed = try TicketRules.close(Self.ticket(.inProgress), at: Self.later).ticket
        #expect(closed.status == .closed)
        #expect(closed.closedAt == Self.later)
        let resolved = try TicketRules.resolve(Self.ticket(.open), at: Self.later).ticket
        #expect(resolved.status == .resolved)
        #expect(resolved.activeAt == Self.later)
        #expect(throws: Refusal.self) { try TicketRules.resolve(resolved, at: Self.later) }
    }
}
