/// Ticket open: a question to support, with the bot as it is now where one is named.
import Store

public struct OpenTicketCommand: AboutTicket {
    static let verb = "ticket-open"

    public let title: String
    public let message: String
    public let category: TicketCategory
    public let priority: TicketPriority
    public let bot: String?

    var arguments: JSON {
        .given(
            .text("subject", title), .text("message", message),
            .text("category", category.rawValue), .text("priority", priority.rawValue),
            .text("bot", bot))
    }
    var target: String { title }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        let bot = try bot.map { name throws(Refusal) in try desk.machine(named: name) }
        var change = try TicketRules.open(
            subject: title, message: message, category: category, priority: priority,
            bot: bot?.id, snapshot: bot.map { Self.snapshot($0, in: desk.world) } ?? "",
            by: person, at: desk.world.now)
        let label = bot?.record.label
        return Plan(deeds: [
            Deed(
                bot: bot?.record, target: title, after: change.ticket.status.rawValue,
                message: "opened" + (label.map { " on \($0)" } ?? "")
            ) { db, row throws(StoreError) in
                change.ticket.id = try db.insert(change.ticket)
                try Desk.write(change, db)
                row.target = change.ticket.id.description
                row.message = "\(row.target) \(row.message)"
            }
        ])
    }

    /// The bot as it is now, frozen into the ticket. **Source** <doc:ProductRules#Tickets>.
    private static func snapshot(_ bot: BotMachine, in world: World) -> String {
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
            "equity": .string(world.trading.equity(bot).description),
            "positions": .array(positions),
            "at": .string(world.now.description),
        ]
        return json.description
    }
}

extension OpenTicketCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(
            title: try fields.body("subject"), message: try fields.body("message"),
            category: try fields.word("category", else: .other),
            priority: try fields.word("priority", else: .normal),
            bot: try fields.optionalName("bot"))
    }
}

extension Command {
    public static func ticketOpen(
        subject: String, message: String, _ category: TicketCategory, _ priority: TicketPriority,
        bot: String?
    ) -> Command {
        Command(
            OpenTicketCommand(
                title: subject, message: message, category: category, priority: priority,
                bot: bot))
    }
}
