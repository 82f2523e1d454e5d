/// Events, commands, alerts, tickets and audit rows as JSON.

import Store

extension EventRow {
    public var json: JSON {
        [
            "id": .id(activity.id), "at": .time(activity.at), "bot": .optional(botLabel),
            "kind": .string(activity.kind.rawValue), "what": .string(activity.what),
            "detail": .string(activity.detail), "actor": .string(activity.actor),
            "severity": .string(activity.severity.rawValue),
        ]
    }
}

extension EventsBoard {
    /// An array of events, oldest first, as they are read.
    public var json: JSON { .list(rows.reversed()) { $0.json } }
}

extension CommandRow {
    /// **Source** <doc:CommandLine#History-of-commands>.
    public var json: JSON {
        [
            "id": .id(record.id), "bot": .optional(botLabel), "verb": .string(record.verb),
            "target": .string(record.target), "actor": .string(record.actor),
            "role": .string(record.role), "staff": .bool(record.isStaff),
            "reason": .optional(record.reason), "at": .time(knownAt),
            "took_ms": .span(took), "outcome": .string(record.outcome.rawValue),
            "message": .string(record.message), "error_code": .optional(record.errorCode),
            "remedy": .optional(record.remedy),
        ]
    }
}

extension CommandsBoard {
    /// An array of commands, newest first.
    public var json: JSON { .list(rows) { $0.json } }
}

extension AlertRow {
    public var json: JSON {
        [
            "id": .id(notice.id), "bot": .optional(botLabel), "at": .time(notice.at),
            "kind": .string(notice.kind), "severity": .string(notice.severity.rawValue),
            "message": .string(notice.message),
            "acknowledged_by": .optional(notice.acknowledgedBy),
            "acknowledged_at": .time(notice.acknowledgedAt),
        ]
    }
}

extension AlertsBoard {
    /// An array of alerts, newest first.
    public var json: JSON { .list(rows) { $0.json } }
}

extension TicketRow {
    public func json(now: Instant) -> JSON {
        [
            "id": .id(ticket.id), "subject": .string(ticket.subject),
            "category": .string(ticket.category.rawValue),
            "priority": .string(ticket.priority.rawValue),
            "status": .string(ticket.status.rawValue), "opened_by": .string(ticket.openedBy),
            "bot": .optional(botLabel), "assignee": .optional(ticket.assignee),
            "opened_at": .time(ticket.openedAt), "active_at": .time(ticket.activeAt),
            "closed_at": .time(ticket.closedAt), "closes_at": .time(closesAt),
            "quiet_ms": .span(quiet(now: now)), "messages": .int(ticket.messageCount),
        ]
    }
}

extension SupportBoard {
    /// An array of tickets in the order of the queue.
    public var json: JSON { .list(rows) { $0.json(now: now) } }
}

extension TicketThread {
    /// The ticket with its thread; `notes` is null for readers who may not see them.
    public var json: JSON {
        guard case .object(let members) = row.json(now: now) else { return .null }
        let notes = entries.filter(\.isInternal)
        return .object(
            members + [
                JSON.Member("thread", .list(entries.filter { !$0.isInternal }) { $0.json }),
                JSON.Member("notes", showsNotes ? .list(notes) { $0.json } : .null),
                JSON.Member("snapshot", (try? JSON.parse(row.ticket.snapshot)) ?? .null),
            ])
    }
}

extension ThreadEntry {
    public var json: JSON {
        [
            "author": .string(author), "staff": .bool(isStaff), "at": .time(at),
            "body": .string(body),
        ]
    }
}

extension AuditEntry {
    /// **Source** <doc:ProductRules#Audit>.
    public var json: JSON {
        [
            "seq": .int(id.number), "time": .time(at), "wall_time": .time(wallAt),
            "actor": .string(actor), "uid": .int(uid), "role": .string(role),
            "workspace": .string(workspace), "verb": .string(verb), "target": .string(target),
            "before": .string(before), "after": .string(after), "reason": .string(reason),
            "session": .string(session), "outcome": .string(outcome),
            "previous_hash": .string(previousHash), "hash": .string(hash),
        ]
    }
}

extension AuditBoard {
    /// An array of rows, newest first.
    public var json: JSON { .list(rows) { $0.json } }
}
