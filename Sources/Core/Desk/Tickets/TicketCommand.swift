/// What commands on a ticket have in common: the rules are TicketRules's, this finds and writes
/// the rows.
import Store

/// A command whose row names a ticket.
protocol AboutTicket: CommandBody {}

extension AboutTicket {
    static var permission: Permission { .ticketsWrite }
    static var staff: StaffRule { .always }
    static var effect: CommandEffect { .rows }
}

/// One thing that is done to a ticket.
protocol TicketCommand: AboutTicket {
    /// `ticket-7`, `#7`, `7`, or the beginning of one id.
    var ticket: String { get }
    func change(
        _ ticket: Ticket, at desk: Desk, by person: Operator
    ) throws(Refusal) -> TicketChange
    /// What was done, as the message line tells it.
    func words(_ ticket: Ticket) -> String
}

extension TicketCommand {
    var arguments: JSON { ["ticket": .string(ticket)] }
    var target: String { ticket }
    func words(_ ticket: Ticket) -> String { "now \(ticket.status.words)" }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        let before = try desk.ticket(named: ticket)
        let change: TicketChange
        do throws(Refusal) {
            change = try self.change(before, at: desk, by: person)
        } catch .nothingToChange(let words) {
            return Plan(deeds: [Deed(target: before.id.description, unchanged: words)])
        }
        let after = change.ticket
        return Plan(deeds: [
            Deed(
                target: before.id.description, before: before.status.rawValue,
                after: after.status.rawValue, message: "\(after.id): \(words(after))"
            ) { db, _ throws(StoreError) in
                try db.save(after)
                try Desk.write(change, db)
            }
        ])
    }
}

extension Desk {
    func ticket(named name: String) throws -> Ticket {
        let found = try database.read { db throws(StoreError) in try db.findTicket(name) }
        return try found.required(.ticket, name) { "\($0.id) \($0.subject)" }
    }

    /// The message, note and notices of a change; the ticket itself is written already.
    static func write(_ change: TicketChange, _ db: Writing) throws(StoreError) {
        if var message = change.message {
            message.ticketID = change.ticket.id
            try db.insert(message)
        }
        if var note = change.note {
            note.ticketID = change.ticket.id
            try db.insert(note)
        }
        for notice in change.notices { try db.insert(notice) }
    }

    /// The automatic close and its warnings. **Source** <doc:ProductRules#Aging-of-tickets>.
    func ageTickets() throws(StoreError) {
        guard world.ticketsMayHaveAged else { return }
        world.ticketsMayHaveAged = false
        let now = world.now
        try database.write { db throws(StoreError) in
            for ticket in try db.tickets() where ticket.status != .closed {
                guard let change = TicketAging.step(ticket, at: now) else { continue }
                try db.save(change.ticket)
                try Self.write(change, db)
            }
        }
    }
}
