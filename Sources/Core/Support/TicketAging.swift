/// What time does to tickets: warnings, alerts, and the automatic close.

import Store

/// A pure function of a ticket and the clock. **Source** <doc:ProductRules#Aging-of-tickets>.
public enum TicketAging {
    /// Quiet days after which the user is told of the coming close.
    public static let warningAfter = Span.days(6)
    /// Quiet days after which a ticket that waits on the user, or is resolved, closes.
    public static let closeAfter = Span.days(7)
    /// `7 quiet days`.
    public static let closeWords = "\(closeAfter.milliseconds / 86_400_000) quiet days"
    /// Quiet days at which staff are alerted of a ticket that waits on them.
    public static let alertsAfter = [Span.days(3), Span.days(6)]
    /// A warning later than this past its time moves the close: a full day lies between them.
    static let warningGrace = Span.hours(1)

    /// When the ticket next needs ``step(_:at:)``; nil when it never does by itself.
    public static func due(_ ticket: Ticket) -> Instant? {
        switch ticket.status {
        case .waitingOnUser, .resolved: ticket.warnedAt.map { closes(ticket, warnedAt: $0) }
            ?? ticket.activeAt + warningAfter
        case .open, .inProgress: nextAlert(ticket)
        case .closed: nil
        }
    }

    /// What is due at `now`, one step at a time; nil when nothing is. A warning and the close
    /// never come together. `warnedAt` is when the user, or staff in a ticket that waits on
    /// them, were last told.
    public static func step(_ ticket: Ticket, at now: Instant) -> TicketChange? {
        guard let due = due(ticket), now >= due else { return nil }
        var changed = ticket
        guard ticket.status.ages else {
            changed.warnedAt = now
            return TicketChange(changed, notices: [alert(ticket, at: now)])
        }
        guard ticket.warnedAt == nil else {
            changed.status = .closed
            changed.closedAt = now
            changed.messageCount += 1
            return TicketChange(changed, message: farewell(ticket, at: now))
        }
        changed.warnedAt = now
        return TicketChange(changed, notices: [warning(changed, at: now)])
    }

    /// When it closes by itself if nobody writes; nil while it does not age.
    public static func closes(_ ticket: Ticket) -> Instant? {
        guard ticket.status.ages else { return nil }
        return ticket.warnedAt.map { closes(ticket, warnedAt: $0) }
            ?? ticket.activeAt + closeAfter
    }

    private static func closes(_ ticket: Ticket, warnedAt: Instant) -> Instant {
        let wasOnTime = warnedAt <= ticket.activeAt + warningAfter + warningGrace
        return wasOnTime ? ticket.activeAt + closeAfter : warnedAt + .days(1)
    }

    /// The first alert that was not given yet.
    private static func nextAlert(_ ticket: Ticket) -> Instant? {
        let times = alertsAfter.map { ticket.activeAt + $0 }
        guard let warnedAt = ticket.warnedAt else { return times.first }
        return times.first { $0 > warnedAt }
    }

    /// In the thread, where whoever wonders looks.
    private static func farewell(_ ticket: Ticket, at now: Instant) -> TicketMessage {
        TicketMessage(
            ticketID: ticket.id, author: "plutarc", isStaff: false, at: now,
            body: "Closed by itself: nobody has written since \(ticket.activeAt.stamp). "
                + "An answer opens the ticket again.")
    }

    private static func warning(_ ticket: Ticket, at now: Instant) -> Notice {
        let end = closes(ticket, warnedAt: now)
        return Notice(
            botID: ticket.botID, at: now, kind: Notice.ticketKind, severity: .warning,
            message: "\(ticket.id) closes by itself at \(end.stamp) unless somebody answers: "
                + ticket.subject)
    }

    private static func alert(_ ticket: Ticket, at now: Instant) -> Notice {
        Notice(
            botID: ticket.botID, at: now, kind: Notice.ticketKind, severity: .warning,
            message: "\(ticket.id) waits on staff for \((now - ticket.activeAt).ageText): "
                + ticket.subject)
    }
}
