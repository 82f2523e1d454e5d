/// Commands about support tickets.

import Core
import Store

enum TicketActions {
    static let actions: [String: CommandAction] = [
        "tickets": tickets, "ticket show": show, "ticket open": open, "ticket reply": reply,
        "ticket note": note, "ticket assign": assign, "ticket priority": priority,
        "ticket category": category, "ticket resolve": resolve, "ticket close": close,
        "ticket reopen": reopen,
    ]

    @Sendable static func tickets(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let status = try context.call.word(.status, as: TicketStatus.self)
        let reader = try context.reader()
        let mine = context.call.has(.mine)
        let board = try answered { () throws(BoardError) in
            try reader.tickets(status: status, mine: mine)
        }
        try context.told(json: board.json) {
            context.output.table(table(board), none: "No tickets.")
        }
        return .done
    }

    private static func table(_ board: SupportBoard) -> TextTable {
        var table = TextTable([
            .text("id"), .text("priority"), .text("category"), .text("status"), .number("quiet"),
            .text("closes"), .text("by"), .text("assigned"), .text("bot"), .number("msgs"),
            .text("subject"),
        ])
        for row in board.rows {
            let ticket = row.ticket
            table.add([
                ticket.id.description, ticket.priority.rawValue, ticket.category.rawValue,
                ticket.status.rawValue, row.quiet(now: board.now).ageText,
                row.closesAt.map { $0.dateText }, ticket.openedBy, ticket.assignee, row.botLabel,
                String(ticket.messageCount), ticket.subject,
            ])
        }
        return table
    }

    @Sendable static func show(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let name = context.operand(0)
        let reader = try context.reader()
        let found = try answered { () throws(BoardError) in try reader.findTicket(name) }
        let ticket = try permitted { () throws(Refusal) in
            try found.required(.ticket, name) { "\($0.id) \($0.subject)" }
        }
        let thread = try answered { () throws(BoardError) in
            try reader.thread(of: ticket.id)
        }
        guard let thread else { throw CommandFailure(Refusal.noSuch(.ticket, name)) }
        try context.told(json: thread.json) { lines(thread, context.output) }
        return .done
    }

    private static func lines(_ thread: TicketThread, _ output: Output) -> [String] {
        let ticket = thread.row.ticket
        let closes = thread.row.closesAt.map { ", closes by itself \($0.dateText)" } ?? ""
        var lines = [
            output.heading("\(ticket.id)  \(DisplayText.clean(ticket.subject))"),
            DisplayText.clean(
                "\(ticket.priority.rawValue), \(ticket.category.rawValue), "
                    + "\(ticket.status.rawValue)\(closes), opened by \(ticket.openedBy)"
                    + (thread.row.botLabel.map { ", bot \($0)" } ?? "")
                    + (ticket.assignee.map { ", assigned to \($0)" } ?? "")),
        ]
        for entry in thread.entries {
            let frame = entry.isInternal ? "INTERNAL NOTE  " : entry.isStaff ? "support  " : ""
            let at = ValueText.time(entry.at) ?? ""
            lines += ["", DisplayText.clean("\(frame)\(entry.author)  \(at)")]
            lines += entry.body.split(separator: "\n", omittingEmptySubsequences: false).map {
                "  " + DisplayText.clean(String($0))
            }
        }
        return lines
    }
}

extension TicketActions {
    @Sendable static func open(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let call = context.call
        guard let subject = call[.subject] ?? context.optionalOperand(0) else {
            throw .usage("the ticket has no subject", remedy: "Add --subject TEXT.")
        }
        let category = try call.word(.category, as: TicketCategory.self)
        let priority = try call.word(.priority, as: TicketPriority.self)
        let standard: TicketCategory = call[.bot] == nil ? .other : .bot
        return try context.perform(
            .ticketOpen(
                subject: subject, message: try TextSource(context: context).text(),
                category ?? standard, priority ?? .normal, bot: call[.bot]))
    }

    @Sendable static func reply(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try context.perform(
            .ticketReply(
                context.operand(0), message: try TextSource(context: context).text(),
                asSupport: context.call.has(.asSupport)))
    }

    @Sendable static func note(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try context.perform(
            .ticketNote(context.operand(0), message: try TextSource(context: context).text()))
    }

    /// `-` takes the assignment away.
    @Sendable static func assign(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let name = context.operand(1)
        return try context.perform(
            .ticketAssign(context.operand(0), assignee: name == "-" ? nil : name))
    }

    @Sendable static func priority(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let value = try word(context, as: TicketPriority.self, of: "PRIORITY")
        return try context.perform(.ticketPriority(context.operand(0), value))
    }

    @Sendable static func category(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let value = try word(context, as: TicketCategory.self, of: "CATEGORY")
        return try context.perform(.ticketCategory(context.operand(0), value))
    }

    @Sendable static func resolve(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try context.perform(.ticketResolve(context.operand(0)))
    }

    @Sendable static func close(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try context.perform(.ticketClose(context.operand(0)))
    }

    @Sendable static func reopen(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try context.perform(.ticketReopen(context.operand(0)))
    }

    /// Who may not write tickets hears that before anything is said of the word.
    private static func word<Word: RawRepresentable & CaseIterable>(
        _ context: CommandContext, as type: Word.Type, of place: String
    ) throws(CommandFailure) -> Word where Word.RawValue == String {
        do throws(CommandFailure) {
            return try Invocation.word(context.operand(1), as: type, of: place)
        } catch {
            let person = try context.person()
            let act = context.call.command?.name ?? ""
            try permitted { () throws(Refusal) in
                try Gate.check(.ticketsWrite, for: person, act: act)
            }
            throw error
        }
    }
}
