/// The rules of support tickets: open, answer, note, sort, close.

import Store

/// What a rule changed; the desk writes all of it in one transaction.
public struct TicketChange: Sendable, Equatable {
    /// Its id is 0 when the ticket is new, then those of message and notices too.
    public var ticket: Ticket
    public var message: TicketMessage?
    public var note: InternalNote?
    public var notices: [Notice]

    init(
        _ ticket: Ticket, message: TicketMessage? = nil, note: InternalNote? = nil,
        notices: [Notice] = []
    ) {
        self.ticket = ticket
        self.message = message
        self.note = note
        self.notices = notices
    }
}

/// Pure functions over a ticket; ``Gate/check(_:for:)`` comes before.
/// **Source** <doc:ProductRules#Tickets>, <doc:ProductRules#Internal-notes>.
public enum TicketRules {
    /// - Parameter snapshot: the bot as it is now, as JSON; empty where none is named.
    /// - Throws: ``Refusal`` for an empty or too long text or subject.
    public static func open(
        subject: String, message: String, category: TicketCategory, priority: TicketPriority,
        bot: ID<Bot>? = nil, snapshot: String = "", by person: Operator, at now: Instant
    ) throws(Refusal) -> TicketChange {
        let subject = try checkedSubject(subject)
        let body = try checkedBody(message, field: "message")
        let ticket = Ticket(
            subject: subject, category: category, priority: priority, openedBy: person.name,
            botID: bot, openedAt: now, activeAt: now, snapshot: snapshot, messageCount: 1)
        let first = TicketMessage(
            ticketID: ticket.id, author: person.name, isStaff: person.isStaff, at: now, body: body)
        // Every new ticket reaches staff at once.
        let alert = Notice(
            botID: bot, at: now, kind: Notice.ticketKind,
            severity: priority == .urgent ? .warning : .info,
            message: "New ticket (\(category.rawValue), \(priority.rawValue)): \(subject)")
        return TicketChange(ticket, message: first, notices: [alert])
    }

    /// The user's answer reopens; support's waits on the user. Support does not answer in a
    /// closed ticket.
    public static func reply(
        _ ticket: Ticket, message: String, asSupport: Bool, by person: Operator, at now: Instant
    ) throws(Refusal) -> TicketChange {
        let isStaff = person.isStaff || asSupport
        if isStaff, ticket.status == .closed { throw .ticket(.closed(ticket.id)) }
        let body = try checkedBody(message, field: "message")
        var changed = ticket
        changed.status = isStaff ? .waitingOnUser : afterUserReply(ticket)
        changed.closedAt = nil
        changed.warnedAt = nil
        changed.activeAt = now
        changed.messageCount += 1
        let answer = TicketMessage(
            ticketID: ticket.id, author: person.name, isStaff: isStaff, at: now, body: body)
        return TicketChange(changed, message: answer)
    }

    /// Seen by support alone, also in a closed ticket; no activity: nothing else changes.
    public static func note(
        _ ticket: Ticket, message: String, by person: Operator, at now: Instant
    ) throws(Refusal) -> TicketChange {
        let body = try checkedBody(message, field: "note")
        return TicketChange(
            ticket,
            note: InternalNote(ticketID: ticket.id, author: person.name, at: now, body: body))
    }

    /// - Parameters:
    ///   - assignee: nil takes the assignment away.
    ///   - names: to whom it can be given: ``Operators/supportNames``.
    public static func assign(
        _ ticket: Ticket, to assignee: String?, among names: [String]
    ) throws(Refusal) -> TicketChange {
        try checkOpen(ticket)
        if let assignee, !names.contains(assignee) {
            throw .noSuchMember(assignee, known: names)
        }
        guard assignee != ticket.assignee else {
            throw .nothingToChange("\(ticket.id) is given to \(assignee ?? "nobody") already")
        }
        var changed = ticket
        changed.assignee = assignee
        switch (ticket.status, assignee) {
        case (.open, _?): changed.status = .inProgress
        case (.inProgress, nil): changed.status = .open
        default: break
        }
        return TicketChange(changed)
    }

    /// Priority or category.
    /// - Parameter field: its name, for the refusal.
    public static func set<Value: RawRepresentable<String> & Equatable>(
        _ path: WritableKeyPath<Ticket, Value>, called field: String, of ticket: Ticket,
        to value: Value
    ) throws(Refusal) -> TicketChange {
        try checkOpen(ticket)
        guard value != ticket[keyPath: path] else {
            throw .nothingToChange("the \(field) of \(ticket.id) is \(value.rawValue) already")
        }
        var changed = ticket
        changed[keyPath: path] = value
        return TicketChange(changed)
    }

    /// Done in support's eyes; ages from now on, until the user objects or seven days pass.
    public static func resolve(_ ticket: Ticket, at now: Instant) throws(Refusal) -> TicketChange {
        try checkOpen(ticket)
        guard ticket.status != .resolved else {
            throw .nothingToChange("\(ticket.id) is resolved already")
        }
        return TicketChange(moved(ticket, to: .resolved, at: now))
    }

    public static func close(_ ticket: Ticket, at now: Instant) throws(Refusal) -> TicketChange {
        guard ticket.status != .closed else {
            throw .nothingToChange("\(ticket.id) is closed already")
        }
        var changed = ticket
        changed.status = .closed
        changed.closedAt = now
        return TicketChange(changed)
    }

    /// Only resolved and closed tickets are not open.
    public static func reopen(_ ticket: Ticket, at now: Instant) throws(Refusal) -> TicketChange {
        guard ticket.status == .closed || ticket.status == .resolved else {
            throw .nothingToChange("\(ticket.id) is not closed, it is \(ticket.status.words)")
        }
        return TicketChange(moved(ticket, to: .open, at: now))
    }

    /// Into another status, with the days counted from here.
    private static func moved(
        _ ticket: Ticket, to status: TicketStatus, at now: Instant
    ) -> Ticket {
        var changed = ticket
        changed.status = status
        changed.closedAt = nil
        changed.warnedAt = nil
        changed.activeAt = now
        return changed
    }

    private static func afterUserReply(_ ticket: Ticket) -> TicketStatus {
        switch ticket.status {
        case .open, .inProgress: ticket.status
        case .waitingOnUser: ticket.assignee == nil ? .open : .inProgress
        case .resolved, .closed: .open
        }
    }

    private static func checkOpen(_ ticket: Ticket) throws(Refusal) {
        guard ticket.status != .closed else { throw .ticket(.closed(ticket.id)) }
    }

    private static func checkedBody(_ text: String, field: String) throws(Refusal) -> String {
        guard TextRules.says(text) else { throw .ticket(.textMissing(field: field)) }
        let bytes = text.utf8.count
        guard bytes <= TextRules.maxBody else {
            throw .ticket(
                .textTooLong(field: field, limit: TextRules.maxBody, found: bytes, unit: "bytes"))
        }
        return text
    }

    private static func checkedSubject(_ text: String) throws(Refusal) -> String {
        let subject = TextRules.trimmed(text)
        guard !subject.isEmpty else { throw .ticket(.textMissing(field: "subject")) }
        let isLine = subject.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value)
                && $0.value != 0x2028 && $0.value != 0x2029
        }
        guard isLine else { throw .ticket(.subjectLines) }
        let limit = TextRules.maxSubjectCells
        let cells = TextWidth.of(subject)
        guard cells <= limit else {
            throw .ticket(
                .textTooLong(field: "subject", limit: limit, found: cells, unit: "cells"))
        }
        return subject
    }
}
