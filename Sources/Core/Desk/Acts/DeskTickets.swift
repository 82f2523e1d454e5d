/// Tickets at the desk: the rules are TicketDesk's, this finds and writes the rows.
import Store

extension Desk {
    func drawTicket(_ command: Command, by person: Operator) throws -> Plan {
        if case .ticketOpen(let subject, let message, let category, let priority, let bot) = command
        {
            return try open(subject, message, category, priority, bot, by: person)
        }
        let ticket = try ticket(named: command.target)
        let change = try changed(ticket, by: command, person)
        return Plan(deeds: [deed(change, from: ticket, command)])
    }

    private func changed(
        _ ticket: Ticket, by command: Command, _ person: Operator
    ) throws(Refusal) -> TicketChange {
        let now = world.now
        switch command {
        case .ticketReply(_, let message, let asSupport):
            return try TicketDesk.reply(
                ticket, message: message, asSupport: asSupport, by: person, at: now)
        case .ticketNote(_, let message):
            return try TicketDesk.note(ticket, message: message, by: person, at: now)
        case .ticketAssign(_, let assignee):
            return try TicketDesk.assign(
                ticket, to: assignee, among: operators.supportNames)
        case .ticketPriority(_, let priority):
            return try TicketDesk.setPriority(ticket, to: priority)
        case .ticketCategory(_, let category):
            return try TicketDesk.setCategory(ticket, to: category)
        case .ticketResolve: return try TicketDesk.resolve(ticket, at: now)
        case .ticketClose: return try TicketDesk.close(ticket, at: now)
        case .ticketReopen: return try TicketDesk.reopen(ticket, at: now)
        default: throw .unknownVerb(command.verb)
        }
    }

    private func open(
        _ subject: String, _ message: String, _ category: TicketCategory,
        _ priority: TicketPriority, _ botName: String?, by person: Operator
    ) throws -> Plan {
        let bot = try botName.map { name throws(Refusal) in try machine(named: name) }
        var change = try TicketDesk.open(
            subject: subject, message: message, category: category, priority: priority,
            bot: bot?.id, snapshot: bot.map(snapshot) ?? "", by: person, at: world.now)
        let label = bot?.record.label
        return Plan(deeds: [
            Deed(
                bot: bot?.record, target: subject, after: change.ticket.status.rawValue,
                message: "opened" + (label.map { " on \($0)" } ?? "")
            ) { db, row throws(StoreError) in
                change.ticket.id = try db.insert(change.ticket)
                try Self.write(change, db)
                row.target = change.ticket.id.description
                row.message = "\(row.target) \(row.message)"
            }
        ])
    }

    /// The bot as it is now, frozen into the ticket. **Source** <doc:ProductRules#Tickets>.
    private func snapshot(_ bot: BotMachine) -> String {
        let positions = bot.positions.map { position -> JSON in
            [
                "symbol": .string(position.symbol), "side": .string(position.side.rawValue),
                "size": .string(position.quantity.description),
                "entry_price": .string(position.entryPrice.description),
            ]
        }
        let json: JSON = [
            "bot": .string(bot.record.label), "state": .string(bot.record.state.rawValue),
            "template": .optional(bot.record.templateName),
            "equity": .string(world.equity(bot).description), "positions": .array(positions),
            "at": .string(world.now.description),
        ]
        return json.description
    }

    private func deed(_ change: TicketChange, from before: Ticket, _ command: Command) -> Deed {
        Deed(
            target: before.id.description, before: before.status.rawValue,
            after: change.ticket.status.rawValue, message: Self.words(change.ticket, command)
        ) { db, _ throws(StoreError) in
            try db.save(change.ticket)
            try Self.write(change, db)
        }
    }

    /// What was done, as the message line tells it.
    private static func words(_ ticket: Ticket, _ command: Command) -> String {
        let words =
            switch command {
            case .ticketReply: "answered, now \(ticket.status.words)"
            case .ticketNote: "note saved, seen by support only"
            case .ticketAssign(_, let assignee): "given to \(assignee ?? "nobody")"
            case .ticketPriority: "priority is now \(ticket.priority.rawValue)"
            case .ticketCategory: "category is now \(ticket.category.rawValue)"
            default: "now \(ticket.status.words)"
            }
        return "\(ticket.id): \(words)"
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

    private func ticket(named name: String) throws -> Ticket {
        let number = name.hasPrefix("#") ? String(name.dropFirst()) : name
        guard let id = ID<Ticket>(text: number) ?? Int64(number).map(ID<Ticket>.init) else {
            throw Refusal.noSuch(.ticket, name)
        }
        guard let ticket = try database.read({ db throws(StoreError) in try db.ticket(id) }) else {
            throw Refusal.noSuch(.ticket, name)
        }
        return ticket
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
