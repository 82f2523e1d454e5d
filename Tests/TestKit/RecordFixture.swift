/// What the small fleet did and was asked: events, commands, alerts, orders, tickets, the audit.

import Core
import Store

extension FleetFixture {
    static func addRecords(_ db: Writing) throws(StoreError) {
        for minutes in Int64(0)..<3 {
            try db.insert(
                Activity(
                    botID: ID(1), at: now - .minutes(10 - minutes), kind: .order, what: "filled",
                    detail: "BUY 0.1 BTC-PERP #\(minutes)"))
        }
        try db.insert(
            Activity(
                botID: ID(2), at: now - .minutes(2), kind: .error, what: "api",
                detail: "429 rate limit", severity: .error))
        try db.insert(
            CommandRecord(
                idempotencyKey: "k1", verb: "pause", botID: ID(2), target: "mean-2", actor: "ana",
                actorUID: 1000, role: "owner", reason: "news", at: now - .hours(2),
                startedAt: now - .hours(2), finishedAt: now - .hours(2) + .milliseconds(40),
                outcome: .done, message: "paused"))
        try db.insert(
            Notice(
                botID: ID(2), at: now - .hours(2), kind: "kill_switch", severity: .critical,
                message: "daily loss 5.1 %"))
        for position in try db.positions() {
            try db.save(
                Order(
                    id: ID(position.id.number), botID: position.botID, keyID: position.keyID,
                    clientOrderID: "g1-\(position.botID.number)-1", symbol: position.symbol,
                    side: position.side.opening, quantity: position.quantity, reduceOnly: false,
                    purpose: .entry, positionID: position.id, status: .filled,
                    filled: position.quantity, averagePrice: position.entryPrice,
                    decisionPrice: price("59990"), leverage: 3, reason: "entry",
                    createdAt: now - .hours(3), deadline: now - .hours(2), doneAt: now - .hours(3)))
        }
        try addFill(db, 1)
    }

    /// The one fill behind a position.
    static func addFill(_ db: Writing, _ number: Int64) throws(StoreError) {
        guard let position = try db.position(ID(number)) else { return }
        try db.insert(
            Fill(
                id: ID(number), orderID: ID(number), botID: position.botID,
                positionID: position.id, symbol: position.symbol, side: position.side.opening,
                quantity: position.quantity, price: position.entryPrice, fee: .zero,
                at: now - .hours(3)))
    }

    static func addTickets(_ db: Writing) throws(StoreError) {
        let rows: [(String, TicketPriority, TicketStatus, ID<Bot>?)] = [
            ("Wake took 9 minutes", .normal, .open, nil),
            ("Close-all did not fire", .urgent, .waitingOnUser, ID(1)),
            ("Old matter", .urgent, .closed, nil),
        ]
        for (subject, priority, status, bot) in rows {
            let id = try db.insert(
                Ticket(
                    subject: subject, category: .bot, priority: priority, status: status,
                    openedBy: "ana", botID: bot, openedAt: now - .days(2),
                    activeAt: now - .days(1)))
            try db.insert(
                TicketMessage(
                    ticketID: id, author: "ana", isStaff: false, at: now - .days(2),
                    body: "Please look.\nIt matters."))
            try db.insert(
                InternalNote(
                    ticketID: id, author: "sam", at: now - .days(1), body: "known: secret note"))
        }
    }

    static func addAudit(_ db: Writing) throws(StoreError) {
        var head = AuditHead.empty
        for (number, verb) in ["pause", "resume", "risk-set"].enumerated() {
            let entry = AuditEntry(
                at: now - .minutes(Int64(30 - number)), wallAt: now, actor: "ana", uid: 1000,
                role: "owner", workspace: "personal", verb: verb, target: "mean-2",
                outcome: "done")
            let linked = AuditChain.chained(entry, after: head)
            try db.insert(linked)
            head = AuditHead(of: linked)
        }
    }
}
