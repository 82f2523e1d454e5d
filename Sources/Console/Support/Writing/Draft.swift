/// What an unsent text is for, and the name under which it is kept on disk.
import Store

/// A note's draft has a name of its own: it is never offered as a reply.
/// **Source** <doc:ProductRules#Internal-notes>.
enum DraftPurpose: Hashable, Sendable {
    case reply(ID<Ticket>)
    case note(ID<Ticket>)
    case newTicket

    private static let prefix = "draft-"

    /// `draft-reply-ticket-12`: the name of ``ConsoleEffect/keep(name:text:)``.
    var name: String {
        switch self {
        case .reply(let ticket): "\(Self.prefix)reply-\(ticket)"
        case .note(let ticket): "\(Self.prefix)note-\(ticket)"
        case .newTicket: "\(Self.prefix)new"
        }
    }

    /// Reads a name as ``name`` writes it.
    init?(name: String) {
        guard name.hasPrefix(Self.prefix) else { return nil }
        let rest = name.dropFirst(Self.prefix.count)
        if rest == "new" {
            self = .newTicket
        } else if rest.hasPrefix("reply-"), let id = ID<Ticket>(text: String(rest.dropFirst(6))) {
            self = .reply(id)
        } else if rest.hasPrefix("note-"), let id = ID<Ticket>(text: String(rest.dropFirst(5))) {
            self = .note(id)
        } else {
            return nil
        }
    }

    /// How many drafts are kept.
    static func count(in kept: [String: String]) -> Int {
        kept.keys.count { DraftPurpose(name: $0) != nil }
    }

    /// A reply or a note to the ticket was begun.
    static func exists(about ticket: ID<Ticket>, in kept: [String: String]) -> Bool {
        kept[DraftPurpose.reply(ticket).name] != nil || kept[DraftPurpose.note(ticket).name] != nil
    }
}
