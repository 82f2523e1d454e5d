/// A text that was begun and not sent: kept on disk, so that a dropped line loses nothing.
import Core
import Store

/// What a draft is for. A note's draft has a name of its own: it is never offered as a reply.
enum DraftPurpose: Hashable, Sendable {
    case reply(ID<Ticket>)
    case note(ID<Ticket>)
    case newTicket

    /// The file's name: `reply-ticket-12`.
    var name: String {
        switch self {
        case .reply(let ticket): "reply-\(ticket)"
        case .note(let ticket): "note-\(ticket)"
        case .newTicket: "new-ticket"
        }
    }

    /// Reads a name as ``name`` writes it.
    init?(name: String) {
        if name == "new-ticket" {
            self = .newTicket
        } else if name.hasPrefix("reply-"), let ticket = ID<Ticket>(text: String(name.dropFirst(6)))
        {
            self = .reply(ticket)
        } else if name.hasPrefix("note-"), let ticket = ID<Ticket>(text: String(name.dropFirst(5)))
        {
            self = .note(ticket)
        } else {
            return nil
        }
    }

    /// The ticket it belongs to; nil for a new one.
    var ticket: ID<Ticket>? {
        switch self {
        case .reply(let ticket), .note(let ticket): ticket
        case .newTicket: nil
        }
    }
}

/// All drafts of one person in one home, and which of them the disk does not have yet.
struct DraftBook: Equatable, Sendable {
    /// What has to be done on disk.
    enum Deed: Equatable, Sendable {
        case save(DraftPurpose, String)
        case remove(DraftPurpose)
    }

    private(set) var texts: [DraftPurpose: String] = [:]
    private var unsaved: Set<DraftPurpose> = []
    private var savedAt: Instant?

    /// A change is on disk within a second (TUI 1, row 59): at once when the last save is this
    /// long past, else at the next key or tick.
    static let saveEvery = Span.milliseconds(500)

    /// What a console that ended left behind.
    init(_ texts: [DraftPurpose: String] = [:]) { self.texts = texts }

    subscript(purpose: DraftPurpose) -> String? { texts[purpose] }
    var count: Int { texts.count }
    var isSaved: Bool { unsaved.isEmpty }

    func has(about ticket: ID<Ticket>) -> Bool {
        texts[.reply(ticket)] != nil || texts[.note(ticket)] != nil
    }

    /// Takes over a text as it is now; an empty one is no draft.
    mutating func put(_ text: String, for purpose: DraftPurpose) {
        let kept = TextRules.says(text) ? text : nil
        guard texts[purpose] != kept else { return }
        texts[purpose] = kept
        unsaved.insert(purpose)
    }

    mutating func remove(_ purpose: DraftPurpose) { put("", for: purpose) }

    /// What is to be written now: half a second after the last time, and everything when the
    /// writing ends (`isLast`). Call it at every key and every tick.
    mutating func due(at now: Instant, isLast: Bool = false) -> [Deed] {
        guard !unsaved.isEmpty else { return [] }
        if let savedAt, !isLast, now >= savedAt, now - savedAt < Self.saveEvery { return [] }
        savedAt = now
        let deeds = unsaved.sorted { $0.name < $1.name }.map { purpose -> Deed in
            texts[purpose].map { .save(purpose, $0) } ?? .remove(purpose)
        }
        unsaved = []
        return deeds
    }
}
