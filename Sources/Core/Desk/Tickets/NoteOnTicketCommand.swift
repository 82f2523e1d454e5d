/// Ticket note: a note that support alone sees.
import Store

public struct NoteOnTicketCommand: TicketCommand {
    static let verb = "ticket-note"

    public let ticket: String
    public let message: String

    var arguments: JSON { ["ticket": .string(ticket), "message": .string(message)] }
    var isForSupport: Bool { true }

    func change(
        _ ticket: Ticket, at desk: Desk, by person: Operator
    ) throws(Refusal) -> TicketChange {
        try TicketRules.note(ticket, message: message, by: person, at: desk.world.now)
    }

    func words(_ ticket: Ticket) -> String { "note saved, seen by support only" }
}

extension NoteOnTicketCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(ticket: try fields.name("ticket"), message: try fields.body("message"))
    }
}

extension Command {
    public static func ticketNote(_ ticket: String, message: String) -> Command {
        Command(NoteOnTicketCommand(ticket: ticket, message: message))
    }
}
