/// A command that gives one field of a ticket another value, one word of a known list.
import Store

protocol TicketFieldCommand: TicketCommand {
    associatedtype Value: RawRepresentable<String> & CaseIterable & Equatable
    /// Its name, in a request and in words: `priority`.
    static var field: String { get }
    static var path: WritableKeyPath<Ticket, Value> { get }
    var value: Value { get }

    init(ticket: String, value: Value)
}

extension TicketFieldCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(ticket: try fields.name("ticket"), value: try fields.word(Self.field))
    }

    var arguments: JSON { ["ticket": .string(ticket), Self.field: .string(value.rawValue)] }

    func change(
        _ ticket: Ticket, at desk: Desk, by person: Operator
    ) throws(Refusal) -> TicketChange {
        try TicketRules.set(Self.path, called: Self.field, of: ticket, to: value)
    }

    func words(_ ticket: Ticket) -> String {
        "\(Self.field) is now \(ticket[keyPath: Self.path].rawValue)"
    }
}
